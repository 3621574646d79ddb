import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	borderOf,
	moveBorder,
	placeOf,
	type Shares,
} from '../../../src/domain/borders.ts';
import { layoutKinds } from '../../../src/domain/layout.ts';
import { leastTile } from '../../../src/domain/tile.ts';
import { screen, sharesOf } from '../../support/layout.ts';

const input = record({
	columns: integer({ min: 60, max: 300 }),
	rows: integer({ min: 15, max: 100 }),
	count: integer({ min: 1, max: 20 }),
	kind: constantFrom(...layoutKinds),
	shares: sharesOf(),
});

describe('a border', () => {
	test('that is moved about keeps every pane, and each at its least size', () => {
		const moves = array(record({ which: integer({ min: 0 }), to: integer() }), {
			maxLength: 12,
		});
		assert(
			property(input, moves, ({ columns, rows, count, ...more }, steps) => {
				const first = screen(columns, rows, count, more);
				let { shares }: { shares: Shares } = more;
				for (const { which, to } of steps) {
					const { borders } = screen(columns, rows, count, { ...more, shares });
					const border = borders[which % borders.length];
					if (border) shares = moveBorder(shares, border, to);
				}
				const { kind, tiles } = screen(columns, rows, count, { ...more, shares });
				expect(kind).toBe(first.kind);
				for (const { pane } of first.tiles)
					expect(tiles.some((tile) => tile.pane === pane)).toBe(true);
				if (count === 1) return;
				for (const { outer } of tiles) {
					expect(outer.width).toBeGreaterThanOrEqual(leastTile.columns);
					expect(outer.height).toBeGreaterThanOrEqual(leastTile.rows);
				}
			}),
			{ numRuns: 500 },
		);
	});

	test('stands where it was moved to, and no other border moves with it', () => {
		assert(
			property(
				input,
				integer({ min: 0 }),
				integer({ min: -20, max: 20 }),
				({ columns, rows, count, ...more }, which, by) => {
					const { borders } = screen(columns, rows, count, more);
					const at = which % Math.max(1, borders.length);
					const border = borders[at];
					if (!border) return;
					const to = placeOf(border) + by;
					const least = border.cut.least;
					const room =
						to - (border.lines[border.at - 1] ?? 0) >= (least[border.at - 1] ?? 0) &&
						(border.lines[border.at + 1] ?? 0) - to >= (least[border.at] ?? 0);
					const shares = moveBorder(more.shares, border, to);
					const moved = screen(columns, rows, count, { ...more, shares }).borders;
					const stands = moved[at] ? placeOf(moved[at]) : null;
					expect(stands === to).toBe(room);
					const others = (all: typeof borders) =>
						all.filter((_, index) => index !== at).map(placeOf);
					expect(others(moved)).toEqual(others(borders));
				},
			),
			{ numRuns: 500 },
		);
	});

	test('is the one behind a pane, or before it where that is the last', () => {
		const arrangement = screen(150, 50, 4, { kind: 'grid' });
		const place = (pane: string, axis: 'x' | 'y') => {
			const border = borderOf(arrangement, pane, axis);
			return border && [border.cut.name, border.at];
		};
		expect(place('a0', 'x')).toEqual(['row-1', 1]);
		expect(place('a1', 'x')).toEqual(['row-1', 1]);
		expect(place('a3', 'x')).toEqual(['row-2', 1]);
		expect(place('a0', 'y')).toEqual(['rows', 1]);
		expect(place('a2', 'y')).toEqual(['rows', 1]);
	});

	test('between the main pane and its stack belongs to both, one in the stack does not', () => {
		const arrangement = screen(200, 50, 4, { kind: 'main-stack' });
		expect(borderOf(arrangement, 'a0', 'x')?.cut.name).toBe('main');
		expect(borderOf(arrangement, 'a2', 'x')?.cut.name).toBe('main');
		expect(borderOf(arrangement, 'a2', 'y')?.at).toBe(2);
		expect(borderOf(arrangement, 'a0', 'y')).toBeUndefined();
	});

	test('of rows alone can be moved up to make room for a pane', () => {
		const alone = screen(80, 24, 30);
		expect(alone.tiles).toEqual([]);
		const border = borderOf(alone, 'a0', 'y');
		if (!border) throw new Error('rows alone have no border');
		const shares = moveBorder({}, border, 12);
		const { tiles, strips } = screen(80, 24, 30, { shares });
		expect(tiles[0]?.outer).toEqual({ x: 0, y: 12, width: 80, height: 10 });
		expect(strips?.outer.height).toBe(11);
	});
});

test('shares hold for other panes and screens, and come back with the panes they were for', () => {
	const shares = { columns: [2, 1, 1] };
	const widths = (columns: number, count: number) =>
		screen(columns, 40, count, { kind: 'columns', shares }).tiles.map(
			({ outer }) => outer.width,
		);
	expect(widths(281, 3)).toEqual([141, 71, 71]);
	expect(widths(141, 2)).toEqual([94, 48]);
	expect(widths(251, 4)).toEqual([101, 51, 51, 51]);
	const { borders } = screen(141, 40, 2, { kind: 'columns', shares });
	const [border] = borders;
	const third = border && moveBorder(shares, border, 70).columns?.[2];
	expect(third).toBe(1);
});
