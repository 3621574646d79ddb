import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellTable } from '../../../src/tui/paint/cell-table.ts';
import { Emitter, fullTerminal } from '../../../src/tui/paint/emit.ts';
import { Grid } from '../../../src/tui/paint/screen.ts';
import {
	differences,
	GridTerminal,
	gridCell,
	gridCells,
} from '../../support/grid-terminal.ts';
import { randomNumbers, scribble } from '../../support/random-screen.ts';
import { foreignSequences, frameSequences } from '../../support/sequences.ts';

describe('a frame', () => {
	it('makes the terminal equal to the grid, cell by cell, from any screen before', async () => {
		const sizes = fc.record({
			seed: fc.integer(),
			columns: fc.integer({ min: 2, max: 90 }),
			rows: fc.integer({ min: 1, max: 20 }),
		});
		await fc.assert(
			fc.asyncProperty(sizes, async ({ seed, columns, rows }) => {
				const random = randomNumbers(seed);
				const table = new CellTable();
				using grid = new Grid(table, columns, rows);
				using emitter = new Emitter(table);
				using terminal = new GridTerminal(columns, rows);
				const dirty = new Uint8Array(rows).fill(1);
				for (let frame = 0; frame < 5; frame += 1) {
					scribble(grid, random, frame === 0 ? columns * rows : 10 + random() * 200);
					const cursor = { x: 0, y: rows - 1, shape: frame };
					const bytes = emitter.frame(grid, dirty, cursor);
					if (!bytes) continue;
					expect(foreignSequences(bytes, frameSequences)).toEqual([]);
					await terminal.write(bytes);
					expect(differences(terminal.cells(), gridCells(grid))).toEqual([]);
				}
			}),
			{ numRuns: 40 },
		);
	});

	it('is empty when nothing changed', () => {
		using scene = drawn('hello');
		expect(scene.frame()).toBeUndefined();
	});

	it('holds the changed cells only', () => {
		using scene = drawn('hello world, this is a long line');
		scene.type(6, 'W');
		expect(scene.frame()).toBe('\x1b[?2026h\x1b[1;7HW\x1b[?2026l');
	});

	it('writes a short gap again rather than stepping over it', () => {
		using scene = drawn('abcdefgh');
		scene.type(0, 'X');
		scene.type(4, 'Y');
		expect(scene.frame()).toContain('XbcdY');
	});

	it('moves the cursor without drawing', () => {
		using scene = drawn('abc');
		expect(scene.frame({ x: 2, y: 0, shape: 0 })).toBe('\x1b[1;3H\x1b[?25h');
		expect(scene.frame({ x: 1, y: 0, shape: 0 })).toBe('\x1b[1;2H');
		expect(scene.frame({ x: 1, y: 0, shape: 6 })).toBe('\x1b[1;2H\x1b[6 q');
		expect(scene.frame(null)).toBe('\x1b[?25l');
	});

	it('addresses anew after each glyph whose width terminals disagree about', () => {
		using scene = drawn('');
		scene.grid.put(0, 0, 0x1f680, 2, plain);
		scene.type(2, 'x');
		expect(scene.frame()).toContain('\x1b[2X🚀\x1b[1;3Hx');
	});

	it('writes the neighbour of a glyph again that newer terminals draw wide', () => {
		using scene = drawn('abc');
		scene.grid.put(0, 0, 0x2630, 1, plain);
		expect(scene.frame()).toContain('☰\x1b[1;2Hb');
		scene.type(2, 'd');
		expect(scene.frame()).toContain('\x1b[1;3Hd');
	});

	it('closes each link at the end of its run and opens it again behind a gap', async () => {
		using scene = drawn('');
		const link = { id: 'p3-1', uri: 'https://example.org/' };
		const extra = scene.table.extra({ underlineStyle: 0, underlineColour: 0, link });
		for (const x of [0, 1, 20]) scene.grid.put(x, 0, 0x61, 1, { ...plain, extra });
		const text = scene.frame() ?? '';
		expect(text.split('\x1b]8;id=p3-1;https://example.org/\x1b\\')).toHaveLength(3);
		expect(text.split('\x1b]8;;\x1b\\')).toHaveLength(3);
		using terminal = new GridTerminal(40, 2);
		await terminal.write(text);
		expect(terminal.cell(20, 0).link).toBe('https://example.org/');
		expect(terminal.linkId(20, 0)).toBe('p3-1');
	});

	it('draws everything again after invalidate', async () => {
		using scene = drawn('hello');
		scene.emitter.invalidate();
		using terminal = new GridTerminal(40, 2);
		await terminal.write('rubbish');
		await terminal.write(scene.frame() ?? '');
		expect(differences(terminal.cells(), gridCells(scene.grid))).toEqual([]);
	});
});

describe('a terminal with fewer colours', () => {
	const styled = { foreground: 0x3ff0000 + 0x8000000, background: 0x20000c4, extra: 0 };
	const sgr = (depth: 'truecolour' | '256' | '16' | 'mono') => {
		using scene = drawn('', { ...fullTerminal, depth });
		scene.grid.put(0, 0, 0x61, 1, styled);
		return /\x1b\[([\d;]+)ma/.exec(scene.frame() ?? '')?.[1];
	};

	it('gets the nearest colour it has, and bold without any', () => {
		expect(sgr('truecolour')).toBe('0;1;38;2;255;0;0;48;5;196');
		expect(sgr('256')).toBe('0;1;38;5;196;48;5;196');
		expect(sgr('16')).toBe('0;1;91;101');
		expect(sgr('mono')).toBe('0;1');
	});
});

describe('the cell table', () => {
	it('stays bounded under endless new clusters and keeps those on the screen', async () => {
		const table = new CellTable();
		using grid = new Grid(table, 40, 2);
		using emitter = new Emitter(table);
		using terminal = new GridTerminal(40, 2);
		for (let number = 0; number < 90_000; number += 1) {
			const mark = String.fromCodePoint(0x300 + (number % 0x60));
			const base = String.fromCodePoint(0x4e00 + (number % 20_000));
			const more = number >= 20_000 ? String.fromCodePoint(0x300 + (number % 97)) : '';
			const glyph = table.cluster(`${base}${mark}${more}`) | (1 << 21);
			grid.put((number % 20) * 2, 0, glyph, 2, plain);
		}
		await terminal.write(emitter.frame(grid, new Uint8Array([1, 1]), null) ?? '');
		expect(table.size.clusters).toBeLessThanOrEqual(65_536);
		expect(gridCell(grid, 0, 0).text).not.toBe('\u{fffd}');
		expect(differences(terminal.cells(), gridCells(grid))).toEqual([]);
	});
});

const plain = { foreground: 0, background: 0, extra: 0 };

function drawn(text: string, options = fullTerminal) {
	const table = new CellTable();
	const grid = new Grid(table, 40, 2);
	const emitter = new Emitter(table, options);
	const dirty = new Uint8Array(2).fill(1);
	const scene = {
		table,
		grid,
		emitter,
		type(x: number, text: string) {
			for (const [index, character] of Array.from(text).entries())
				grid.put(x + index, 0, character.codePointAt(0) ?? 0x20, 1, plain);
		},
		frame(cursor: { x: number; y: number; shape: number } | null = null) {
			const bytes = emitter.frame(grid, dirty, cursor);
			return bytes && Buffer.from(bytes).toString();
		},
		[Symbol.dispose]() {
			emitter[Symbol.dispose]();
			grid[Symbol.dispose]();
		},
	};
	scene.type(0, text);
	scene.frame();
	return scene;
}
