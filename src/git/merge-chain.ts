// Landings of many candidates at once, as commits on top of each other: without a checkout and without
// moving a ref. What conflicts is left out and told. What was made is for one commit of the base.
import { type Outcome, ok } from '../lib/outcome.ts';
import { bringObjects } from './bring-objects.ts';
import { type Identity, userIdentity } from './identity.ts';
import {
	type LandedBefore,
	type Relation,
	relatedBase,
	relationOf,
} from './landed-before.ts';
import type { ChainLink } from './landing.ts';
import { commitLanding, type LandingText } from './landing-commit.ts';
import { mergeTrees, treeOf } from './merge-tree.ts';
import { withPassingObjects } from './passing-objects.ts';
import { rebase } from './rebase.ts';
import type { Repository } from './repository.ts';
import { openTreeStore } from './tree-store.ts';

/** One candidate that is to land with others. */
export interface ChainWish extends LandingText {
	readonly id: string;
	readonly candidate: string;
	/** What of it landed before, see `lastLandedIn`. */
	readonly before: LandedBefore | null;
	/** `rebase` keeps each commit with its own message, author and date: the texts here are not for it. */
	readonly strategy: 'squash' | 'merge' | 'rebase';
}

export type LeftOut = { readonly id: string } & (
	| {
			readonly kind: 'conflict';
			readonly files: readonly string[];
			/** The landing before it with which it conflicts; null where that is the base itself. */
			readonly with: string | null;
	  }
	/** All of it is there already. */
	| { readonly kind: 'nothing' }
	/** A merge among its commits, which `rebase` cannot replay. */
	| { readonly kind: 'merges'; readonly merge: string }
);

export interface Chain {
	/** In the order asked for; each stands on the one before it, the first on the base. */
	readonly links: readonly ChainLink[];
	readonly leftOut: readonly LeftOut[];
}

/**
 * Chains candidates on a commit of the base. The commits are in the user's repository then, flushed, and
 * named by no ref until `landChain`. Refuses with `git.no-identity`; throws when it is cancelled.
 */
export async function buildChain(
	repository: Repository,
	onto: string,
	wishes: readonly ChainWish[],
	signal?: AbortSignal,
): Promise<Outcome<Chain>> {
	const user = await userIdentity(repository);
	if (!user.ok) return user;
	const store = await openTreeStore(repository);
	return withPassingObjects(repository, store, async (place) => {
		const base = { commit: onto, tree: await treeOf({ place }, onto) };
		const ground = { place, base, user: user.value };
		const links: ChainLink[] = [];
		const leftOut: LeftOut[] = [];
		for (const wish of wishes) {
			signal?.throwIfAborted();
			const { id, candidate } = wish;
			const relation = await relationOf(ground, onto, candidate, wish.before);
			const at = links.at(-1) ?? base;
			const step = await stepOn(ground, wish, relation, at);
			if (step.kind === 'clean')
				links.push({ id, candidate, onto: at.commit, ...step.link });
			else if (step.kind !== 'conflict') leftOut.push({ id, ...step });
			else {
				const culprit = await culpritOf(ground, wish, relation, links);
				leftOut.push({ id, kind: 'conflict', files: step.files, with: culprit });
			}
		}
		const last = links.at(-1);
		const made = { tip: last?.commit ?? onto, known: onto };
		if (last) await bringObjects(place, repository.place, made);
		return ok({ links, leftOut });
	});
}

/** A commit to stand on. */
interface Spot {
	readonly commit: string;
	readonly tree: string;
}

interface Ground extends Pick<Repository, 'place'> {
	readonly base: Spot;
	readonly user: Identity;
}

type Step =
	| {
			readonly kind: 'clean';
			readonly link: Pick<ChainLink, 'commit' | 'tree' | 'commits'>;
	  }
	| { readonly kind: 'conflict'; readonly files: readonly string[] }
	| { readonly kind: 'nothing' }
	| { readonly kind: 'merges'; readonly merge: string };

async function stepOn(
	ground: Ground,
	wish: ChainWish,
	relation: Relation,
	at: Spot,
): Promise<Step> {
	const { base, user } = ground;
	const { strategy, sign, candidate } = wish;
	// What was rewritten since it landed has no commits to replay: what changed is one.
	if (strategy === 'rebase' && relation.tip === candidate) {
		const { tip, joined } = relation;
		const without = joined === null ? [base.commit] : [base.commit, joined];
		const done = await rebase(ground, { tip, without, onto: at, user, sign });
		if (done.kind !== 'clean') return done;
		const { commit, tree, commits } = done;
		return commits === 0
			? { kind: 'nothing' }
			: { kind: 'clean', link: { commit, tree, commits } };
	}
	const merged = await mergeTrees(
		ground,
		await relatedBase(ground, at.commit, relation),
		relation.tip,
	);
	if (merged.kind === 'conflict') return { kind: 'conflict', files: merged.files };
	const { tree } = merged;
	if (tree === at.tree) return { kind: 'nothing' };
	const commit = await commitLanding(ground, user, {
		...wish,
		strategy: strategy === 'merge' ? 'merge' : 'squash',
		onto: at.commit,
		candidate,
		tree,
	});
	return { kind: 'clean', link: { commit, tree, commits: 1 } };
}

/** The first of the landings before with which a candidate does not merge; null where that is none of them. */
async function culpritOf(
	ground: Ground,
	wish: ChainWish,
	relation: Relation,
	links: readonly ChainLink[],
): Promise<string | null> {
	const conflictsOn = async (at: Spot) =>
		(await stepOn(ground, wish, relation, at)).kind === 'conflict';
	if (await conflictsOn(ground.base)) return null;
	// Clean on what stands before `from`, not on `to`; what lies between is halved.
	let [from, to] = [0, links.length - 1];
	while (from < to) {
		const middle = Math.floor((from + to) / 2);
		if (await conflictsOn(links[middle] ?? ground.base)) to = middle;
		else from = middle + 1;
	}
	return links[to]?.id ?? null;
}
