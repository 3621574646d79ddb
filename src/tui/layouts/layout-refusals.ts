// Why panes cannot be arranged so now.
import { type Border, borderOf } from '../../domain/borders.ts';
import { type Refusal, refusal } from '../../lib/outcome.ts';
import { noAgent } from '../chrome/no-agent.ts';
import type { Situation } from '../keys/key-row.ts';
import { arrangementOf, shownAgents } from '../view.ts';
import { nextLayout } from './next-layout.ts';

export function whyNoOtherLayout(situation: Situation): Refusal | null {
	const { state, view } = situation;
	const { length } = shownAgents(state);
	if (length === 0) return noAgent();
	if (nextLayout(situation) !== null) return null;
	const what = length === 1 ? 'one agent' : `${length} agents`;
	return refusal(
		'layout.none',
		`every layout of ${what} looks the same at ${view.columns}x${view.rows}`,
		'{layout.pick} tells what each needs',
	);
}

export function whyNoBorder(axis: Border['axis']) {
	return ({ state, view }: Situation): Refusal | null => {
		const arrangement = arrangementOf(state, view);
		const alone = whyAlone(state, arrangement.kind, 'the pane has the whole screen');
		if (alone || borderOf(arrangement, view.focus, axis)) return alone;
		const side = axis === 'x' ? 'width' : 'height';
		return refusal('border.none', `the pane has the whole ${side}`, another);
	};
}

export function whyAllEqual({ state, view }: Situation): Refusal | null {
	const { kind, borders } = arrangementOf(state, view);
	if (borders.some(({ cut }) => view.shares[cut.name])) return null;
	return (
		whyAlone(state, kind, 'there is no border to put back') ??
		refusal('border.equal', 'no border of this layout was moved', movers)
	);
}

export function whyNoBay({ state, view }: Situation): Refusal | null {
	if (shownAgents(state).length === 0) return noAgent();
	return arrangementOf(state, view).strips
		? null
		: refusal('bay.none', 'bays are in the list of strips', another);
}

export function whyNoSwap({ state, view }: Situation): Refusal | null {
	return whyAlone(
		state,
		arrangementOf(state, view).kind,
		'there is no other pane to swap with',
	);
}

const another = '{layout.pick} shows the layouts';
const movers =
	'{resize.left} {resize.down} {resize.up} {resize.right} move them, and so does the mouse';

function whyAlone(
	state: Situation['state'],
	kind: ReturnType<typeof arrangementOf>['kind'],
	message: string,
): Refusal | null {
	const { length } = shownAgents(state);
	if (length === 0) return noAgent();
	if (length === 1)
		return refusal('pane.alone', message, '{agent.new} starts another agent');
	return kind === 'zoom'
		? refusal('pane.zoomed', message, '{view.zoom} ends the zoom')
		: null;
}
