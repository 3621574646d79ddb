// What a gate said of one tree.

/**
 * `broken`: it says nothing of the tree, since it could not be run, was ended, ran too long, or changed
 * files itself.
 */
export const verdictWords = ['passed', 'failed', 'broken'] as const;
export type VerdictWord = (typeof verdictWords)[number];

export interface Verdict {
	/** Of gate, tree and environment; its output and failures lie under it. */
	readonly key: string;
	readonly tree: string;
	readonly word: VerdictWord;
	readonly exit: number | null;
	readonly signal: string | null;
	/** Why it says nothing, or what else is worth knowing; null where there is nothing to say. */
	readonly why: string | null;
	/** How many failures were read off its output; null where it could not be read. */
	readonly failures: number | null;
	/** The first of them, or the last line, in a few words. */
	readonly first: string | null;
	/** It was red and green on this very tree. */
	readonly flaky: boolean;
	/** How long the run took, in milliseconds. */
	readonly took: number;
	/** When the run ended. */
	readonly at: string;
}

/** A red verdict beside the one of the same gate on the merge base. */
export interface Comparison {
	/** The tree of the merge base. */
	readonly base: string;
	/** How many of the failures the base does not have; null where that cannot be told. */
	readonly fresh: number | null;
	/** How many it has too. */
	readonly known: number | null;
	/** What the base is by itself. */
	readonly word: VerdictWord;
}
