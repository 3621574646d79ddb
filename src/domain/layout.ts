// Where everything stands on the screen: the one source of rectangles. Focus, the size of each pty
// and the first paint need them before any view is loaded. Frames of neighbours share their line.

export const layoutKinds = ['auto', 'grid', 'main-stack', 'columns', 'strips'] as const;
export type LayoutKind = (typeof layoutKinds)[number];

/** In cells; `x` and `y` count from 0. */
export interface Area {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

export interface LayoutInput<Pane extends string = string> {
	readonly columns: number;
	readonly rows: number;
	/** In the order of the screen. */
	readonly panes: readonly Pane[];
	readonly focus: Pane | null;
	readonly zoom: boolean;
	readonly kind: LayoutKind;
	/** The main pane's part of the width, 0.2 to 0.8; null where nobody moved the border. */
	readonly split: number | null;
	/** A row of its own for what the demo asks to try: it must not come and go with messages. */
	readonly checklist: boolean;
}

export interface Tile<Pane extends string = string> {
	readonly pane: Pane;
	/** With its frame. */
	readonly outer: Area;
	/** What the pane's program has: the size of its pty. */
	readonly inner: Area;
}

export interface StripsPlace {
	readonly outer: Area;
	/** Where the rows stand. */
	readonly inner: Area;
	readonly framed: boolean;
}

export interface Arrangement<Pane extends string = string> {
	/** `small`: the screen holds nothing useful. `empty`: there are no panes. */
	readonly kind: 'small' | 'empty' | 'zoom' | Exclude<LayoutKind, 'auto'>;
	readonly header: Area;
	/** Between the header and the message line. */
	readonly body: Area;
	readonly tiles: readonly Tile<Pane>[];
	readonly strips: StripsPlace | null;
	/** Above the message line. */
	readonly checklist: Area | null;
	readonly message: Area;
	readonly hints: Area;
}

/** Below this there is one line that says so. */
export const smallest = { columns: 40, rows: 15 } as const;
/** A live tile is drawn from this size on, frame included; smaller ones become strips. */
export const smallestTile = { columns: 60, rows: 10 } as const;
/** Rows of the grid count one more: a screen of 36 rows holds three. */
const gridRow = 11;
const chromeRows = 3;
const stripsBesideFrom = 100;
const stripsLeftFrom = 200;

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
	};
	if (columns < smallest.columns || rows < smallest.rows)
		return { ...base, kind: 'small', tiles: [], strips: null };
	const [first] = panes;
	if (first === undefined) return { ...base, kind: 'empty', tiles: [], strips: null };
	const focus = input.focus !== null && panes.includes(input.focus) ? input.focus : first;
	if (input.zoom && panes.length > 1)
		return { ...base, kind: 'zoom', tiles: [tile(focus, body)], strips: null };
	return { ...base, ...placed({ ...input, focus }, body) };
}

type Placed<Pane extends string> = Pick<Arrangement<Pane>, 'kind' | 'tiles' | 'strips'>;

