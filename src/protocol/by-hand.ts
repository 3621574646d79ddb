// Conflicts that a person resolves by hand, as scripts see them.
export interface ConflictJson {
	/** From the top of the worktree on. */
	readonly path: string;
	/** `ours` is the base, `theirs` the agent whose work it is. */
	readonly kind:
		| 'both-changed'
		| 'both-added'
		| 'deleted-by-ours'
		| 'deleted-by-theirs'
		| 'one-sided';
	/** What is no text; null where it is. */
	readonly special: 'submodule' | 'link' | 'binary' | null;
	/** The first conflict marker, from 1; null where there is none. */
	readonly line: number | null;
	/** Its markers are gone: what stands there is the resolution. */
	readonly resolved: boolean;
}

export interface ByHandJson {
	/** The name of the worktree. */
	readonly agent: string;
	/** Whose conflict it is. */
	readonly author: string;
	readonly base: string;
	/** Its folder. */
	readonly worktree: string;
	/** What other worktrees are set up by, to be called in a shell: nothing runs it there. */
	readonly setup: string | null;
	/** Those that its index holds; none once all was committed. */
	readonly conflicts: readonly ConflictJson[];
}
