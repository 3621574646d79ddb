// A pane drawn live, and where the rows of all agents stand.
import { type Area, holds, insideOf } from './area.ts';

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

/** A layout has room for a pane from this size on, frame included; without it there are strips. */
export const smallestTile = { columns: 60, rows: 10 } as const;
/** No border is moved nearer: two rows of text and a name are left. */
export const leastTile = { columns: 20, rows: 4 } as const;

export function tileAround<Pane extends string>(pane: Pane, outer: Area): Tile<Pane> {
	return { pane, outer, inner: insideOf(outer) };
}

/** The tile whose inside holds a cell. */
export function tileAt<Pane extends string>(
	tiles: readonly Tile<Pane>[],
	x: number,
	y: number,
): Tile<Pane> | undefined {
	return tiles.find(({ inner }) => holds(inner, x, y));
}
