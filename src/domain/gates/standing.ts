// What is known of an agent's work by gates.
import type { EffectId } from '../ids.ts';
import type { Comparison, Verdict } from './verdict.ts';

/** A gate that runs, or waits for its turn. */
export interface GateRun {
	readonly effect: EffectId;
	readonly tree: string;
	readonly since: string;
}

/** What one gate said of an agent's work. */
export interface GateStanding {
	/** The last word; of which tree it is, it says itself. */
	readonly verdict: Verdict | null;
	/** Beside the merge base; null until that is known, and where the gate is not red. */
	readonly compared: Comparison | null;
	readonly run: GateRun | null;
	/** Why the last run brought no verdict. */
	readonly fault: string | null;
	/** How often weir told the agent of it by itself since it was green. */
	readonly told: number;
}

/** What stands on an agent's disk. */
export interface TreeStanding {
	/** As it was when it was last quiet. */
	readonly tree: string;
	/** Something was written since. */
	readonly moved: boolean;
}

export const noGate: GateStanding = {
	verdict: null,
	compared: null,
	run: null,
	fault: null,
	told: 0,
};
