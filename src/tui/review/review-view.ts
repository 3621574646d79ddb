// How an agent's work is reviewed: what was fetched of it, and where in it the cursor is. The agent is the
// one in focus.
import type { AgentId } from '../../domain/ids.ts';
import type { HunkPlace } from '../../domain/review/hunk.ts';
import type { Outcome } from '../../lib/outcome.ts';
import type { HunksJson, ReviewJson } from '../../protocol/review.ts';
import type { HunkColours } from '../syntax/hunk-colours.ts';

export interface ReviewView {
	readonly told: ToldReview | null;
	/** The file under the cursor; null is the first. */
	readonly path: string | null;
	/** The row under the cursor in that file; null is its first. */
	readonly spot: Spot | null;
	/** What differs in the file that was looked at last. */
	readonly file: ToldFile | null;
	/** Colours of source text, of these contents; null where there are none yet. */
	readonly colours: { readonly sides: string; readonly hunks: HunkColours } | null;
	/** Where what each hunk of these contents changes has come to; null where that is not known. */
	readonly places: {
		readonly sides: string;
		readonly words: readonly HunkPlace[];
	} | null;
	/** Long lines go on below. */
	readonly wrap: boolean;
	/** The file under the cursor has the screen for itself. */
	readonly alone: boolean;
	/** Letters of the paths to be listed; empty for all. */
	readonly filter: string;
}

export interface ToldReview {
	readonly agent: AgentId;
	readonly review: Outcome<ReviewJson>;
}

export interface ToldFile {
	/** Which contents these are. */
	readonly sides: string;
	readonly path: string;
	readonly hunks: Outcome<HunksJson>;
}

/** A row of a file by what it says, so that it is found again in a file that has changed. */
export interface Spot {
	/** `@` is the head of a hunk, `#` a comment, whose text is its id. */
	readonly sign: '@' | '#' | ' ' | '+' | '-';
	/** Of the side that the line is on; of a head, of its first line. */
	readonly line: number;
	readonly text: string;
}

export const firstReview: ReviewView = {
	told: null,
	path: null,
	spot: null,
	file: null,
	colours: null,
	places: null,
	wrap: false,
	alone: false,
	filter: '',
};
