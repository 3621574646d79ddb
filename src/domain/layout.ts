// Where everything stands on the screen: the one source of rectangles. Focus, the size of each pty
// and the first paint need them before any view is loaded. Frames of neighbours share their line.
import type { Area } from './area.ts';
import { type Border, type Cut, linesOf, type Shares } from './borders.ts';
import { stripsOf } from './strips-place.ts';
import {
	leastTile,
	type StripsPlace,
	smallestTile,
	type Tile,
	tileAround,
} from './tile.ts';

export const layoutKinds = ['auto', 'grid', 'main-stack', 'columns', 'strips'] as const;
export type LayoutKind = (typeof layoutKinds)[number];

export interface LayoutInput<Pane extends string = string> {
	readonly columns: number;
	readonly rows: number;
	/** In the order of the screen. */
	readonly panes: readonly Pane[];
	readonly focus: Pane | null;
	readonly zoom: boolean;
	readonly kind: LayoutKind;
	readonly shares: Shares;
	/** Rows that a list of all agents takes at least. */
	readonly listed: number;
	/** A row of its own for what the demo asks to try: it must not come and go with messages. */
	readonly checklist: boolean;
}

export interface Arrangement<Pane extends string = string> {
	/**
	 * `small`: the screen holds nothing useful. `empty`: there are no panes. `other`: something else than
	 * panes has the body.
	 */
	readonly kind: 'small' | 'empty' | 'other' | 'zoom' | Exclude<LayoutKind, 'auto'>;
	readonly header: Area;
	/** Between the header and the message line. */
	readonly body: Area;
	readonly tiles: readonly Tile<Pane>[];
	readonly strips: StripsPlace | null;
	/** Those that can be moved. */
	readonly borders: readonly Border[];
	/** Above the message line. */
	readonly checklist: Area | null;
	readonly message: Area;
	readonly hints: Area;
}

/** Below this there is one line that says so. */
export const smallest = { columns: 40, rows: 15 } as const;
/** Rows of the grid count one more: a screen of 36 rows holds three. */
const gridRow = 11;
const chromeRows = 3;

export function arrange<Pane extends string>(
	input: LayoutInput<Pane>,
): Arrangement<Pane> {
	const { columns, rows, panes } = input;
	const line = (y: number): Area => ({ x: 0, y, width: columns, height: 1 });
	const taken = chromeRows + (input.checklist ? 1 : 0);
	const body = { x: 0, y: 1, width: columns, height: Math.max(0, rows - taken) };
	const base = {
		header: line(0),
		body,
		checklist: input.checklist ? line(rows - 3) : null,
		message: line(rows - 2),
		hints: line(rows - 1),
		tiles: [],
		strips: null,
		borders: [],
	};
	if (columns < smallest.columns || rows < smallest.rows)
		return { ...base, kind: 'small' };
	const [first] = panes;
	if (first === undefined) return { ...base, kind: 'empty' };
	const focus = input.focus !== null && panes.includes(input.focus) ? input.focus : first;
	// A pane that is alone on the screen anyway needs no zoom, unless it is only a strip.
	if (input.zoom && (panes.length > 1 || input.kind === 'strips'))
		return { ...base, kind: 'zoom', tiles: [tileAround(focus, body)] };
	return { ...base, ...placed({ ...input, focus }, body) };
}

/** The same screen with something else than panes in its body. */
export function withoutPanes<Pane extends string>(
	arrangement: Arrangement<Pane>,
): Arrangement<Pane> {
	return { ...arrangement, kind: 'other', tiles: [], strips: null, borders: [] };
}

type Placed<Pane extends string> = Pick<
	Arrangement<Pane>,
	'kind' | 'tiles' | 'strips' | 'borders'
>;

