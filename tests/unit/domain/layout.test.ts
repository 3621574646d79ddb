import { assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Area } from '../../../src/domain/area.ts';
import { type Arrangement, layoutKinds } from '../../../src/domain/layout.ts';
import { panesOf, screen, sharesOf } from '../../support/layout.ts';

function inside(area: Area, columns: number, rows: number): boolean {
	const { x, y, width, height } = area;
	return x >= 0 && y >= 0 && x + width <= columns && y + height <= rows;
}

function overlap(one: Area, other: Area): boolean {
	return (
		one.x < other.x + other.width &&
		other.x < one.x + one.width &&
		one.y < other.y + other.height &&
		other.y < one.y + one.height
	);
}

function contents({ tiles, strips }: Arrangement): Area[] {
	return [...tiles.map(({ inner }) => inner), ...(strips ? [strips.inner] : [])];
}

describe('laws at every size, number of agents and layout', () => {
	const input = record({
		columns: integer({ min: 1, max: 300 }),
		rows: integer({ min: 1, max: 100 }),
		count: integer({ min: 0, max: 40 }),
		focus: integer({ min: 0, max: 40 }),
		zoom: boolean(),
		kind: constantFrom(...layoutKinds),
		shares: sharesOf(),
		checklist: boolean(),
	});

	test('all lies on the screen, in whole cells, and no two insides overlap', () => {
		assert(
			property(input, ({ columns, rows, count, focus, ...more }) => {
				const panes = panesOf(count);
				const arrangement = screen(columns, rows, count, {
					...more,
					focus: panes[focus] ?? null,
				});
				const outer = [
					...arrangement.tiles.map((tile) => tile.outer),
					...(arrangement.strips ? [arrangement.strips.outer] : []),
				];
				const areas = contents(arrangement);
				for (const area of [...areas, ...outer]) {
					expect(Object.values(area).every(Number.isInteger)).toBe(true);
					expect(inside(area, columns, rows)).toBe(true);
					expect(area.width).toBeGreaterThan(0);
					expect(area.height).toBeGreaterThan(0);
				}
				for (const [at, area] of areas.entries()) {
					expect(overlap(area, arrangement.message)).toBe(false);
					expect(overlap(area, arrangement.header)).toBe(false);
					const checklist = arrangement.checklist ?? arrangement.message;
					expect(overlap(area, checklist)).toBe(false);
					for (const other of areas.slice(at + 1))
						expect(overlap(area, other)).toBe(false);
				}
			}),
			{ numRuns: 2000 },
		);
	});

	test('each agent has a tile or a strip, and the focused one a tile wherever one fits', () => {
		assert(
			property(input, ({ columns, rows, count, focus, ...more }) => {
				const panes = panesOf(count);
				const focused = panes[focus] ?? null;
				const { kind, tiles, strips } = screen(columns, rows, count, {
					...more,
					focus: focused,
				});
				if (kind === 'small' || kind === 'empty' || kind === 'zoom') return;
				const shown = new Set(tiles.map(({ pane }) => pane));
				expect(strips !== null || shown.size === count).toBe(true);
				const alive = focused === null || tiles.length === 0 || shown.has(focused);
				expect(alive).toBe(true);
			}),
			{ numRuns: 1000 },
		);
	});

	test('tiles and rows leave nothing of the body free', () => {
		assert(
			property(input, ({ columns, rows, count, focus, ...more }) => {
				const focused = panesOf(count)[focus] ?? null;
				const arrangement = screen(columns, rows, count, { ...more, focus: focused });
				const { kind, body, tiles, strips } = arrangement;
				if (kind === 'small' || kind === 'empty') return;
				const outer = [
					...tiles.map((tile) => tile.outer),
					...(strips ? [strips.outer] : []),
				];
				const covered = new Uint8Array(columns * rows);
				for (const { x, y, width, height } of outer)
					for (let row = y; row < y + height; row += 1)
						covered.fill(1, row * columns + x, row * columns + x + width);
				const cells = covered.reduce((sum, cell) => sum + cell, 0);
				expect(cells).toBe(body.width * body.height);
			}),
			{ numRuns: 500 },
		);
	});

	test('a pane among several is alive from 60 by 10 cells on, until borders are moved', () => {
		assert(
			property(input, ({ columns, rows, count, zoom, kind: wanted, checklist }) => {
				const more = { zoom, kind: wanted, checklist };
				const { kind, tiles } = screen(columns, rows, count, more);
				if (count < 2 || kind === 'zoom') return;
				for (const { outer } of tiles) {
					expect(outer.width).toBeGreaterThanOrEqual(60);
					expect(outer.height).toBeGreaterThanOrEqual(10);
				}
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('auto', () => {
	test.each([
		[80, 24, 1, 'grid', 1],
		[80, 24, 4, 'strips', 1],
		[80, 24, 30, 'strips', 0],
		[120, 36, 4, 'grid', 4],
		[120, 36, 6, 'grid', 6],
		[120, 36, 7, 'strips', 1],
		[120, 36, 30, 'strips', 1],
		[240, 67, 4, 'grid', 4],
		[240, 67, 20, 'grid', 20],
		[240, 67, 30, 'strips', 1],
		[40, 15, 1, 'grid', 1],
		[40, 15, 4, 'strips', 0],
		[40, 15, 30, 'strips', 0],
		[39, 15, 4, 'small', 0],
		[40, 14, 4, 'small', 0],
	] as const)(
		'%dx%d with %d agents is %s with %d alive',
		(columns, rows, count, kind, alive) => {
			const arrangement = screen(columns, rows, count);
			expect(arrangement.kind).toBe(kind);
			expect(arrangement.tiles).toHaveLength(alive);
		},
	);

	test('four agents at 80x24 lie as strips above one live pane', () => {
		const { tiles, strips } = screen(80, 24, 4, { focus: 'a2' });
		expect(strips?.outer).toEqual({ x: 0, y: 1, width: 80, height: 4 });
		expect(tiles[0]?.pane).toBe('a2');
		expect(tiles[0]?.inner).toEqual({ x: 1, y: 6, width: 78, height: 15 });
	});

	test('thirty agents at 240x67 are strips of 96 columns beside one live pane', () => {
		const { tiles, strips } = screen(240, 67, 30);
		expect(strips?.inner).toEqual({ x: 1, y: 2, width: 95, height: 62 });
		expect(tiles[0]?.outer).toEqual({ x: 96, y: 1, width: 144, height: 64 });
	});

	test('neighbours share the line between them', () => {
		const { tiles } = screen(120, 36, 4);
		const [first, second, third] = tiles;
		expect((first?.outer.x ?? 0) + (first?.outer.width ?? 0) - 1).toBe(second?.outer.x);
		expect((first?.outer.y ?? 0) + (first?.outer.height ?? 0) - 1).toBe(third?.outer.y);
	});
});

describe('other layouts', () => {
	test('zoom gives the whole body to the focus', () => {
		const { kind, tiles, strips } = screen(120, 36, 4, { zoom: true, focus: 'a3' });
		expect(kind).toBe('zoom');
		expect(tiles.map(({ pane }) => pane)).toEqual(['a3']);
		expect(tiles[0]?.outer).toEqual({ x: 0, y: 1, width: 120, height: 33 });
		expect(strips).toBeNull();
	});

	test('main and stack: the first large, the others beside it', () => {
		const { kind, tiles } = screen(160, 50, 4, { kind: 'main-stack' });
		expect(kind).toBe('main-stack');
		expect(tiles.map(({ outer }) => outer.x)).toEqual([0, 80, 80, 80]);
	});

	test('a layout that does not fit becomes strips', () => {
		expect(screen(120, 36, 4, { kind: 'columns' }).kind).toBe('strips');
		expect(screen(80, 24, 4, { kind: 'main-stack' }).kind).toBe('strips');
		const withList = { kind: 'main-stack', checklist: true } as const;
		expect(screen(120, 36, 4, withList).kind).toBe('main-stack');
	});
});
