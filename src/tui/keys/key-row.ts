// The shape of the key table.
import type { State } from '../../domain/state.ts';
import type { Refusal } from '../../lib/outcome.ts';
import type { View } from '../view.ts';
import type { KeyContext } from './key-contexts.ts';

/** What an action may depend on. */
export interface Situation {
	readonly state: State;
	readonly view: View;
}

export interface KeyRow {
	readonly action: string;
	readonly contexts: readonly KeyContext[];
	/** By the names of the input parser. */
	readonly keys: readonly string[];
	/** One line for the help and the palette. */
	readonly help: string;
	/** The palette's words where an agent is meant, its name follows. */
	readonly verb?: string;
	/** A word for the hint bar. */
	readonly hint?: string;
	/** A few words for the leader's menu; rows without them make no sense there. */
	readonly short?: string;
	/** Shown in the hint bar only while this holds. */
	readonly hinted?: (situation: Situation) => boolean;
	/** Higher ones are shown first. */
	readonly weight?: number;
	/** Why it cannot be done now; null where it can. */
	readonly whyNot?: (situation: Situation) => Refusal | null;
	/** It answers somebody: not before what it is about has been seen. */
	readonly answers?: true;
	/** It brings the cursor to what it shows: that has been seen. */
	readonly aims?: true;
	/** Not among the commands of the palette: it makes sense as a key only. */
	readonly keyOnly?: true;
}