function placed<Pane extends string>(
	input: LayoutInput<Pane> & { readonly focus: Pane },
	body: Area,
): Placed<Pane> {
	const { panes, kind, shares } = input;
	const others = panes.length - 1;
	if (others === 0 && kind !== 'strips')
		return { kind: 'grid', ...gridOf(panes, body, 1, shares) };
	const widest = Math.floor(body.width / smallestTile.columns);
	// The checklist's row is taken from the tiles, which have one to spare, not from their number.
	const tallest = Math.floor((body.height + (input.checklist ? 1 : 0)) / gridRow);
	if (kind === 'columns' && panes.length <= widest)
		return { kind, ...columnsOf(panes, body, 'columns', shares) };
	if (kind === 'main-stack' && widest > 1 && others <= tallest)
		return { kind, ...stackOf(panes, body, shares) };
	if ((kind === 'auto' || kind === 'grid') && panes.length <= widest * tallest) {
		const count = columnsFor(panes.length, body, widest, tallest);
		return { kind: 'grid', ...gridOf(panes, body, count, shares) };
	}
	return { kind: 'strips', ...stripsOf(input, body) };
}

/** As many columns as bring the panes nearest to the shape of a terminal, 80 by 24. */
function columnsFor(count: number, body: Area, widest: number, tallest: number): number {
	const shape = Math.log(80 / 24);
	let best = { columns: 1, distance: Number.POSITIVE_INFINITY };
	for (let columns = 1; columns <= Math.min(widest, count); columns += 1) {
		const rows = Math.ceil(count / columns);
		if (rows > tallest) continue;
		const ratio = body.width / columns / (body.height / rows);
		const distance = Math.abs(Math.log(ratio) - shape);
		if (distance < best.distance) best = { columns, distance };
	}
	return best.columns;
}

type Tiled<Pane extends string> = Pick<Placed<Pane>, 'tiles' | 'strips' | 'borders'>;

/** Rows of `columns` panes; the last row's panes share its width. */
function gridOf<Pane extends string>(
	panes: readonly Pane[],
	body: Area,
	columns: number,
	shares: Shares,
): Tiled<Pane> {
	const count = Math.ceil(panes.length / columns);
	const { areas, borders } = divided(body, 'y', 'rows', count, shares);
	const rows = areas.map((area, row) => {
		const some = panes.slice(row * columns, (row + 1) * columns);
		return columnsOf(some, area, `row-${row + 1}`, shares);
	});
	return {
		tiles: rows.flatMap(({ tiles }) => tiles),
		strips: null,
		borders: [...borders, ...rows.flatMap((row) => row.borders)],
	};
}

function columnsOf<Pane extends string>(
	panes: readonly Pane[],
	area: Area,
	cut: string,
	shares: Shares,
): Tiled<Pane> {
	const { areas, borders } = divided(area, 'x', cut, panes.length, shares);
	return { tiles: tilesOf(panes, areas), strips: null, borders };
}

/** The first pane, and the others one below the other beside it. */
function stackOf<Pane extends string>(
	panes: readonly Pane[],
	body: Area,
	shares: Shares,
): Tiled<Pane> {
	const halves = divided(body, 'x', 'main', 2, shares);
	const [main = body, side = body] = halves.areas;
	const others = panes.slice(1);
	const stack = divided(side, 'y', 'stack', others.length, shares);
	return {
		tiles: tilesOf(panes, [main, ...stack.areas]),
		strips: null,
		borders: [...halves.borders, ...stack.borders],
	};
}

/** An area in parts whose frames share their lines. */
function divided(
	area: Area,
	axis: Border['axis'],
	name: string,
	count: number,
	shares: Shares,
): { readonly areas: readonly Area[]; readonly borders: readonly Border[] } {
	const across = axis === 'x';
	const least = (across ? leastTile.columns : leastTile.rows) - 1;
	const cut: Cut = {
		name,
		start: across ? area.x : area.y,
		length: (across ? area.width : area.height) - 1,
		least: Array.from({ length: count }, () => least),
	};
	const lines = linesOf(cut, shares);
	const areas = lines.slice(1).map((end, part): Area => {
		const from = lines[part] ?? 0;
		const size = end - from + 1;
		return across
			? { ...area, x: from, width: size }
			: { ...area, y: from, height: size };
	});
	const borders = lines.slice(1, -1).map((line, part): Border => {
		const place = across
			? { ...area, x: line, width: 1 }
			: { ...area, y: line, height: 1 };
		return { axis, area: place, cut, lines, at: part + 1 };
	});
	return { areas, borders };
}

function tilesOf<Pane extends string>(
	panes: readonly Pane[],
	areas: readonly Area[],
): Tile<Pane>[] {
	return areas.flatMap((area, at) => {
		const pane = panes[at];
		return pane === undefined ? [] : [tileAround(pane, area)];
	});
}
