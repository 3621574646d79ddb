// Taking an agent's worktree away, with everything weir made for it.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { listBegun } from './create-worktree.ts';
import { clearDrafts, removeTree } from './files.ts';
import { runGit } from './git.ts';
import { adminDirOf } from './owner.ts';
import { changeRefs, readRef } from './refs.ts';
import type { Repository } from './repository.ts';
import {
	anchorOf,
	mirroredRef,
	pathsOf,
	pointAt,
	syncedRef,
	type Worktree,
	type WorktreeName,
	worktreeAt,
} from './worktree.ts';

/**
 * Removes worktree, private clone and weir's records; the branch only when `deleteBranch` says so.
 * Idempotent. What would be lost is the caller's business: take a snapshot first.
 */
export async function removeWorktree(
	worktree: Worktree,
	deleteBranch: boolean,
): Promise<void> {
	const { repository, path, gitDir } = worktree;
	if (existsSync(path)) {
		// git refuses to remove a worktree whose `.git` points elsewhere (validation failed).
		if (existsSync(gitDir)) await pointAt(path, gitDir);
		const args = ['worktree', 'remove', '--force', '--force', path];
		const result = await runGit(repository.place, args, { timeoutMs: 600_000 });
		if (result.code !== 0) await removeTree(path);
	}
	await rm(gitDir, { recursive: true, force: true });
	await removeTree(worktree.privateDir);
	await clearDrafts(worktree.privateDir);
	await removeTree(worktree.scratch);
	await repository.lanes.refs.run(async () => {
		const { agent } = worktree;
		const refs = [anchorOf(agent), syncedRef(agent), mirroredRef(agent)];
		if (deleteBranch) refs.push(`refs/heads/${worktree.branch}`);
		for (const ref of refs) {
			const from = await readRef(repository.place, ref);
			if (from === null) continue;
			const gone = await changeRefs(
				repository.place,
				[{ ref, from, to: null }],
				'remove',
			);
			if (!gone.ok) throw new Error(gone.refusal.message);
		}
	});
	await rm(worktree.stateDir, { recursive: true, force: true });
}

/**
 * What is left of a worktree that weir began here, for `removeWorktree`: after a crash in the middle
 * of a removal or of a creation. Null where weir has begun none, so nothing of the user's is taken.
 */
export async function remainsOf(
	repository: Repository,
	name: WorktreeName,
): Promise<Worktree | null> {
	const { path, privateDir } = pathsOf(name.root, name.agent);
	const begun = await listBegun(repository);
	const ours = begun.some((one) => one.agent === name.agent && one.path === path);
	if (!ours) return null;
	// Without a record of git's there is only the clone.
	const gitDir = (await adminDirOf(repository.commonDir, path)) ?? privateDir;
	return worktreeAt(repository, name, gitDir);
}
