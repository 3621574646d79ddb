import {
	assert,
	boolean,
	constantFrom,
	double,
	integer,
	option,
	property,
	record,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	type Area,
	type Arrangement,
	arrange,
	type LayoutInput,
	layoutKinds,
	neighbour,
} from '../../../src/domain/layout.ts';

const agents = (count: number) => Array.from({ length: count }, (_, at) => `a${at}`);

function screen(
	columns: number,
	rows: number,
	count: number,
	more: Partial<LayoutInput> = {},
) {
	const panes = agents(count);
	return arrange({
		columns,
		rows,
		panes,
		focus: panes[0] ?? null,
		zoom: false,
		kind: 'auto',
		split: null,
		checklist: false,
		...more,
	});
}

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
		split: option(double({ min: 0.2, max: 0.8, noNaN: true })),
		checklist: boolean(),
	});

	test('all lies on the screen, in whole cells, and no two insides overlap', () => {
		assert(
			property(input, ({ columns, rows, count, focus, ...more }) => {
				const panes = agents(count);
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
				const panes = agents(count);
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

	test('a pane among several is drawn alive from 60 by 10 cells on only', () => {
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
		expect(tiles.map(({ outer }) => outer.x)).toEqual([0, 79, 79, 79]);
	});

	test('a layout that does not fit becomes strips', () => {
		expect(screen(120, 36, 4, { kind: 'columns' }).kind).toBe('strips');
		expect(screen(80, 24, 4, { kind: 'main-stack' }).kind).toBe('strips');
		const withList = { kind: 'main-stack', checklist: true } as const;
		expect(screen(120, 36, 4, withList).kind).toBe('main-stack');
	});

	test('the main pane takes its part of the width', () => {
		const { tiles } = screen(240, 67, 30, { split: 0.7 });
		expect(tiles[0]?.outer.width).toBe(168);
	});
});

describe('focus by geometry', () => {
	test('goes to the pane that lies there, and nowhere beyond the edge', () => {
		const { tiles } = screen(120, 36, 4);
		expect(neighbour(tiles, 'a0', 'right')).toBe('a1');
		expect(neighbour(tiles, 'a0', 'down')).toBe('a2');
		expect(neighbour(tiles, 'a3', 'up')).toBe('a1');
		expect(neighbour(tiles, 'a3', 'left')).toBe('a2');
		expect(neighbour(tiles, 'a0', 'left')).toBeNull();
		expect(neighbour(tiles, 'a0', 'up')).toBeNull();
	});

	test('from a wide pane below goes up to the pane on its left', () => {
		const { tiles } = screen(120, 36, 3);
		expect(neighbour(tiles, 'a2', 'up')).toBe('a0');
		expect(neighbour(tiles, 'a1', 'down')).toBe('a2');
	});
});
