// Whether an agent can have a branch of the user's as its own, and where its work leaves the base.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { type Base, forkOf } from './base.ts';
import { branchInRebase, listCheckouts } from './checkouts.ts';
import { readCommit } from './refs.ts';
import type { Repository } from './repository.ts';

/**
 * The commit at which the branch left the base: what is on it since then is the agent's to land.
 * Refuses with `branch.unknown`, `branch.base`, `branch.checked-out`, `branch.unrelated`.
 */
export async function adoptBranch(
	repository: Repository,
	branch: string,
	base: Base,
): Promise<Outcome<string>> {
	const tip = await readCommit(repository.place, `refs/heads/${branch}`);
	if (tip === null)
		return refuse(
			'branch.unknown',
			`there is no branch ${branch}`,
			`git branch --list; --base REF starts a new branch from a commit`,
		);
	if (branch === base.branch)
		return refuse(
			'branch.base',
			`${branch} is the base, which only landings move`,
			'leave --branch out: the agent gets a branch of its own',
		);
	const free = await checkNowhere(repository, branch);
	if (!free.ok) return free;
	return forkOf(repository, base, tip, branch);
}

/** Refuses where some checkout has the branch, or is rebasing it: two would write over one another. */
export async function checkNowhere(
	repository: Repository,
	branch: string,
): Promise<Outcome<void>> {
	const ref = `refs/heads/${branch}`;
	for (const checkout of await listCheckouts(repository)) {
		const held = checkout.branch ?? (await branchInRebase(checkout));
		if (held === ref)
			return refuse(
				'branch.checked-out',
				`${branch} is checked out in ${checkout.path}`,
				`git -C ${checkout.path} switch another-branch`,
			);
	}
	return ok(undefined);
}
