// A squash leaves no trace in history: to git, the branch that was landed and the base that took it
// are strangers who made the same changes, and the branch would conflict with itself when it lands
// again. So the earlier landing is told to git by commits that only weir sees.
import { standsOn } from './ancestry.ts';
import { makeCommit, treeOf, weirIdentity } from './merge-tree.ts';
import type { Repository } from './repository.ts';

/** The last landing of the same worktree. */
export interface LandedBefore {
	/** What was landed: the agent's side. */
	readonly candidate: string;
	/** What it became on the base. */
	readonly commit: string;
}

/** Of landings, the latest first, the first that is part of the base: a landing elsewhere is not. */
export async function lastLandedIn(
	repository: Repository,
	base: string,
	landings: readonly LandedBefore[],
): Promise<LandedBefore | null> {
	for (const landing of landings) {
		if (await standsOn(repository.place, base, landing.commit)) return landing;
	}
	return null;
}

export interface Related {
	readonly base: string;
	readonly tip: string;
}

/**
 * Commits with the trees of `base` and `tip` whose common ancestor is what both have in common in
 * truth. The base gets the landed candidate as a further parent, as a merge would have recorded
 * it. A tip that contains neither the candidate nor the landing, because it was rewritten since or
 * its uncommitted files were landed, stands on the candidate: what counts is what changed since.
 */
export async function relate(
	repository: Repository,
	base: string,
	tip: string,
	before: LandedBefore | null,
): Promise<Related> {
	if (before === null) return { base, tip };
	const { place } = repository;
	if (!(await standsOn(place, base, before.commit))) return { base, tip };
	if (await standsOn(place, tip, before.commit)) return { base, tip };
	const known = await standsOn(place, base, before.candidate);
	const kept = await standsOn(place, tip, before.candidate);
	return {
		base: known ? base : await synthetic(repository, base, [base, before.candidate]),
		tip: kept ? tip : await synthetic(repository, tip, [before.candidate]),
	};
}

async function synthetic(
	repository: Repository,
	commit: string,
	parents: readonly string[],
): Promise<string> {
	return makeCommit(repository, {
		tree: await treeOf(repository, commit),
		parents,
		message: 'weir: relation\n',
		// A fixed time gives the same id each time, so that looking often makes no new objects.
		env: {
			...weirIdentity,
			GIT_AUTHOR_DATE: '@0 +0000',
			GIT_COMMITTER_DATE: '@0 +0000',
		},
	});
}
