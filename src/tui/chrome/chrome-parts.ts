// The chrome of a picture in parts, each drawn by a view and in a turn of its own: laying all of it out
// at once would hold up keys. A view is asked for those rows only on which it has anything to draw; the
// frames, which are on all of them, are no view's.
import type { Agent } from '../../domain/agent.ts';
import type { Area } from '../../domain/area.ts';
import type { AgentId } from '../../domain/ids.ts';
import { resolvedWords, resolvingOf } from '../../domain/resolving.ts';
import type { Tile } from '../../domain/tile.ts';
import type { GateJson } from '../../protocol/gates.ts';
import type { Call, Observation } from '../../protocol/observation.ts';
import { askedBy } from '../inbox/asked-by.ts';
import type { Keymap } from '../keys/keymap.ts';
import { asciiGlyphs, type Glyphs } from '../look/glyphs.ts';
import type { Theme } from '../look/theme.ts';
import { observationOf } from '../mirror.ts';
import { bordersOf } from '../paint/border-frames.ts';
import { joinFrames } from '../paint/frame-lines.ts';
import type { Picture } from '../paint/picture.ts';
import { gatesOf } from '../panes/gate-spans.ts';
import type { ShownTerminal } from '../panes/live-pane.ts';
import { type ShownCost, shownCost } from '../panes/shown-cost.ts';
import { type Scrolled, shownAgents } from '../view.ts';
import type { Backdrop } from './chrome-lines.ts';

interface Drawn {
	/** Of the screen, from the top. */
	readonly rows: readonly number[];
	readonly columns: number;
	readonly theme: Theme;
}

/** What stands in the frames of some panes, and in panes without a screen. */
export interface PanesPart extends Drawn {
	readonly kind: 'panes';
	readonly panes: readonly PaneFacts[];
}

/** All else: bars, the list of agents, cards. */
export interface BarsPart extends Drawn {
	readonly kind: 'bars';
	readonly picture: Picture;
}

export type ChromePart = PanesPart | BarsPart;

/** What is told of a pane beside its screen. */
export interface PaneFacts {
	readonly agent: Agent;
	readonly number: number;
	readonly observation: Observation;
	readonly gates: readonly GateJson[];
	readonly tile: Tile;
	readonly focused: boolean;
	readonly scrolled: Scrolled | undefined;
	readonly call: Call | undefined;
	/** The first line of what it asks. */
	readonly asked: string | null;
	/** Who resolves its conflict, and through whom it landed. */
	readonly resolver: string | null;
	readonly through: string | null;
	/** What it used, in a few letters, and whether that is near a limit; null where nothing tells. */
	readonly cost: ShownCost | null;
	/** The size of its terminal; null while nothing of it can be shown. */
	readonly terminal: ShownTerminal | null;
	readonly now: number;
	readonly keymap: Keymap;
}

/** So many panes take about as long as the bars. */
const panesOfPart = 4;

/** The first lies above. */
export function partsOf(picture: Picture): readonly ChromePart[] {
	const { theme, view } = picture;
	const drawn = { columns: view.columns, theme };
	const bars = rowsOf(barAreas(picture), view.rows);
	const parts: ChromePart[] = [{ kind: 'bars', rows: bars, ...drawn, picture }];
	const panes = paneFacts(picture);
	for (let from = 0; from < panes.length; from += panesOfPart) {
		const some = panes.slice(from, from + panesOfPart);
		const rows = rowsOf(some.flatMap(paneAreas), view.rows);
		parts.push({ kind: 'panes', rows, ...drawn, panes: some });
	}
	return parts;
}

export function backdropOf(picture: Picture, glyphs: Glyphs): Backdrop {
	const { arrangement, card, reflection, theme, view } = picture;
	const framed = arrangement.kind !== 'small';
	return {
		frames: joinFrames(
			framed ? bordersOf(arrangement, view, reflection.state) : [],
			view,
		),
		ascii: glyphs.vertical === asciiGlyphs.vertical,
		theme,
		solid: card ? [card.area] : [],
	};
}

function paneFacts({ arrangement, reflection, view, live }: Picture): PaneFacts[] {
	const agents = shownAgents(reflection.state);
	const gates = Object.keys(reflection.state.settings.gates);
	const numbers = new Map<AgentId, number>(agents.map(({ id }, at) => [id, at]));
	return arrangement.tiles.flatMap((tile) => {
		const number = numbers.get(tile.pane);
		const agent = number === undefined ? undefined : agents[number];
		if (number === undefined || !agent) return [];
		const { id } = agent;
		const observation = observationOf(reflection, id);
		const { resolvedBy, landedThrough } = resolvingOf(reflection.state, agent);
		return {
			agent,
			number: number + 1,
			observation,
			gates: gatesOf(agent, observation, gates),
			tile,
			focused: id === view.focus,
			scrolled: view.scrolled[id],
			call: view.calls[id],
			asked: askedBy(reflection.state, id),
			resolver: resolvedBy && resolvedWords(resolvedBy),
			through: landedThrough,
			cost: shownCost(reflection.state, agent, view.now),
			terminal: live[id] ?? null,
			now: view.now,
			keymap: view.keymap,
		};
	});
}

function paneAreas({ tile, terminal }: PaneFacts): readonly Area[] {
	const title = { ...tile.outer, height: 1 };
	return terminal ? [title] : [title, tile.inner];
}

function barAreas({ arrangement, card, view }: Picture): readonly Area[] {
	const { kind, header, body, checklist, message, hints, strips } = arrangement;
	if (kind === 'small') return [{ x: 0, y: 0, width: view.columns, height: view.rows }];
	const areas = [header, checklist, message, hints, strips?.outer, card?.area];
	return [...areas, kind === 'empty' || kind === 'other' ? body : null].filter(
		(area) => area != null,
	);
}

/** The rows of the screen that areas are on, from the top. */
function rowsOf(areas: readonly Area[], rows: number): readonly number[] {
	const on = new Uint8Array(rows);
	for (const { y, height } of areas) on.fill(1, y, y + height);
	return Array.from(on.keys()).filter((y) => on[y] === 1);
}
