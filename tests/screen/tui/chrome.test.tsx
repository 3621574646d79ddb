import { Box, render, Text } from 'ink';
import { useEffect, useState } from 'react';
import { describe, expect, it } from 'vitest';
import { Chrome, type ChromeRenderOptions } from '../../../src/tui/chrome/chrome.ts';
import { drawLine } from '../../../src/tui/chrome/chrome-lines.ts';
import { CellTable } from '../../../src/tui/paint/cell-table.ts';
import { Grid } from '../../../src/tui/paint/screen.ts';
import { gridCell } from '../../support/grid-terminal.ts';

describe('a view drawn by Ink', () => {
	it('stands in the grid where Ink laid it out, wide glyphs included', async () => {
		using grid = new Grid(new CellTable(), 30, 4);
		const texts = ['漢字 ok', '🚀👨‍👩‍👧⚠️', 'e\u0301 ─█✓', '1️⃣ 🇩🇪'];
		const view = (
			<Box flexDirection="column" width={12} height={4}>
				{texts.map((text) => (
					<Box key={text} justifyContent="space-between">
						<Text>{text}</Text>
						<Text>|</Text>
					</Box>
				))}
			</Box>
		);
		const chrome = open(grid, view);
		const ends = () => Array.from(texts.keys(), (y) => gridCell(grid, 11, y).text);
		await expect.poll(ends).toEqual(texts.map(() => '|'));
		expect(grid.text(0, 0, 7)).toBe('漢字 ok');
		chrome[Symbol.dispose]();
	});

	it('is drawn again, changed rows only, when its state changes', async () => {
		using grid = new Grid(new CellTable(), 20, 3);
		const changes: (readonly number[])[] = [];
		const mounted = Promise.withResolvers<(value: number) => void>();
		function Counter() {
			const [value, setValue] = useState(0);
			useEffect(() => mounted.resolve(setValue), []);
			return (
				<Box flexDirection="column">
					<Text>title</Text>
					<Text>{value}</Text>
				</Box>
			);
		}
		const chrome = open(grid, <Counter />, (rows) => changes.push(rows));
		const count = await mounted.promise;
		await expect.poll(() => grid.text(1).trimEnd()).toBe('0');
		changes.length = 0;
		count(7);
		await expect.poll(() => grid.text(1).trimEnd()).toBe('7');
		expect(changes).toEqual([[1]]);
		chrome[Symbol.dispose]();
	});

	it('is laid out anew for another size', async () => {
		using grid = new Grid(new CellTable(), 20, 2);
		const view = (
			<Box justifyContent="space-between">
				<Text>a</Text>
				<Text>b</Text>
			</Box>
		);
		using chrome = open(grid, view);
		await expect.poll(() => grid.text(0)).toBe(`a${' '.repeat(18)}b`);
		grid.resize(10, 2);
		chrome.resize(10, 2);
		await expect.poll(() => grid.text(0)).toBe('a        b');
	});
});

describe('a line of a frame', () => {
	it('keeps its colours and attributes', () => {
		using grid = new Grid(new CellTable(), 20, 1);
		drawLine(
			grid,
			0,
			'\x1b[1m\x1b[38;2;1;2;3mA\x1b[22m\x1b[39m\x1b[48;5;9;7mB\x1b[0mC\x1b[91;4mD',
		);
		const styles = [0, 1, 2, 3].map((x) => {
			const { foreground, background } = gridCell(grid, x, 0);
			return [foreground, background];
		});
		expect(styles).toEqual([
			[0x3010203 + 0x8000000, 0],
			[0x4000000, 0x2000009],
			[0, 0],
			[0x1000009 + 0x10000000, 0],
		]);
	});

	it('keeps links that may be kept, and drops all else', () => {
		using grid = new Grid(new CellTable(), 20, 1);
		const good = '\x1b]8;;https://example.org/\x07A\x1b]8;;\x07';
		const bad = '\x1b]8;;javascript:x\x07B\x1b]8;;\x07';
		drawLine(grid, 0, `${good}${bad}\x1b[2J\x1b]0;title\x07C`);
		expect([0, 1, 2].map((x) => gridCell(grid, x, 0).link)).toEqual([
			'https://example.org/',
			'',
			'',
		]);
		expect(grid.text(0).trimEnd()).toBe('ABC');
	});
});

function open(
	grid: Grid,
	view: React.ReactNode,
	onChange: (rows: readonly number[]) => void = () => undefined,
): Chrome {
	const mount = (options: ChromeRenderOptions) => render(view, options);
	return new Chrome({ grid, mount, onChange });
}
