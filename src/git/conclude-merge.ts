// Commits what a person has resolved by hand, in a worktree where no program writes: the merge with both
// parents, or what was changed after it on top. It is theirs, and stands on their branch of the worktree.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { listConflicts, ownPlace, takeSide } from './conflicts.ts';
import { readSmall, writeBelow } from './files.ts';
import { type GitPlace, gitText } from './git.ts';
import { identityEnv, userIdentity } from './identity.ts';
import { makeCommit, treeOf } from './merge-tree.ts';
import { readPrivateHead } from './private-clone.ts';
import { publish } from './publish.ts';
import { isAncestor } from './refs.ts';
import { changedFiles, recordFiles } from './uncommitted.ts';
import type { Worktree } from './worktree.ts';

/**
 * Idempotent: with nothing to commit it is the commit that stands there. Refuses with `conflict.left` where
 * something is not resolved, `conflict.busy` where its branch is not checked out, `git.no-identity`, and as
 * `publish`.
 */
export async function concludeMerge(
	worktree: Worktree,
	message: string,
): Promise<Outcome<string>> {
	const { repository, privateDir, branch, agent } = worktree;
	const user = await userIdentity(repository);
	if (!user.ok) return user;
	const head = await readPrivateHead(privateDir, branch);
	if (!head.ok) return head;
	if (head.value.ref !== `refs/heads/${branch}`)
		return refuse(
			'conflict.busy',
			`${agent} is not on its branch ${branch}`,
			`weir shell ${agent} -- git switch ${branch}`,
		);
	const resolved = await resolveAll(worktree);
	if (!resolved.ok) return resolved;
	const place = ownPlace(worktree);
	const { commit: tip } = head.value;
	const other = (await readSmall(join(privateDir, 'MERGE_HEAD')))?.trim() ?? null;
	const merges = other !== null && !(await isCommitted(place, other, tip));
	const changed = await changedFiles(place);
	const { unreadable } = await recordFiles(worktree, place, changed);
	if (unreadable.length > 0)
		return refuse('conflict.unreadable', `${unreadable[0]} cannot be read`, 'chmod u+r');
	const tree = await gitText(place, ['write-tree']);
	if (merges || tree !== (await treeOf({ place }, tip))) {
		const commit = await makeCommit(
			{ place },
			{
				...{ tree, message, env: identityEnv(user.value, user.value) },
				parents: merges && other ? [tip, other] : [tip],
			},
		);
		await writeBelow(privateDir, `refs/heads/${branch}`, `${commit}\n`);
	}
	// Last: while one of these is there, it is done again.
	for (const name of ['MERGE_MSG', 'MERGE_MODE', 'AUTO_MERGE', 'MERGE_HEAD'])
		await rm(join(privateDir, name), { force: true });
	const published = await publish(worktree);
	return published.ok ? ok(published.value.tip) : published;
}

async function resolveAll(worktree: Worktree): Promise<Outcome<void>> {
	const conflicts = await listConflicts(worktree);
	const left = conflicts.filter(({ resolved }) => !resolved).map(({ path }) => path);
	if (left.length > 0)
		return refuse(
			'conflict.left',
			`not resolved yet in ${worktree.agent}: ${left.slice(0, 8).join(', ')}${left.length > 8 ? ` and ${left.length - 8} more` : ''}`,
			`weir shell ${worktree.agent} opens a shell there`,
		);
	for (const { path } of conflicts) {
		const taken = await takeSide(worktree, path, 'here');
		if (!taken.ok) return taken;
	}
	return ok(undefined);
}

function isCommitted(place: GitPlace, other: string, tip: string): Promise<boolean> {
	return isAncestor(place, other, tip);
}
