// What weir sees of an agent beside the journal, and what its program says through its terminal.
import type { Prediction } from '../domain/queue/prediction.ts';
import type { RecordingStanding } from '../domain/recording-fault.ts';
import type { RunningGate } from './gates.ts';
import type { DiffCounts } from './status.ts';

/** A bell or a notification (OSC 9, 99, 777): somebody is to look. */
export interface Call {
	readonly at: string;
	/** What a notification says; null for a bell. */
	readonly text: string | null;
}

/** What a program says through its terminal, beside what it does. */
export interface ProgramWords {
	/** The last one. */
	readonly call: Call | null;
	/** The folder in which it says that it is (OSC 7). */
	readonly directory: string | null;
	/** OSC 9;4. */
	readonly progress: {
		readonly tone: 'running' | 'failed' | 'paused';
		readonly percent: number;
	} | null;
	/** What it calls itself (OSC 0, 2); absent where it never said, and from an older supervisor. */
	readonly title?: string;
}

/** What weir sees of an agent beside the journal: streams are not journaled. */
export interface Observation {
	readonly head: string | null;
	readonly diff: DiffCounts | null;
	/** Files in which a merge into the base would conflict; null is not known yet. */
	readonly conflicts: readonly string[] | null;
	/** What of its commits its scope keeps from landing; absent from an older supervisor. */
	readonly outside?: { readonly count: number; readonly words: string } | null;
	/** Commits that the base does not have. */
	readonly ahead: number | null;
	/** What is under way for it, when it takes more than a moment. */
	readonly progress: {
		readonly label: string;
		readonly done: number;
		readonly total: number | null;
	} | null;
	/** Absent from an older supervisor, and where nothing was said. */
	readonly words?: ProgramWords;
	/** Absent from an older supervisor, and where nothing is amiss. */
	readonly recording?: RecordingStanding;
	/** Why writes in its worktree are looked for now and then and not seen at once; absent where they are. */
	readonly unwatched?: string;
	/** Counts how often its files came to rest after a write; absent where nobody saw one. */
	readonly rests?: number;
	/**
	 * Conflicts with other agents' commits that wait to land; absent from an older supervisor, and while
	 * nothing is known.
	 */
	readonly predicted?: Prediction;
	/** Gates that run on its work, by name; absent where none does. */
	readonly gates?: Readonly<Record<string, RunningGate>>;
}

export const noObservation: Observation = {
	head: null,
	diff: null,
	conflicts: null,
	ahead: null,
	progress: null,
};
