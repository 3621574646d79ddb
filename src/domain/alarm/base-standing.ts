// What is known by gates of a branch where landings go: how it came to where it is, and what each gate said
// of its newest files.
import type { Verdict } from '../gates/verdict.ts';
import type { LandingId } from '../ids.ts';
import type { Alarm } from './alarm.ts';

/** One move of the branch. */
export interface BaseMove {
	readonly old: string | null;
	readonly commit: string;
	readonly by:
		| { readonly kind: 'landing'; readonly landing: LandingId }
		| { readonly kind: 'undo'; readonly landing: LandingId }
		| { readonly kind: 'others' };
}

/** What one gate said of the branch. */
export interface BaseGate {
	/** The gate as it was then, in words: of another one nothing of this holds. */
	readonly definition: string;
	/** Null where it could not be run at all. */
	readonly verdict: Verdict | null;
	/** Why it could not. */
	readonly fault: string | null;
	/** The commit of which it last said that it is good, or that it is not. */
	readonly known: { readonly word: 'passed' | 'failed'; readonly commit: string } | null;
	/** Raised and not over; one that is acknowledged as well. */
	readonly alarm: Alarm | null;
}

export interface BaseStanding {
	/** The oldest first; what lies before the last commit that all gates called green is forgotten. */
	readonly moves: readonly BaseMove[];
	/** The commit that gates were last asked about, and by which settings. */
	readonly judged: {
		readonly commit: string;
		readonly tree: string;
		readonly by: string;
		readonly at: string;
	} | null;
	/** Why gates could say nothing of its newest files; null where they did. */
	readonly fault: string | null;
	readonly gates: Readonly<Record<string, BaseGate>>;
}

export const noStanding: BaseStanding = {
	moves: [],
	judged: null,
	fault: null,
	gates: {},
};
