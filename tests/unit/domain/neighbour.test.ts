import { assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layoutKinds } from '../../../src/domain/layout.ts';
import { type Direction, directions, neighbour } from '../../../src/domain/neighbour.ts';
import { screen, sharesOf } from '../../support/layout.ts';

const opposite = {
	left: 'right',
	right: 'left',
	up: 'down',
	down: 'up',
} as const satisfies Record<Direction, Direction>;

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

	test('from a wide pane below goes up to the pane on its left, or the one it came from', () => {
		const { tiles } = screen(120, 36, 3);
		expect(neighbour(tiles, 'a2', 'up')).toBe('a0');
		expect(neighbour(tiles, 'a1', 'down')).toBe('a2');
		expect(neighbour(tiles, 'a2', 'up', 'a1')).toBe('a1');
		expect(neighbour(tiles, 'a2', 'up', 'a0')).toBe('a0');
	});

	const input = record({
		columns: integer({ min: 60, max: 300 }),
		rows: integer({ min: 15, max: 100 }),
		count: integer({ min: 1, max: 20 }),
		kind: constantFrom(...layoutKinds),
		checklist: boolean(),
		shares: sharesOf(),
	});

	test('there and back ends at the pane where it began', () => {
		assert(
			property(input, ({ columns, rows, count, ...more }) => {
				const { tiles } = screen(columns, rows, count, more);
				for (const { pane } of tiles) {
					for (const direction of directions) {
						const there = neighbour(tiles, pane, direction);
						if (there === null) continue;
						const back = neighbour(tiles, there, opposite[direction], pane);
						expect(back).toBe(pane);
					}
				}
			}),
			{ numRuns: 500 },
		);
	});

	test('reaches every pane from every other', () => {
		assert(
			property(input, ({ columns, rows, count, ...more }) => {
				const { tiles } = screen(columns, rows, count, more);
				const [first] = tiles;
				const reached = new Set(first ? [first.pane] : []);
				for (const pane of reached)
					for (const direction of directions) {
						const next = neighbour(tiles, pane, direction);
						if (next !== null) reached.add(next);
					}
				expect(reached.size).toBe(tiles.length);
			}),
			{ numRuns: 300 },
		);
	});
});
