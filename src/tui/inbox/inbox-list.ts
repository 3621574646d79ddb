// What of the inbox is listed and which of it the cursor is on. The list keeps the order in which it was
// ranked last: what comes meanwhile is counted, what goes leaves its row, and the cursor stays on its
// item, or on the rank of one that went.
import type { Agent } from '../../domain/agent.ts';
import { floodOrder, isFlood } from '../../domain/flood.ts';
import { type InboxItem, inboxOf } from '../../domain/inbox.ts';
import type { State } from '../../domain/state.ts';
import { rowAimedAt } from '../gates/gate-table.ts';
import { entryAimedAt } from '../queue/queue-list.ts';
import { reviewedAgent } from '../review/reviewed.ts';
import { focusedAgent, type View } from '../view.ts';
import type { InboxView } from './inbox-view.ts';

export interface Listed {
	readonly items: readonly InboxItem[];
	/** Of `items`; -1 where there is none. */
	readonly at: number;
	/** Came since it was ranked, and is more urgent than the item under the cursor. */
	readonly above: number;
	/** Came since, and is less urgent. */
	readonly below: number;
	readonly snoozed: number;
	/** Alike items stand together. */
	readonly flood: boolean;
	/** Of those that can wait, how many stand behind the one that is listed. */
	readonly behind: number;
}

type Looking = Pick<View, 'inbox' | 'held' | 'now'>;

export function listedIn(state: State, view: Looking): Listed {
	const all = itemsAt(state, view);
	const open = all.filter(({ snoozed }) => snoozed === null);
	const known = new Map(open.map((item) => [item.id, item]));
	const { ranked, at: cursor } = view.inbox;
	const items = ranked.flatMap((id) => known.get(id) ?? []);
	const before = ranked.slice(0, cursor).filter((id) => known.has(id)).length;
	const at = Math.min(before, items.length - 1);
	const listed = new Set(ranked);
	// Once it is over, those that stood behind count as new.
	const flood = view.inbox.flood && isFlood(true, open, isoOf(view));
	const waits = ({ id, tier }: InboxItem) => flood && tier === 3 && !listed.has(id);
	const behind = open.filter(waits).length;
	const fresh = open.flatMap((item, rank) =>
		listed.has(item.id) || waits(item) ? [] : [rank],
	);
	const here = open.findIndex(({ id }) => id === items[at]?.id);
	const above = fresh.filter((rank) => rank < here).length;
	const snoozed = all.length - open.length;
	return { items, at, above, below: fresh.length - above, snoozed, flood, behind };
}

/** Ranked anew: the cursor goes with its item. */
export function rankedAnew(state: State, view: Looking): InboxView {
	const { items, at } = listedIn(state, view);
	const open = itemsAt(state, view).filter(({ snoozed }) => snoozed === null);
	const flood = isFlood(view.inbox.flood, open, isoOf(view));
	const ranked = (flood ? floodOrder(open) : open).map(({ id }) => id);
	const now = ranked.indexOf(items[at]?.id ?? '');
	return { ...view.inbox, ranked, flood, at: now < 0 ? Math.max(0, at) : now };
}

/** The cursor on another row of the list. */
export function movedTo(state: State, view: Looking, row: number): InboxView {
	const { items } = listedIn(state, view);
	const item = items[Math.max(0, Math.min(row, items.length - 1))];
	const { ranked, at } = view.inbox;
	return { ...view.inbox, at: item ? ranked.indexOf(item.id) : at };
}

/** All items, less the one whose answer is under way. */
export function itemsAt(
	state: State,
	{ held, now }: Pick<View, 'held' | 'now'>,
): readonly InboxItem[] {
	return inboxOf(state, isoOf({ now })).filter(({ id }) => id !== held?.id);
}

function isoOf({ now }: Pick<View, 'now'>): string {
	return new Date(now).toISOString();
}

/** The item that keys are about: that of the open card, or the one under the cursor. */
export function itemAimedAt(state: State, view: View): InboxItem | null {
	const { dialog } = view;
	if (
		dialog?.kind === 'question' ||
		dialog?.kind === 'reply' ||
		dialog?.kind === 'snooze'
	)
		return itemsAt(state, view).find(({ id }) => id === dialog.item) ?? null;
	if (dialog !== null && dialog.kind !== 'alike') return null;
	const { items, at } = listedIn(state, view);
	return view.screen === 'inbox' ? (items[at] ?? null) : null;
}

/** The agent that keys are about: that of the item or the row under the cursor, else the one in focus. */
export function agentAimedAt(state: State, view: View): Agent | null {
	if (view.screen === 'panes') return focusedAgent(state, view);
	if (view.screen === 'gates') return rowAimedAt(state, view);
	if (view.screen === 'review') return reviewedAgent(state, view);
	if (view.screen === 'queue') {
		const id = entryAimedAt(view)?.agent.id;
		return id === undefined ? null : (state.agents[id] ?? null);
	}
	const { items, at } = listedIn(state, view);
	const agent = items[at]?.agent ?? null;
	return agent === null ? null : (state.agents[agent] ?? null);
}
