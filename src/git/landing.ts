// Landing: a merged tree becomes a commit on the base. The tree was made, and its gates ran, for one
// exact commit of the base; if the base is elsewhere, nothing moves.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { type BranchMove, finishMove, moveBranch } from './branch-move.ts';
import { candidateRef } from './candidate.ts';
import { type Identity, identityEnv, userIdentity } from './identity.ts';
import { makeCommit, treeOf } from './merge-tree.ts';
import { readCommit, readRef } from './refs.ts';
import type { Repository } from './repository.ts';

export interface LandingPlan {
	readonly id: string;
	/** Short name of the base branch. */
	readonly base: string;
	/** The commit of the base that `tree` was merged onto. */
	readonly onto: string;
	readonly tree: string;
	readonly candidate: string;
	readonly strategy: 'squash' | 'merge';
	readonly message: string;
	/** Author of the commit; null is the user. */
	readonly author: Identity | null;
	readonly coAuthors: readonly Identity[];
	/** Further trailers, such as agent, gates and overrides. */
	readonly trailers: readonly (readonly [key: string, value: string])[];
	readonly sign: boolean;
}

export interface Landed {
	readonly old: string;
	readonly new: string;
	readonly tree: string;
	readonly candidate: string;
	/** Files of a checkout that were left as they are, see `finishCheckout`. */
	readonly kept: readonly string[];
}

/** The landed commit; its first parent is where the base was. Keeps both from being pruned. */
export function landedRef(id: string): string {
	return `refs/weir/landed/${id}`;
}

/**
 * Lands. Idempotent by id: after a crash it finishes the checkout and gives the same answer, and
 * never lands twice. Refuses with `merge.nothing`, `base.unknown`, `base.moved`, `base.dirty`,
 * `base.busy`, `base.filtered`, `git.no-identity`.
 */
export async function land(
	repository: Repository,
	plan: LandingPlan,
): Promise<Outcome<Landed>> {
	const known = await findLanded(repository, plan.id);
	if (known !== null) return known;
	const tip = await readRef(repository.place, `refs/heads/${plan.base}`);
	if (tip === null) {
		return refuse('base.unknown', `there is no branch ${plan.base}`, 'git branch --list');
	}
	if (tip !== plan.onto) {
		return refuse('base.moved', `${plan.base} has moved meanwhile`, 'merge again');
	}
	if ((await treeOf(repository, plan.onto)) === plan.tree) {
		return refuse('merge.nothing', `${plan.base} has all of this already`);
	}
	const commit = await commitOf(repository, plan);
	if (!commit.ok) return commit;
	const moved = await moveBranch(repository, moveOf(plan, commit.value));
	if (!moved.ok) {
		// Another run of the same landing may have been first.
		return (await findLanded(repository, plan.id)) ?? moved;
	}
	const { tree, candidate, onto } = plan;
	const { kept } = moved.value;
	return ok({ old: onto, new: commit.value, tree, candidate, kept });
}

/**
 * A landing that has happened, null where it has not. Finishes the checkout where a crash came
 * between the two: after it the base and its checkouts agree.
 */
export async function findLanded(
	repository: Repository,
	id: string,
): Promise<Outcome<Landed> | null> {
	const commit = await readRef(repository.place, landedRef(id));
	if (commit === null) return null;
	const finished = await finishMove(repository, id);
	if (!finished.ok) return finished;
	const old = await readCommit(repository.place, `${commit}^1`);
	const candidate = await readRef(repository.place, candidateRef(id));
	if (old === null || candidate === null)
		throw new Error(`${landedRef(id)} has no parent or no candidate`);
	const tree = await treeOf(repository, commit);
	return ok({ old, new: commit, tree, candidate, kept: finished.value?.kept ?? [] });
}

/** `message` with trailers, set off from the text unless it ends with trailers already. */
export function withTrailers(
	message: string,
	trailers: readonly (readonly [key: string, value: string])[],
): string {
	const text = message.trimEnd();
	const lines = trailers.map(([key, value]) => `${key}: ${value.replace(/\s+/g, ' ')}\n`);
	if (lines.length === 0) return `${text}\n`;
	const paragraphs = text.split(/\n\s*\n/);
	const last = paragraphs.at(-1)?.split('\n') ?? [];
	const joined = paragraphs.length > 1 && last.every((line) => trailerLine.test(line));
	return `${text}${joined ? '\n' : '\n\n'}${lines.join('')}`;
}

const trailerLine = /^[A-Za-z0-9][A-Za-z0-9-]*: \S/;

async function commitOf(
	repository: Repository,
	plan: LandingPlan,
): Promise<Outcome<string>> {
	const user = await userIdentity(repository);
	if (!user.ok) return user;
	const trailers = [...plan.trailers];
	for (const { name, email } of plan.coAuthors) {
		trailers.push(['Co-authored-by', `${name} <${email}>`]);
	}
	const parents = plan.strategy === 'merge' ? [plan.onto, plan.candidate] : [plan.onto];
	const commit = await makeCommit(repository, {
		tree: plan.tree,
		parents,
		message: withTrailers(plan.message, trailers),
		env: identityEnv(plan.author ?? user.value, user.value),
		sign: plan.sign,
	});
	return ok(commit);
}

function moveOf(plan: LandingPlan, commit: string): BranchMove {
	return {
		id: plan.id,
		branch: plan.base,
		from: plan.onto,
		to: commit,
		also: [{ ref: landedRef(plan.id), from: null, to: commit }],
		message: `weir: land ${plan.id}`,
	};
}
