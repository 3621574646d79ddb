// Landing: commits that were made beforehand, without a checkout, become the base. They were made, and
// their gates ran, for one exact commit of the base; if the base is elsewhere, nothing moves.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { type BranchMove, finishMove, type Moved, moveBranch } from './branch-move.ts';
import { candidateRef } from './candidate.ts';
import { userIdentity } from './identity.ts';
import { commitLanding, type LandingText } from './landing-commit.ts';
import { treeOf } from './merge-tree.ts';
import { listRefs, type RefChange, readCommit, readRef } from './refs.ts';
import type { Repository } from './repository.ts';

export interface LandingPlan extends LandingText {
	readonly id: string;
	/** Short name of the base branch. */
	readonly base: string;
	/** The commit of the base that `tree` was merged onto. */
	readonly onto: string;
	readonly tree: string;
	readonly candidate: string;
	readonly strategy: 'squash' | 'merge';
}

/** What a candidate becomes on the base, as commits that no ref names yet. */
export interface ChainLink {
	/** Of the landing. */
	readonly id: string;
	readonly candidate: string;
	/** Where the base is before it. */
	readonly onto: string;
	/** Where it is with it. */
	readonly commit: string;
	readonly tree: string;
	/** How many commits that are, each the first parent of the next. */
	readonly commits: number;
}

export interface Landed {
	readonly old: string;
	readonly new: string;
	readonly tree: string;
	readonly candidate: string;
	/** Files of a checkout that were left as they are, see `finishCheckout`. */
	readonly kept: readonly string[];
	/** Why a checkout could not follow yet; null where all did. */
	readonly waits: string | null;
}

/** The landed commit. Keeps it, and where the base was before, from being pruned. */
export function landedRef(id: string): string {
	return `refs/weir/landed/${id}`;
}

/** Where the base was before a landing of several commits; of one, its first parent says so. */
function ontoRef(id: string): string {
	return `refs/weir/onto/${id}`;
}

/**
 * Lands one candidate. Idempotent by id: after a crash it finishes the checkout and gives the same
 * answer, and never lands twice. Refuses as `landChain`, and with `merge.nothing`, `base.unknown`,
 * `git.no-identity`.
 */
export async function land(
	repository: Repository,
	plan: LandingPlan,
): Promise<Outcome<Landed>> {
	const known = await findLanded(repository, plan.id);
	if (known !== null) return known;
	const { id, base, onto, tree, candidate } = plan;
	const tip = await readRef(repository.place, `refs/heads/${base}`);
	if (tip === null) {
		return refuse('base.unknown', `there is no branch ${base}`, 'git branch --list');
	}
	if (tip !== onto)
		return refuse('base.moved', `${base} has moved meanwhile`, 'merge again');
	if ((await treeOf(repository, onto)) === tree) {
		return refuse('merge.nothing', `${base} has all of this already`);
	}
	const user = await userIdentity(repository);
	if (!user.ok) return user;
	const commit = await commitLanding(repository, user.value, plan);
	const landed = await landChain(repository, base, [
		{ id, candidate, onto, commit, tree, commits: 1 },
	]);
	if (!landed.ok) return landed;
	const [only] = landed.value;
	if (!only) throw new Error(`${id} landed, and is not among what landed`);
	return ok(only);
}

/**
 * Moves the base, by compare-and-swap, from where the first link stands to the last one: all of them
 * land or none. Idempotent as `land` is. Refuses with `base.moved`, `base.dirty`, `base.busy`,
 * `base.filtered`, and with `landing.landed` where some of them have landed and others not.
 */
export async function landChain(
	repository: Repository,
	base: string,
	links: readonly ChainLink[],
): Promise<Outcome<readonly Landed[]>> {
	const known = await findChain(repository, links);
	if (known !== null) return known;
	const moved = await moveBranch(repository, moveOf(base, links));
	// Another run of the same landing may have been first.
	if (!moved.ok) return (await findChain(repository, links)) ?? moved;
	return ok(links.map((link) => landedAs(link, moved.value)));
}

/**
 * A landing that has happened, null where it has not. Finishes the checkout where a crash came
 * between the two: after it the base and its checkouts agree.
 */
export async function findLanded(
	repository: Repository,
	id: string,
): Promise<Outcome<Landed> | null> {
	const landing = await readLanding(repository, id);
	if (landing === null) return null;
	const finished = await finishMove(repository, landedRef(id));
	if (!finished.ok) return finished;
	const { commit, onto: old } = landing;
	const candidate = await readRef(repository.place, candidateRef(id));
	if (candidate === null) throw new Error(`${landedRef(id)} has no candidate`);
	const tree = await treeOf(repository, commit);
	const { kept = [], waits = null } = finished.value ?? {};
	return ok({ old, new: commit, tree, candidate, kept, waits });
}

/** What a landing made of the base, and where that was before; null where it has not happened. */
export async function readLanding(
	{ place }: Repository,
	id: string,
): Promise<{ readonly commit: string; readonly onto: string } | null> {
	const commit = await readRef(place, landedRef(id));
	if (commit === null) return null;
	const onto =
		(await readRef(place, ontoRef(id))) ?? (await readCommit(place, `${commit}^1`));
	if (onto === null) throw new Error(`${landedRef(id)} has no parent`);
	return { commit, onto };
}

/** Those of a chain that has landed, null where none has. */
async function findChain(
	repository: Repository,
	links: readonly ChainLink[],
): Promise<Outcome<readonly Landed[]> | null> {
	const refs = await listRefs(
		repository.place,
		links.map(({ id }) => landedRef(id)),
	);
	if (refs.length === 0) return null;
	const landed: Landed[] = [];
	let kept: readonly string[] = [];
	for (const { id } of links) {
		const found = await findLanded(repository, id);
		if (found?.ok === false) return found;
		if (found === null) continue;
		// One move was finished for all of them.
		kept = [...kept, ...found.value.kept];
		landed.push(found.value);
	}
	if (landed.length === links.length) return ok(landed.map((one) => ({ ...one, kept })));
	return refuse(
		'landing.landed',
		`${landed.length} of these ${links.length} landings have happened already`,
		'leave them out, and chain the others anew',
	);
}

function landedAs(
	{ onto, commit, tree, candidate }: ChainLink,
	{ kept, waits }: Moved,
): Landed {
	return { old: onto, new: commit, tree, candidate, kept, waits };
}

function moveOf(base: string, links: readonly ChainLink[]): BranchMove {
	const [first, last] = [links[0], links.at(-1)];
	if (!first || !last) throw new Error('there is nothing to land');
	const refs: RefChange[] = [];
	for (const [at, { id, onto, commit, commits }] of links.entries()) {
		if (at > 0 && onto !== links[at - 1]?.commit)
			throw new Error(`${id} does not stand on the landing before it`);
		refs.push({ ref: landedRef(id), from: null, to: commit });
		if (commits > 1) refs.push({ ref: ontoRef(id), from: null, to: onto });
	}
	const [proof, ...others] = refs;
	if (!proof) throw new Error('there is nothing to land');
	return {
		id: first.id,
		branch: base,
		from: first.onto,
		to: last.commit,
		also: [proof, ...others],
		message: `weir: land ${first.id}${links.length > 1 ? ` and ${links.length - 1} more` : ''}`,
	};
}
