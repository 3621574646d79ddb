// Which frames are drawn, and how: the focused pane's lies on top, thick while it is typed into.
import type { AgentId } from '../../domain/ids.ts';
import type { Arrangement } from '../../domain/layout.ts';
import type { View } from '../view.ts';
import type { Frame } from './frame-lines.ts';

export function bordersOf(
	{ tiles, strips }: Arrangement<AgentId>,
	view: View,
): readonly Frame<'border' | 'borderFocus'>[] {
	const plain = { weight: 'light', role: 'border' } as const;
	const typing = view.mode === 'type' && view.dialog === null;
	const framed = strips?.framed ? [{ area: strips.outer, ...plain }] : [];
	const others = tiles.filter(({ pane }) => pane !== view.focus);
	const focused = tiles.filter(({ pane }) => pane === view.focus);
	return [
		...framed,
		...others.map(({ outer }) => ({ area: outer, ...plain })),
		...focused.map(({ outer }) => ({
			area: outer,
			weight: typing ? ('heavy' as const) : ('light' as const),
			role: 'borderFocus' as const,
		})),
	];
}
