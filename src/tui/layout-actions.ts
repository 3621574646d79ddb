// How panes are laid out.
import type { LayoutKind } from '../domain/layout.ts';
import { type Controls, remark } from './controls.ts';

export function setLayout(controls: Controls, layout: LayoutKind): void {
	controls.change({ kind: 'layout', layout });
	const { kind } = controls.arrangement;
	const why = layout === kind || kind === 'empty' ? '' : `: ${kind} fits this screen`;
	remark(controls, `layout ${layout}${why}`);
}

export function moveSplit(controls: Controls, by: number): void {
	const { arrangement, view, change } = controls;
	const main = arrangement.tiles.find(({ pane }) =>
		arrangement.kind === 'strips' ? pane === view.focus : true,
	);
	if (!main || !['strips', 'main-stack'].includes(arrangement.kind)) {
		remark(controls, 'there is no main pane in this layout', 'v changes the layout');
		return;
	}
	change({ kind: 'split', split: (view.split ?? main.outer.width / view.columns) + by });
}
