// After `git worktree repair` an agent works in the user's repository without knowing it. This
// turns the worktree back to the private clone, with the commits made in between.
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { draftOf, replaceFile } from '../lib/replace-file.ts';
import { readSmall } from './files.ts';
import { giveIndex } from './fill.ts';
import { git } from './git.ts';
import { readPrivateHead } from './private-clone.ts';
import { isAncestor, readRef } from './refs.ts';
import { checkPointer, pointAt, type Worktree } from './worktree.ts';

/**
 * Points `.git` at the private clone again. Where the branch in the user's repository has commits
 * on top of the agent's own, the agent's branch takes them. Idempotent. The agent must not run.
 */
export async function repairPointer(worktree: Worktree): Promise<void> {
	if ((await checkPointer(worktree)).ok) return;
	const { repository, privateDir, branch } = worktree;
	const ref = `refs/heads/${branch}`;
	const published = await readRef(repository.place, ref);
	const head = await readPrivateHead(privateDir, branch);
	const onOwn = (await readSmall(join(privateDir, 'HEAD'))) === `ref: ${ref}\n`;
	if (published !== null && head.ok && onOwn && published !== head.value.commit) {
		const known = await readRef(repository.place, `${head.value.commit}^{commit}`);
		if (
			known !== null &&
			(await isAncestor(repository.place, head.value.commit, published))
		) {
			await replaceFile(join(privateDir, ref), `${published}\n`);
			await refreshIndex(worktree, published);
		}
	}
	await pointAt(worktree.path, privateDir);
}

async function refreshIndex(worktree: Worktree, tip: string): Promise<void> {
	const index = draftOf(join(worktree.stateDir, 'index'));
	try {
		await copyFile(join(worktree.gitDir, 'index'), index);
		await git({ ...worktree.place, index }, ['read-tree', '--reset', tip]);
		await giveIndex(worktree, index);
	} finally {
		await rm(index, { force: true });
	}
}
