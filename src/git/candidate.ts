// What of an agent's work is to land: its tip, or its tip with uncommitted files on top. The agent's
// own branch is never moved.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { filteredPaths, hasFilters } from './filtered.ts';
import { identityEnv, userIdentity } from './identity.ts';
import { makeCommit, treeOf, weirIdentity } from './merge-tree.ts';
import { publish } from './publish.ts';
import { changeRefs, readRef } from './refs.ts';
import type { Repository } from './repository.ts';
import { listUncommitted, type Selection, treeWithUncommitted } from './uncommitted.ts';
import type { Worktree } from './worktree.ts';

export interface CandidatePlan {
	readonly id: string;
	/** Uncommitted files to take along: none, all (null), or these. */
	readonly uncommitted: 'none' | Selection;
	/** Message of the commit that holds the uncommitted files. */
	readonly message: string;
	/** What that commit stands on, where it is not the tip: an earlier candidate that has all of the tip. */
	readonly onto?: string;
}

export interface Candidate {
	readonly id: string;
	readonly commit: string;
	readonly tree: string;
}

export function candidateRef(id: string): string {
	return `refs/weir/candidate/${id}`;
}

/**
 * Freezes what is to land under `refs/weir/candidate/<id>`. Idempotent: an id that exists gives the
 * same candidate, whatever the agent did since. Refuses as `publish`, and with
 * `candidate.filtered` where uncommitted files would need a filter of the user's.
 */
export async function buildCandidate(
	worktree: Worktree,
	plan: CandidatePlan,
): Promise<Outcome<Candidate>> {
	const { repository } = worktree;
	const known = await readRef(repository.place, candidateRef(plan.id));
	if (known !== null) return candidateAt(repository, plan.id, known);
	const published = await publish(worktree);
	if (!published.ok) return published;
	const built = await commitOf(worktree, plan, published.value.tip);
	if (!built.ok) return built;
	const change = { ref: candidateRef(plan.id), from: null, to: built.value };
	const made = await repository.lanes.refs.run(() =>
		changeRefs(repository.place, [change], 'weir: candidate'),
	);
	if (made.ok) return candidateAt(repository, plan.id, built.value);
	// Another run of the same effect was first; its candidate counts.
	const other = await readRef(repository.place, candidateRef(plan.id));
	return other === null ? made : candidateAt(repository, plan.id, other);
}

async function candidateAt(
	repository: Repository,
	id: string,
	commit: string,
): Promise<Outcome<Candidate>> {
	return ok({ id, commit, tree: await treeOf(repository, commit) });
}

async function commitOf(
	worktree: Worktree,
	plan: CandidatePlan,
	tip: string,
): Promise<Outcome<string>> {
	if (plan.uncommitted === 'none') return ok(tip);
	const hit = await filteredAmong(worktree, tip, plan.uncommitted);
	if (hit.length > 0) {
		return refuse(
			'candidate.filtered',
			`${hit.slice(0, 5).join(', ')} must go through a git filter, which weir does not run`,
			`let ${worktree.agent} commit them`,
		);
	}
	const { repository } = worktree;
	const tree = await treeWithUncommitted(worktree, tip, plan.uncommitted);
	const onto = plan.onto ?? tip;
	if (tree === (await treeOf(repository, onto))) return ok(onto);
	const message = `${plan.message.trimEnd()}\n`;
	const user = await userIdentity(repository);
	// A squash never shows this commit; a merge does, under the user's name where there is one.
	const env = user.ok ? identityEnv(user.value, user.value) : weirIdentity;
	return ok(await makeCommit(repository, { tree, parents: [onto], message, env }));
}

/** Uncommitted files of a selection that a filter would have to change first. */
async function filteredAmong(
	worktree: Worktree,
	tip: string,
	selection: Selection,
): Promise<string[]> {
	if (!hasFilters(worktree.place)) return [];
	const { files } = await listUncommitted(worktree, tip);
	const there = files.filter(({ kind }) => kind !== 'deleted').map(({ path }) => path);
	const wanted = selection === null ? there : there.filter((p) => selection.includes(p));
	return filteredPaths(worktree.place, wanted);
}
