// The files that differ between a commit and a tree, renames followed, with how many lines of each.
import type { Side } from './changes.ts';
import { type GitPlace, gitList } from './git.ts';

export interface ChangedFile {
	readonly path: string;
	/** What it was called before; null where it was not renamed. */
	readonly from: string | null;
	readonly old: Side | null;
	readonly new: Side | null;
	/** Null of what has no lines. */
	readonly added: number | null;
	readonly removed: number | null;
}

/** Sorted by path, as git does. `place` must have the objects of both. */
export async function changedFiles(
	place: GitPlace,
	from: string,
	tree: string,
): Promise<readonly ChangedFile[]> {
	const args = ['diff-tree', '-r', '-z', '-M', '--raw', '--numstat', '--no-commit-id'];
	const quiet = ['--no-ext-diff', '--no-textconv', '--ignore-submodules=dirty'];
	const fields = await gitList(place, [...args, ...quiet, from, tree]);
	const files: Omit<ChangedFile, 'added' | 'removed'>[] = [];
	let at = 0;
	for (; fields[at]?.startsWith(':'); ) {
		const [mode, newMode, object, newObject, letter = ''] = (fields[at] ?? '')
			.slice(1)
			.split(' ');
		const first = fields[at + 1];
		const renamed = letter.startsWith('R');
		const path = renamed ? fields[at + 2] : first;
		if (!mode || !newMode || !object || !newObject || path === undefined)
			throw new Error(`git diff-tree said ${JSON.stringify(fields[at])}`);
		files.push({
			path,
			from: renamed ? (first ?? null) : null,
			old: letter === 'A' ? null : { mode, object },
			new: letter === 'D' ? null : { mode: newMode, object: newObject },
		});
		at += renamed ? 3 : 2;
	}
	return files.map((file) => {
		const [plus = '', minus = '', path] = (fields[at] ?? '').split('\t');
		// Of a rename the names are fields of their own.
		at += path === '' ? 3 : 1;
		return { ...file, added: countOf(plus), removed: countOf(minus) };
	});
}

function countOf(text: string): number | null {
	return /^\d+$/.test(text) ? Number(text) : null;
}
