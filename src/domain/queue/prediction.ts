// What is predicted of two agents' commits that both wait to land.
import type { AgentId } from '../ids.ts';

/** Once one of the two has landed, the other conflicts with the base. */
export interface Clash {
	/** The other one, and its commit of which this is said. */
	readonly agent: AgentId;
	readonly head: string;
	/** Not all where there are many. */
	readonly files: readonly string[];
	readonly count: number;
	/** git may have had too many renames to look for them: there may be no conflict. */
	readonly withoutRenames: boolean;
}

/** Said of one commit of an agent beside those of all others. */
export interface Prediction {
	readonly head: string;
	readonly clashes: readonly Clash[];
}
