// What a pull request of an agent would be, and what is told of one that is there.
import type { PullRequest } from '../domain/pull/pull-request.ts';

/** All that a client needs to push and to open one. */
export interface PullPlan {
	readonly agent: string;
	readonly branch: string;
	/** What it is to be merged into, over there. */
	readonly base: string;
	readonly remote: string;
	/** The tip, or a commit of it with its uncommitted files. */
	readonly commit: string;
	/** How many commits it has that the base here has not. */
	readonly commits: number;
	/** How many of the base's own go along, since the remote does not have them. */
	readonly along: number;
	/** Uncommitted files that are not taken along. */
	readonly uncommitted: readonly string[];
	readonly title: string;
	readonly body: string;
	/** The folder in which git and others find the user's repository. */
	readonly folder: string;
	readonly commonDir: string;
	readonly pull: PullJson | null;
}

/** How the remote's branch comes to the commit. */
export interface PullStep {
	/** `force` takes away only what was the agent's own. */
	readonly push: 'none' | 'new' | 'forward' | 'force';
}

/** As scripts see it; `url` is null where it was pushed and no pull request was opened. */
export interface PullJson {
	readonly url: string | null;
	readonly number: number | null;
	readonly base: string | null;
	readonly remote: string;
	readonly branch: string;
	readonly commit: string;
	readonly at: string;
}

export function pullJson(pull: PullRequest | null): PullJson | null {
	if (!pull) return null;
	const { at, remote, branch, commit, opened } = pull;
	const { url = null, number = null, base = null } = opened ?? {};
	return { url, number, base, remote, branch, commit, at };
}
