// How panes are laid out.
import { borderOf, moveBorder, placeOf } from '../../domain/borders.ts';
import type { LayoutKind } from '../../domain/layout.ts';
import type { Direction } from '../../domain/neighbour.ts';
import { leastTile } from '../../domain/tile.ts';
import { nextLayout } from '../layouts/next-layout.ts';
import { swapPartner } from '../layouts/swap.ts';
import { signOf } from '../look/state-signs.ts';
import { swapped } from '../panes/pane-order.ts';
import { focusedAgent, shownAgents } from '../view.ts';
import { type Controls, remark } from './controls.ts';

export function setLayout(controls: Controls, layout: LayoutKind): void {
	controls.change({ kind: 'layout', layout });
	const { kind } = controls.arrangement;
	const why = layout === kind || kind === 'empty' ? '' : `: ${kind} fits this screen`;
	remark(controls, `layout ${layout}${why}`);
}

export function toNextLayout(controls: Controls): void {
	const next = nextLayout(controls);
	if (next !== null) setLayout(controls, next);
}

/** Moves the border beside the focused pane by a twentieth of the screen. */
export function resizeFocus(controls: Controls, direction: Direction): void {
	const { arrangement, view, change } = controls;
	const axis = direction === 'left' || direction === 'right' ? 'x' : 'y';
	const border = borderOf(arrangement, view.focus, axis);
	if (!border) return;
	const back = direction === 'left' || direction === 'up';
	const step = Math.max(1, Math.round(border.cut.length / 20));
	const shares = moveBorder(view.shares, border, placeOf(border) + (back ? -step : step));
	change({ kind: 'shares', shares });
	const moved = borderOf(controls.arrangement, view.focus, axis);
	if (moved && placeOf(moved) === placeOf(border))
		remark(
			controls,
			`the border goes no further: a pane keeps ${leastTile.columns} by ${leastTile.rows} cells`,
		);
}

/** Puts the borders of the layout back; those of other layouts stay where they are. */
export function equalize({ arrangement, view, change }: Controls): void {
	const cuts = new Set(arrangement.borders.map(({ cut }) => cut.name));
	const kept = Object.entries(view.shares).filter(([name]) => !cuts.has(name));
	change({ kind: 'shares', shares: Object.fromEntries(kept) });
}

/** Folds the bay of the focused strip, or unfolds it. */
export function foldBay({ state, view, change }: Controls): void {
	const agent = focusedAgent(state, view);
	if (agent) change({ kind: 'fold', bay: signOf(agent).bay });
}

/** The focus goes along with its pane. */
export function swapFocus(controls: Controls, direction: Direction): void {
	const { state, view, change } = controls;
	const partner = swapPartner(controls, direction);
	if (!partner.ok) {
		const { message } = partner.refusal;
		return controls.say({ text: message, allow: null, tone: 'plain' });
	}
	const { focus, order } = view;
	change({ kind: 'dialog', dialog: null });
	if (focus === null) return;
	const agents = shownAgents(state);
	const other = partner.value;
	change({ kind: 'order', order: swapped(agents, order, focus, other.id) });
	const name = agents.find(({ id }) => id === focus)?.name ?? '';
	remark(controls, `${name} and ${other.name} have changed places`);
}
