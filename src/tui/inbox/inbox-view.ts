// How the inbox is looked at.

export interface InboxView {
	/** Ids, as they were ranked last. */
	readonly ranked: readonly string[];
	/** Of the one that the cursor was brought to. */
	readonly at: number;
}

export const firstInbox: InboxView = { ranked: [], at: 0 };

/** The answer that is on its way: its item is not listed meanwhile. */
export interface Held {
	/** Of the item. */
	readonly id: string;
	/** It is with the supervisor and cannot be recalled. */
	readonly sent: boolean;
}
