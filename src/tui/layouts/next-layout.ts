// Which layout comes next: one that fits, and that shows something else.
import { type Arrangement, type LayoutKind, layoutKinds } from '../../domain/layout.ts';
import type { Situation } from '../keys/key-row.ts';
import { arrangementOf } from '../view.ts';

/** The next of the layouts; null where nothing else fits. */
export function nextLayout({ state, view }: Situation): LayoutKind | null {
	const lookOf = (layout: LayoutKind) =>
		arrangementOf(state, { ...view, layout, zoom: false });
	const now = placesOf(lookOf(view.layout));
	const at = layoutKinds.indexOf(view.layout);
	const others = [...layoutKinds.slice(at + 1), ...layoutKinds.slice(0, at)];
	const next = others.find((layout) => {
		const look = lookOf(layout);
		const fits = layout === 'auto' || look.kind === layout;
		return fits && placesOf(look) !== now;
	});
	return next ?? null;
}

function placesOf({ tiles, strips }: Arrangement): string {
	return JSON.stringify([tiles, strips]);
}
