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
	repository: Pick<Repository, 'place'>,
	base: string,
	tip: string,
	before: LandedBefore | null,
): Promise<Related> {
	const relation = await relationOf(repository, base, tip, before);
	return { base: await relatedBase(repository, base, relation), tip: relation.tip };
}

/** What a tip is to a base, and to all that comes to stand on it. */
export interface Relation {
	readonly tip: string;
	/** The candidate that git takes for a part of the base; null where nothing has to be told. */
	readonly joined: string | null;
}

/** The first half of `relate`. */
export async function relationOf(
	repository: Pick<Repository, 'place'>,
	base: string,
	tip: string,
	before: LandedBefore | null,
): Promise<Relation> {
	const { place } = repository;
	const same = { tip, joined: null };
	if (before === null) return same;
	if (!(await standsOn(place, base, before.commit))) return same;
	if (await standsOn(place, tip, before.commit)) return same;
	const known = await standsOn(place, base, before.candidate);
	const kept = await standsOn(place, tip, before.candidate);
	return {
		joined: known ? null : before.candidate,
		tip: kept ? tip : await synthetic(repository, tip, [before.candidate]),
	};
}

/** The second half of `relate`, for the base of the first or a commit on top of it. */
export async function relatedBase(
	repository: Pick<Repository, 'place'>,
	base: string,
	{ joined }: Relation,
): Promise<string> {
	return joined === null ? base : synthetic(repository, base, [base, joined]);
}

async function synthetic(
	repository: Pick<Repository, 'place'>,
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
