/** What of an agent's work was pushed, and where it is proposed. */
export interface PullRequest {
	readonly at: string;
	readonly remote: string;
	/** The branch there. */
	readonly branch: string;
	/** The last commit that was pushed. */
	readonly commit: string;
	/** Null where it was pushed alone. */
	readonly opened: {
		readonly url: string;
		readonly number: number | null;
		readonly base: string;
	} | null;
}
