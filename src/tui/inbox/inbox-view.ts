// How the inbox is looked at.

export interface InboxView {
	/** Ids, as they were ranked last. */
	readonly ranked: readonly string[];
	/** Too much came at once: alike items stand together, and what can wait is one row. */
	readonly flood: boolean;
	/** Of the one that the cursor was brought to. */
	readonly at: number;
	/** What the screen of the item's agent showed when the cursor came there. */
	readonly shown: { readonly item: string; readonly lines: readonly string[] } | null;
}

export const firstInbox: InboxView = { ranked: [], flood: false, at: 0, shown: null };

/** The answer that is on its way: its item is not listed meanwhile. */
export interface Held {
	/** Of the item. */
	readonly id: string;
	/** It is with the supervisor and cannot be recalled. */
	readonly sent: boolean;
}
