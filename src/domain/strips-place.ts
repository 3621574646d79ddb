// The layout with all agents as rows: the focused pane alive below or beside them, or the rows alone
// where it has no room.
import { type Area, insideOf } from './area.ts';
import { type Border, type Cut, linesOf, type Shares } from './borders.ts';
import {
	leastTile,
	type StripsPlace,
	smallestTile,
	type Tile,
	tileAround,
} from './tile.ts';

const besideFrom = 100;
const leftFrom = 200;
/** The list beside a pane: where nobody moved its border, and at the least. */
const usualList = 38;
const leastList = { columns: 24, rows: 3 } as const;

interface StripsInput<Pane extends string> {
	readonly listed: number;
	readonly focus: Pane;
	readonly shares: Shares;
}

interface Placed<Pane extends string> {
	readonly tiles: readonly Tile<Pane>[];
	readonly strips: StripsPlace;
	readonly borders: readonly Border[];
}

export function stripsOf<Pane extends string>(
	input: StripsInput<Pane>,
	body: Area,
): Placed<Pane> {
	if (body.width >= leftFrom) return listLeft(input, body);
	if (body.width >= besideFrom) return listRight(input, body);
	return listAbove(input, body);
}

function listLeft<Pane extends string>(
	{ focus, shares }: StripsInput<Pane>,
	body: Area,
): Placed<Pane> {
	const usual = listWidth(body, Math.floor(body.width * 0.4));
	const least = [leastList.columns, leastTile.columns - 1];
	const border = beside('list-left', body, least, body.x + usual, shares);
	const line = border.area.x;
	const list = { ...body, width: line - body.x + 1 };
	const pane = { ...body, x: line, width: body.x + body.width - line };
	return {
		tiles: [tileAround(focus, pane)],
		strips: framed(list),
		borders: [border],
	};
}

function listRight<Pane extends string>(
	{ focus, shares }: StripsInput<Pane>,
	body: Area,
): Placed<Pane> {
	const usual = listWidth(body, Math.floor(body.width / 3));
	const least = [leastTile.columns - 1, leastList.columns];
	const usualLine = body.x + body.width - usual - 1;
	const border = beside('list-right', body, least, usualLine, shares);
	const line = border.area.x;
	const pane = { ...body, width: line - body.x + 1 };
	const list = { ...body, x: line, width: body.x + body.width - line };
	return {
		tiles: [tileAround(focus, pane)],
		strips: framed(list),
		borders: [border],
	};
}

function listAbove<Pane extends string>(
	{ listed, focus, shares }: StripsInput<Pane>,
	body: Area,
): Placed<Pane> {
	const { x, y, width, height } = body;
	const alone = { outer: body, inner: body, framed: false };
	if (width < smallestTile.columns) return { tiles: [], strips: alone, borders: [] };
	const cut: Cut = {
		name: 'list-above',
		start: y,
		length: height,
		least: [leastList.rows, leastTile.rows],
	};
	const fits = height - listed >= smallestTile.rows;
	const lines = shares[cut.name]
		? linesOf(cut, shares)
		: [y, y + (fits ? listed : height), y + height];
	const line = lines[1] ?? y;
	const rest = y + height - line;
	// Without a pane the border lies below the last row: keys can still move it up.
	const border: Border = {
		axis: 'y',
		area: { x, y: line, width, height: Math.min(1, rest) },
		cut,
		lines,
		at: 1,
	};
	if (rest === 0) return { tiles: [], strips: alone, borders: [border] };
	const list = { x, y, width, height: line - y };
	return {
		tiles: [tileAround(focus, { x, y: line, width, height: rest })],
		strips: { outer: list, inner: list, framed: false },
		borders: [border],
	};
}

function listWidth(body: Area, usual: number): number {
	return Math.max(usualList, Math.min(usual, body.width - smallestTile.columns));
}

function beside(
	name: string,
	body: Area,
	least: readonly number[],
	usualLine: number,
	shares: Shares,
): Border {
	const cut: Cut = { name, start: body.x, length: body.width - 1, least };
	const lines = shares[name]
		? linesOf(cut, shares)
		: [body.x, usualLine, body.x + body.width - 1];
	const area = { ...body, x: lines[1] ?? usualLine, width: 1 };
	return { axis: 'x', area, cut, lines, at: 1 };
}

function framed(outer: Area): StripsPlace {
	return { outer, inner: insideOf(outer), framed: true };
}
