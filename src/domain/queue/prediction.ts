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

/** Said of one commit of an agent beside its base and the commits of all others. */
export interface Prediction {
	readonly head: string;
	/** The commit of the base. */
	readonly base: string;
	/** What it would conflict in with that; null where it would not. */
	readonly withBase: Pick<Clash, 'files' | 'count'> | null;
	readonly clashes: readonly Clash[];
}
