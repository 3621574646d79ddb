// How room is divided among panes, and the borders between them that can be moved.
import { type Area, overlap } from './area.ts';
import type { Tile } from './tile.ts';

/**
 * How much each part of a cut has beside the others, by the name of the cut; 1 where nobody moved a
 * border. Cells follow from it, so that it holds for other screens and other panes, too.
 */
export type Shares = Readonly<Record<string, readonly number[]>>;

/** A stretch of cells that is divided by lines. */
export interface Cut {
	readonly name: string;
	readonly start: number;
	readonly length: number;
	/** For each part, the cells from one line to the next, at the least. */
	readonly least: readonly number[];
}

/** A line between two parts of a cut. */
export interface Border {
	/** `x`: it stands upright and moves sideways. */
	readonly axis: 'x' | 'y';
	readonly area: Area;
	readonly cut: Cut;
	/** All lines of the cut, its edges included. */
	readonly lines: readonly number[];
	/** Which of the lines this is. */
	readonly at: number;
}

interface Bordered<Pane extends string> {
	readonly tiles: readonly Tile<Pane>[];
	readonly borders: readonly Border[];
}

/** The places of the lines of a cut, its edges included. */
export function linesOf(cut: Cut, shares: Shares): readonly number[] {
	const { start, length, least } = cut;
	const parts = least.map((_, at) => shares[cut.name]?.[at] ?? 1);
	const whole = parts.reduce((sum, part) => sum + part, 0);
	let sum = 0;
	const lines = [
		start,
		...parts.map((part) => {
			sum += part;
			return start + Math.round((sum * length) / whole);
		}),
	];
	return withRoom(lines, least);
}

/** The shares once a border stands at `to`, or as near to it as its neighbours' least size allows. */
export function moveBorder(shares: Shares, border: Border, to: number): Shares {
	const { cut, lines, at } = border;
	const before = (lines[at - 1] ?? 0) + (cut.least[at - 1] ?? 0);
	const behind = (lines[at + 1] ?? 0) - (cut.least[at] ?? 0);
	const moved = lines.with(at, Math.max(before, Math.min(to, behind)));
	const count = cut.least.length;
	const parts = moved.slice(1).map((line, part) => {
		return ((line - (moved[part] ?? 0)) * count) / cut.length;
	});
	// Parts of panes that are not here now keep what they had.
	const others = shares[cut.name]?.slice(count) ?? [];
	return { ...shares, [cut.name]: [...parts, ...others] };
}

/** Where a border stands. */
export function placeOf({ lines, at }: Border): number {
	return lines[at] ?? 0;
}

/**
 * The border that is moved for a pane: the one behind it, or before it where it is the last; for
 * null, and for a pane without a tile, the first there is.
 */
export function borderOf<Pane extends string>(
	{ tiles, borders }: Bordered<Pane>,
	pane: Pane | null,
	axis: Border['axis'],
): Border | undefined {
	const along = borders.filter((border) => border.axis === axis);
	const outer = tiles.find((tile) => tile.pane === pane)?.outer;
	if (!outer) return along[0];
	const touching = along.filter(({ area }) =>
		axis === 'x'
			? overlap(area.y, area.height, outer.y, outer.height) > 1
			: overlap(area.x, area.width, outer.x, outer.width) > 1,
	);
	const [before, behind] =
		axis === 'x'
			? [outer.x, outer.x + outer.width - 1]
			: [outer.y, outer.y + outer.height - 1];
	return (
		touching.find((border) => placeOf(border) === behind) ??
		touching.find((border) => placeOf(border) === before)
	);
}

/** The lines, moved so that each part has its least size. */
function withRoom(lines: readonly number[], least: readonly number[]): readonly number[] {
	const roomy = [...lines];
	for (let at = 1; at < least.length; at += 1) {
		const before = (roomy[at - 1] ?? 0) + (least[at - 1] ?? 0);
		roomy[at] = Math.max(roomy[at] ?? 0, before);
	}
	for (let at = least.length - 1; at > 0; at -= 1) {
		const behind = (roomy[at + 1] ?? 0) - (least[at] ?? 0);
		roomy[at] = Math.min(roomy[at] ?? 0, behind);
	}
	return roomy;
}
