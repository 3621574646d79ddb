// Which paths differ between two trees. What a change may touch is decided elsewhere.
import { gitList } from './git.ts';
import type { Repository } from './repository.ts';

/** A changed path with modes as git writes them: 100644, 100755, 120000 link, 160000 submodule. */
export interface ChangedPath {
	readonly path: string;
	readonly kind: 'added' | 'changed' | 'deleted';
	readonly from: Side | null;
	readonly to: Side | null;
}

export interface Side {
	readonly mode: string;
	readonly object: string;
}

/** Every path that differs; a rename is a deletion and an addition. */
export async function changedPaths(
	repository: Pick<Repository, 'place'>,
	from: string,
	to: string,
): Promise<ChangedPath[]> {
	const args = ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-commit-id'];
	const fields = await gitList(repository.place, [...args, from, to]);
	const changes: ChangedPath[] = [];
	for (let at = 0; at + 1 < fields.length; at += 2) {
		const [mode, newMode, object, newObject, letter] = (fields[at] ?? '')
			.slice(1)
			.split(' ');
		const path = fields[at + 1];
		if (!mode || !newMode || !object || !newObject || !letter || path === undefined) {
			throw new Error(`git diff-tree said ${JSON.stringify(fields[at])}`);
		}
		changes.push({
			path,
			kind: letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : 'changed',
			from: letter === 'A' ? null : { mode, object },
			to: letter === 'D' ? null : { mode: newMode, object: newObject },
		});
	}
	return changes;
}
