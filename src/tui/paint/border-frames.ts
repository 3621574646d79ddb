// Which frames are drawn, and how: the focused pane's lies on top, thick while it is typed into.
import type { Area } from '../../domain/area.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Arrangement } from '../../domain/layout.ts';
import { inboxPlace, type ListPlace } from '../../domain/list-place.ts';
import type { State } from '../../domain/state.ts';
import { gatesPlace } from '../gates/gates-place.ts';
import { queuePlace } from '../queue/queue-place.ts';
import { shownReview } from '../review/shown-review.ts';
import type { View } from '../view.ts';
import type { Frame } from './frame-lines.ts';

type Line = 'border' | 'borderFocus';

export function bordersOf(
	{ kind, body, tiles, strips }: Arrangement<AgentId>,
	view: View,
	state: State,
): readonly Frame<Line>[] {
	const plain = { weight: 'light', role: 'border' } as const;
	if (kind === 'other') return listFrames(placeOf[view.screen](state, view, body), plain);
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

/** The list may give its room to what is looked at. */
type ShownPlace = Omit<ListPlace, 'list'> & { readonly list: ListPlace['list'] | null };

const placeOf: Readonly<
	Record<View['screen'], (state: State, view: View, body: Area) => ShownPlace | null>
> = {
	panes: () => null,
	inbox: (_state, _view, body) => inboxPlace(body, 0),
	gates: gatesPlace,
	queue: queuePlace,
	review: (state, view, body) => shownReview(state, view, body)?.place ?? null,
};

/** What is looked at is what stands out. */
function listFrames(
	place: ShownPlace | null,
	plain: Omit<Frame<Line>, 'area'>,
): readonly Frame<Line>[] {
	if (!place?.framed || !place.list) return [];
	const { list, detail } = place;
	return [
		{ area: list.outer, ...plain },
		{ area: detail.outer, ...plain, role: 'borderFocus' },
	];
}
