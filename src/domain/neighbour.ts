// Focus by geometry.
import { type Area, overlap } from './area.ts';
import type { Tile } from './tile.ts';

export const directions = ['left', 'down', 'up', 'right'] as const;
export type Direction = (typeof directions)[number];

/**
 * The pane next to `from` in a direction; null where there is none. Where several touch it, the one
 * that was left last: going there and back ends where it began.
 */
export function neighbour<Pane extends string>(
	tiles: readonly Tile<Pane>[],
	from: Pane,
	direction: Direction,
	previous: Pane | null = null,
): Pane | null {
	const start = tiles.find(({ pane }) => pane === from);
	if (!start) return null;
	const distance = (tile: Tile<Pane>) =>
		distanceOf(start.inner, tile.inner, direction) - (tile.pane === previous ? 1e4 : 0);
	const ahead = tiles.filter(
		(other) => other !== start && isAhead(start.inner, other.inner, direction),
	);
	const nearest = ahead.toSorted((one, other) => distance(one) - distance(other));
	return nearest[0]?.pane ?? null;
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

/** Beside it first, then near in the direction, then with the edges that begin nearest to each other. */
function distanceOf(from: Area, to: Area, direction: Direction): number {
	const level = direction === 'left' || direction === 'right';
	const along = level
		? Math.max(to.x - from.x - from.width, from.x - to.x - to.width)
		: Math.max(to.y - from.y - from.height, from.y - to.y - to.height);
	const beside = level
		? overlap(from.y, from.height, to.y, to.height)
		: overlap(from.x, from.width, to.x, to.width);
	const across = level ? Math.abs(to.y - from.y) : Math.abs(to.x - from.x);
	return (beside > 0 ? 0 : 1e9) + along * 1e5 + across;
}
