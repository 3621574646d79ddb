// How the inbox is looked at.

export interface InboxView {
	/** Ids, as they were ranked last. */
	readonly ranked: readonly string[];
	/** Of the one that the cursor was brought to. */
	readonly at: number;
	/** What the screen of the item's agent showed when the cursor came there. */
	readonly shown: { readonly item: string; readonly lines: readonly string[] } | null;
}

export const firstInbox: InboxView = { ranked: [], at: 0, shown: null };

/** The answer that is on its way: its item is not listed meanwhile. */
export interface Held {
	/** Of the item. */
	readonly id: string;
	/** It is with the supervisor and cannot be recalled. */
	readonly sent: boolean;
}
