// How often agents ask, and what would make them ask less. Kept with the state, so that every client
// and verb counts the same; bounded in time and number.
import { alike } from './flood.ts';
import type { QuestionId } from './ids.ts';
import type { Ask } from './state.ts';

const askedMs = 60 * 60_000;
const asksKept = 200;
const textKept = 120;

/** At more an hour something is proposed. */
const tooMany = 12;

/** The asks of the hour before it, and the new one. */
export function withAsk(asks: readonly Ask[], ask: Ask): readonly Ask[] {
	const text = ask.text.slice(0, textKept);
	return [...lately(asks, Date.parse(ask.at)), { ...ask, text }].slice(-asksKept);
}

/** One that went by itself, or that another took the place of at once, was none. */
export function withoutAsk(asks: readonly Ask[], question: QuestionId): readonly Ask[] {
	const kept = asks.filter((ask) => ask.question !== question);
	return kept.length === asks.length ? asks : kept;
}

/** How many came in the last hour, at `now` of the wall clock in milliseconds. */
export function lately(asks: readonly Ask[], now: number): readonly Ask[] {
	return asks.filter(({ at }) => Date.parse(at) > now - askedMs);
}

export interface Proposal {
	/** How many were asked in the hour. */
	readonly asked: number;
	/** What most of them were about: `git push`, `Edit`. */
	readonly shape: string;
	readonly count: number;
	/** The last ones of it, the newest first. */
	readonly examples: readonly string[];
}

const examplesSaid = 3;

/**
 * The permission that was asked for most, where agents ask too much; null where they do not, or nothing
 * was asked twice. It is only words: what a CLI lets pass without asking is its own rule.
 */
export function proposalOf(asks: readonly Ask[], now: number): Proposal | null {
	const late = lately(asks, now);
	if (late.length <= tooMany) return null;
	const approvals = late.filter(({ kind }) => kind === 'approve');
	const [most] = alike(approvals).toSorted(
		(one, other) => other.items.length - one.items.length,
	);
	if (!most || most.items.length < 2) return null;
	const texts = new Set(most.items.map(({ text }) => text).toReversed());
	return {
		asked: late.length,
		shape: most.shape,
		count: most.items.length,
		examples: [...texts].slice(0, examplesSaid),
	};
}

/** The proposal in words. */
export function proposalWords({ asked, shape, count }: Proposal): string {
	return `agents asked ${asked} times in an hour, ${count} times for ${shape}: a rule of their CLI that allows it would save you those`;
}
