// Bringing the files of a commit into a worktree, as changes that nobody has committed.
import { changedPaths } from './changes.ts';
import { removeFile } from './files.ts';
import { git } from './git.ts';
import { gitlinkMode } from './gitlinks.ts';
import { withIndex } from './uncommitted.ts';
import type { Worktree } from './worktree.ts';

/** Makes the files that differ between two commits those of `to`. Idempotent; no index is changed. */
export async function layFiles(
	worktree: Worktree,
	from: string,
	to: string,
): Promise<void> {
	const all = await changedPaths(worktree.repository, from, to);
	const changes = all.filter(
		(change) => change.from?.mode !== gitlinkMode && change.to?.mode !== gitlinkMode,
	);
	for (const { path, to: side } of changes)
		if (side === null) await removeFile(worktree.path, path);
	const written = changes.filter(({ to: side }) => side !== null);
	if (written.length === 0) return;
	await withIndex(worktree, from, async (scratch) => {
		await git(scratch, ['read-tree', to]);
		const input = written.map(({ path }) => `${path}\0`).join('');
		const args = ['checkout-index', '-f', '-z', '--stdin'];
		await git(scratch, args, { input, timeoutMs: 600_000 });
	});
}
