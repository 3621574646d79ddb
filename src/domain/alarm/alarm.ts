// A gate that is red on a branch where landings go and was not red there before: what the human is told at
// once, and what may have caused it. It goes once the gate is green there again.
import type { VerdictWord } from '../gates/verdict.ts';
import type { AlarmId, LandingId } from '../ids.ts';

/** What moved the branch since the gate was last not red there. */
export type AlarmCause =
	| {
			readonly by: 'landing';
			readonly landing: LandingId;
			/** Of the agent, as it was called then. */
			readonly name: string;
			readonly subject: string;
	  }
	/** A landing was taken back. */
	| { readonly by: 'undo'; readonly landing: LandingId; readonly name: string }
	| {
			readonly by: 'others';
			readonly old: string | null;
			readonly new: string;
			/** How many commits came; null where it was not moved ahead. */
			readonly commits: number | null;
			/** Of the newest commit. */
			readonly subject: string | null;
	  };

/** The first thing that the gate found, where its output could be read. */
export interface FirstFailure {
	readonly name: string | null;
	readonly file: string | null;
	readonly line: number | null;
	readonly message: string;
}

export interface Alarm {
	readonly id: AlarmId;
	readonly branch: string;
	readonly gate: string;
	readonly at: string;
	/** Where it was red first. */
	readonly commit: string;
	/** By which its output is found. */
	readonly key: string;
	readonly failures: number | null;
	/** Its first failure, or its last line, in a few words. */
	readonly first: string | null;
	readonly failure: FirstFailure | null;
	/** Where it was last looked at before, and what it said there; null where nobody knows. */
	readonly before: { readonly commit: string; readonly word: VerdictWord } | null;
	/** The oldest first; several are a guess. Never empty. */
	readonly causes: readonly AlarmCause[];
	/** How many older ones are not named. */
	readonly more: number;
	/** Somebody knows of it: it is told no longer. */
	readonly acknowledged: { readonly at: string; readonly actor: string } | null;
}
