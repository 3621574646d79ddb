// Taking an agent's worktree away, with everything weir made for it.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { listBegun } from './create-worktree.ts';
import { clearDrafts, removeAtOnce, removeTree } from './files.ts';
import { adminDirOf } from './owner.ts';
import { changeRefs, readRef } from './refs.ts';
import type { Repository } from './repository.ts';
import {
	anchorOf,
	mirroredRef,
	pathsOf,
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
	const { repository, path, gitDir, privateDir, stateDir } = worktree;
	// Not by git: one that outlived a supervisor would go on removing beside the next one's try.
	await removeAtOnce(path);
	await clearDrafts(path);
	await removeAtOnce(privateDir);
	await clearDrafts(privateDir);
	await removeAtOnce(gitDir, join(stateDir, 'link'));
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
	await rm(stateDir, { recursive: true, force: true });
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
