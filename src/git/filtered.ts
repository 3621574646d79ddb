// Files that pass through a filter of the user's configuration (LFS, encryption). weir runs no
// filter, so it must not write or commit such files.
import { join } from 'node:path';
import { withPassingFolder } from '../lib/passing-folder.ts';
import { type GitPlace, git, gitList } from './git.ts';
import type { Repository } from './repository.ts';

/** Whether the configuration names any filter at all. */
export function hasFilters(place: GitPlace): boolean {
	return (place.neutral ?? []).some((pair) => pair.startsWith('filter.'));
}

/** Of `paths`, those that a filter would touch according to the attributes in `commit`. */
export async function filteredIn(
	repository: Repository,
	commit: string,
	paths: readonly string[],
): Promise<string[]> {
	if (!hasFilters(repository.place) || paths.length === 0) return [];
	return withPassingFolder('attributes', async (folder) => {
		const place = { ...repository.place, index: join(folder, 'index') };
		await git(place, ['read-tree', commit]);
		return filteredPaths(place, paths, ['--cached']);
	});
}

/** Of `paths`, those that a filter would touch according to the attributes at `place`. */
export async function filteredPaths(
	place: GitPlace,
	paths: readonly string[],
	flags: readonly string[] = [],
): Promise<string[]> {
	if (!hasFilters(place) || paths.length === 0) return [];
	const input = paths.map((path) => `${path}\0`).join('');
	const args = ['check-attr', ...flags, '-z', '--stdin', 'filter'];
	const fields = await gitList(place, args, { input });
	const found: string[] = [];
	for (let at = 0; at + 2 < fields.length; at += 3) {
		const value = fields[at + 2];
		if (value !== 'unspecified' && value !== 'unset') found.push(fields[at] ?? '');
	}
	return found;
}
