// Landings of worktrees in scratch repositories, step after step as the supervisor takes them.
import { buildCandidate, type CandidatePlan } from '../../src/git/candidate.ts';
import { type LandedBefore, relate } from '../../src/git/landed-before.ts';
import { type Landed, type LandingPlan, land } from '../../src/git/landing.ts';
import { type MergedTree, mergeTrees } from '../../src/git/merge-tree.ts';
import type { Repository } from '../../src/git/repository.ts';
import type { Worktree } from '../../src/git/worktree.ts';
import type { Outcome } from '../../src/lib/outcome.ts';
import { gitIn, makeRepository, makeWorktree, open, valueOf } from './repository.ts';

export interface LandingWish {
	readonly uncommitted?: CandidatePlan['uncommitted'];
	readonly strategy?: 'squash' | 'merge';
	readonly before?: LandedBefore | null;
}

/** Builds the candidate and merges it; fails where that conflicts. */
export async function planLanding(
	worktree: Worktree,
	id: string,
	{ uncommitted = 'none', strategy = 'squash', before = null }: LandingWish = {},
): Promise<LandingPlan> {
	const { repository, agent } = worktree;
	const candidate = valueOf(
		await buildCandidate(worktree, { id, uncommitted, message: 'Uncommitted files' }),
	);
	const onto = gitIn(repository.commonDir, 'rev-parse', 'main');
	const merged = await mergeCandidate(repository, onto, candidate.commit, before);
	if (merged.kind === 'conflict')
		throw new Error(`conflict in ${merged.files.join(', ')}`);
	return {
		id,
		base: 'main',
		onto,
		tree: merged.tree,
		candidate: candidate.commit,
		strategy,
		message: `Land ${id}`,
		author: null,
		coAuthors: [{ name: 'Agent', email: 'agent@example.org' }],
		trailers: [['Weir-Agent', agent]],
		sign: false,
	};
}

/** The merge of a candidate into a commit of the base, as a tree. */
export async function mergeCandidate(
	repository: Repository,
	onto: string,
	candidate: string,
	before: LandedBefore | null,
): Promise<MergedTree> {
	const related = await relate(repository, onto, candidate, before);
	return mergeTrees(repository, related.base, related.tip);
}

export async function landWorktree(
	worktree: Worktree,
	id: string,
	wish: LandingWish = {},
): Promise<Outcome<Landed>> {
	return land(worktree.repository, await planLanding(worktree, id, wish));
}

/** A scratch repository with an agent whose worktree may land. */
export async function openLander(agent = 'api'): Promise<{
	top: string;
	repository: Repository;
	worktree: Worktree;
}> {
	const top = makeRepository();
	const repository = await open(top);
	return { top, repository, worktree: await makeWorktree(repository, agent) };
}
