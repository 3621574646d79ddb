// Uncommitted files of an agent, less those that were landed as they are now: an agent's files stay
// uncommitted in its worktree when weir lands them.
import type { LandedBefore } from './landed-before.ts';
import { listUncommitted, type UncommittedFile } from './uncommitted.ts';
import type { Worktree } from './worktree.ts';

/** What differs from `tip` in the worktree, and from what landed last. */
export async function listUnlanded(
	worktree: Worktree,
	tip: string,
	before: LandedBefore | null,
): Promise<readonly UncommittedFile[]> {
	const { files } = await listUncommitted(worktree, tip);
	if (files.length === 0 || before === null || before.candidate === tip) return files;
	const since = await listUncommitted(worktree, before.candidate);
	const changed = new Set(since.files.map(({ path }) => path));
	return files.filter(({ path }) => changed.has(path));
}