function placed<Pane extends string>(
	input: LayoutInput<Pane> & { readonly focus: Pane },
	body: Area,
): Placed<Pane> {
	const { panes, kind } = input;
	const [first] = panes;
	const others = panes.slice(1);
	if (first !== undefined && others.length === 0 && kind !== 'strips')
		return { kind: 'grid', tiles: [tile(first, body)], strips: null };
	const widest = Math.floor(body.width / smallestTile.columns);
	// The checklist's row is taken from the tiles, which have one to spare, not from their number.
	const tallest = Math.floor((body.height + (input.checklist ? 1 : 0)) / gridRow);
	if (kind === 'columns' && panes.length <= widest)
		return { kind, tiles: gridOf(panes, body, panes.length), strips: null };
	if (kind === 'main-stack' && first !== undefined) {
		const main = Math.round(body.width * (input.split ?? 0.5));
		const stacked = body.width - main >= smallestTile.columns - 1;
		if (stacked && main >= smallestTile.columns && others.length <= tallest)
			return { kind, tiles: stackOf(first, others, body, main), strips: null };
	}
	if ((kind === 'auto' || kind === 'grid') && panes.length <= widest * tallest) {
		const count = columnsFor(panes.length, body, widest, tallest);
		return { kind: 'grid', tiles: gridOf(panes, body, count), strips: null };
	}
	return stripsOf(input, body);
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

/** Rows of `columns` panes; the last row's panes share its width. */
function gridOf<Pane extends string>(
	panes: readonly Pane[],
	body: Area,
	columns: number,
): Tile<Pane>[] {
	const rows = Math.ceil(panes.length / columns);
	const ys = cuts(body.y, body.height, rows);
	return ys.slice(0, rows).flatMap((y, row) => {
		const some = panes.slice(row * columns, (row + 1) * columns);
		const xs = cuts(body.x, body.width, some.length);
		return some.map((pane, column) =>
			tile(pane, between(xs, column, y, ys[row + 1] ?? y)),
		);
	});
}

function stackOf<Pane extends string>(
	first: Pane,
	others: readonly Pane[],
	body: Area,
	main: number,
): Tile<Pane>[] {
	const ys = cuts(body.y, body.height, others.length);
	const x = body.x + main - 1;
	const right = body.x + body.width - 1;
	return [
		tile(first, { ...body, width: main }),
		...others.map((pane, at) => {
			const y = ys[at] ?? body.y;
			const height = (ys[at + 1] ?? y) - y + 1;
			return tile(pane, { x, y, width: right - x + 1, height });
		}),
	];
}

/** The focused pane alive, all panes as rows beside or above it; rows alone where it has no room. */
function stripsOf<Pane extends string>(
	input: LayoutInput<Pane> & { readonly focus: Pane },
	body: Area,
): Placed<Pane> {
	const { focus, panes, split } = input;
	const { x, y, width, height } = body;
	if (width >= stripsBesideFrom) {
		const left = width >= stripsLeftFrom;
		const usual = left ? Math.floor(width * 0.4) : Math.floor(width / 3);
		const wanted = split === null ? usual : Math.round(width * (1 - split));
		const strips = Math.max(38, Math.min(wanted, width - smallestTile.columns));
		const main = width - strips;
		const stripsArea = { x: left ? x : x + main - 1, y, width: strips + 1, height };
		const mainArea = { x: left ? x + strips : x, y, width: main, height };
		return {
			kind: 'strips',
			tiles: [tile(focus, mainArea)],
			strips: { outer: stripsArea, inner: inside(stripsArea), framed: true },
		};
	}
	const rest = height - panes.length;
	if (width < smallestTile.columns || rest < smallestTile.rows) {
		return {
			kind: 'strips',
			tiles: [],
			strips: { outer: body, inner: body, framed: false },
		};
	}
	const above = { x, y, width, height: panes.length };
	const below = { x, y: y + panes.length, width, height: rest };
	return {
		kind: 'strips',
		tiles: [tile(focus, below)],
		strips: { outer: above, inner: above, framed: false },
	};
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The pane next to `from` in a direction, by geometry; null where there is none. */
export function neighbour<Pane extends string>(
	tiles: readonly Tile<Pane>[],
	from: Pane,
	direction: Direction,
): Pane | null {
	const start = tiles.find(({ pane }) => pane === from);
	if (!start) return null;
	const ahead = tiles.filter(
		(other) => other !== start && isAhead(start.inner, other.inner, direction),
	);
	const nearest = ahead.toSorted(
		(one, other) =>
			distance(start.inner, one.inner, direction) -
			distance(start.inner, other.inner, direction),
	);
	return nearest[0]?.pane ?? null;
}

/** The tile whose inside holds a cell. */
export function tileAt<Pane extends string>(
	tiles: readonly Tile<Pane>[],
	x: number,
	y: number,
): Tile<Pane> | undefined {
	return tiles.find(({ inner }) => holds(inner, x, y));
}

export function holds(area: Area, x: number, y: number): boolean {
	return (
		x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height
	);
}

function isAhead(from: Area, to: Area, direction: Direction): boolean {
	switch (direction) {
		case 'left':
			return to.x + to.width <= from.x;
		case 'right':
			return to.x >= from.x + from.width;
		case 'up':
			return to.y + to.height <= from.y;
		case 'down':
			return to.y >= from.y + from.height;
	}
}

/** Near in the direction first, then with the edges that begin nearest to each other. */
function distance(from: Area, to: Area, direction: Direction): number {
	const level = direction === 'left' || direction === 'right';
	const along = level ? Math.abs(to.x - from.x) : Math.abs(to.y - from.y);
	const apart = level
		? overlap(from.y, from.height, to.y, to.height)
		: overlap(from.x, from.width, to.x, to.width);
	const across = level ? Math.abs(to.y - from.y) : Math.abs(to.x - from.x);
	return (apart > 0 ? 0 : 1e8) + along * 1e4 + across;
}

function overlap(a: number, aLength: number, b: number, bLength: number): number {
	return Math.min(a + aLength, b + bLength) - Math.max(a, b);
}

/** The lines of `count` frames that share them: `count + 1` places, first and last at the edges. */
function cuts(start: number, length: number, count: number): number[] {
	return Array.from(
		{ length: count + 1 },
		(_, at) => start + Math.round((at * (length - 1)) / count),
	);
}

function between(xs: readonly number[], column: number, y: number, bottom: number): Area {
	const x = xs[column] ?? 0;
	const right = xs[column + 1] ?? x;
	return { x, y, width: right - x + 1, height: bottom - y + 1 };
}

function tile<Pane extends string>(pane: Pane, outer: Area): Tile<Pane> {
	return { pane, outer, inner: inside(outer) };
}

function inside({ x, y, width, height }: Area): Area {
	return {
		x: x + 1,
		y: y + 1,
		width: Math.max(0, width - 2),
		height: Math.max(0, height - 2),
	};
}
