// What the queue goes by beside the state: what is seen of worktrees.
import type { AgentId } from '../ids.ts';
import type { Clash, Prediction } from './prediction.ts';

/** What is seen of an agent beside the journal, as far as the queue goes. */
export interface Sight {
	readonly head: string | null;
	/** Commits that its base does not have; null is not known yet. */
	readonly ahead: number | null;
	/** Files in which it conflicts with its base; null is not known yet. */
	readonly conflicts: readonly string[] | null;
	/** What its scope keeps from landing. */
	readonly outside?: { readonly count: number; readonly words: string } | null;
	readonly predicted?: Prediction;
}

export type Sights = Readonly<Record<AgentId, Sight | undefined>>;

export interface EntryClash extends Omit<Clash, 'head'> {
	readonly name: string;
	readonly position: number;
}
