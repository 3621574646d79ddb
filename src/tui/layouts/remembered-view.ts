// What of a view outlives its client: taking it down, and taking it up again.
import type { Agent } from '../../domain/agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { KeptView, LayoutShape } from '../../domain/kept-view.ts';
import type { LayoutKind } from '../../domain/layout.ts';
import type { View } from '../view.ts';

export function layoutOf({ layout, shares, folded }: View): LayoutShape {
	return { kind: layout, shares, folded };
}

export function keep(view: View, setting: LayoutKind): KeptView {
	const { order, focus, previous, zoom } = view;
	const scrolled = topsOf(view);
	return {
		v: 1,
		layout: layoutOf(view),
		setting,
		order,
		focus,
		previous,
		zoom,
		scrolled,
	};
}

/** By agent; lines keep their numbers while more come and the oldest go. */
function topsOf({ scrolled }: View): Readonly<Record<AgentId, number>> {
	return Object.fromEntries(Object.entries(scrolled).map(([id, { top }]) => [id, top]));
}

/** Whether nothing changed that is kept. */
export function sameKept(one: View, other: View): boolean {
	if (fields.some((field) => one[field] !== other[field])) return false;
	// What comes below changes it too.
	if (one.scrolled === other.scrolled) return true;
	return JSON.stringify(topsOf(one)) === JSON.stringify(topsOf(other));
}

const fields = [
	'layout',
	'shares',
	'folded',
	'order',
	'focus',
	'previous',
	'zoom',
] as const satisfies readonly (keyof View)[];

/** The view as it was kept, as far as its agents are still there. */
export function recall(
	view: View,
	kept: KeptView | null,
	setting: LayoutKind,
	agents: readonly Agent[],
): View {
	if (!kept) return view;
	const { layout, order, focus, previous, zoom } = kept;
	const ids = new Map(agents.map(({ id }) => [id as string, id]));
	const same = kept.setting === setting;
	return {
		...view,
		...(same && { layout: layout.kind, shares: layout.shares, folded: layout.folded }),
		order: order.flatMap((id) => ids.get(id) ?? []),
		focus: ids.get(focus ?? '') ?? null,
		previous: ids.get(previous ?? '') ?? null,
		zoom: zoom && ids.has(focus ?? ''),
	};
}
