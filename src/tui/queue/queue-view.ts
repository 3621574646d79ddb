// How the landing queue is looked at.
import type { QueueEntry } from '../../domain/queue/queue.ts';

export interface QueueView {
	/** All that waits to land, as it was told last; empty while another screen is looked at. */
	readonly entries: readonly QueueEntry[];
	/** The row of the cursor, for when the agent in focus does not wait, or not any more. */
	readonly at: number;
}

export const firstQueue: QueueView = { entries: [], at: 0 };
