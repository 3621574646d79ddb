// What of the queue is listed, and which entry the cursor is on: that of the agent in focus. Where it has
// landed, the cursor stays on the row.
import type { QueueEntry } from '../../domain/queue/queue.ts';
import { holds } from '../layouts/filter.ts';
import type { View } from '../view.ts';

export interface ListedQueue {
	readonly entries: readonly QueueEntry[];
	/** Of `entries`; -1 where there is none. */
	readonly at: number;
}

type Looking = Pick<View, 'queue' | 'filter' | 'focus'>;

export function listedQueue({ queue, filter, focus }: Looking): ListedQueue {
	const entries = queue.entries.filter(
		({ agent }) => filter === '' || agent.id === focus || holds(agent, filter),
	);
	const focused = entries.findIndex(({ agent }) => agent.id === focus);
	return { entries, at: focused >= 0 ? focused : Math.min(queue.at, entries.length - 1) };
}

export function entryAimedAt(view: Looking): QueueEntry | null {
	const { entries, at } = listedQueue(view);
	return entries[at] ?? null;
}

/** The first entry that is shown in so many rows. */
export function firstShown({ entries, at }: ListedQueue, rows: number): number {
	const last = Math.max(0, entries.length - rows);
	return Math.max(0, Math.min(at - Math.floor(rows / 2), last));
}
