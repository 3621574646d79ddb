import { Box, render, Text } from 'ink';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { Chrome, type Part } from '../../../src/tui/chrome/chrome.ts';
import { drawLine, solidBlank } from '../../../src/tui/chrome/chrome-lines.ts';
import { type Role, type Theme, themeOf } from '../../../src/tui/look/theme.ts';
import { CellTable } from '../../../src/tui/paint/cell-table.ts';
import { type Frame, joinFrames } from '../../../src/tui/paint/frame-lines.ts';
import { Grid, type Rectangle } from '../../../src/tui/paint/screen.ts';
import { gridCell } from '../../support/grid-terminal.ts';

const frame: Frame<Role> = {
	area: { x: 0, y: 0, width: 10, height: 3 },
	weight: 'light',
	role: 'border',
};

describe('a view drawn by Ink', () => {
	it('stands in the grid where Ink laid it out, wide glyphs included', async () => {
		const texts = ['漢字 ok', '🚀👨‍👩‍👧⚠️', 'e\u0301 ─█✓', '1️⃣ 🇩🇪'];
		using screen = open(30, 4);
		await screen.show(
			<Box flexDirection="column" width={12} height={4}>
				{texts.map((text) => (
					<Box key={text} justifyContent="space-between">
						<Text>{text}</Text>
						<Text>|</Text>
					</Box>
				))}
			</Box>,
		);
		const ends = Array.from(texts.keys(), (y) => gridCell(screen.grid, 11, y).text);
		expect(ends).toEqual(texts.map(() => '|'));
		expect(screen.grid.text(0, 0, 7)).toBe('漢字 ok');
	});

	it('is drawn again, changed rows only, when it shows something else', async () => {
		using screen = open(20, 3);
		expect(await screen.show(<Text>{'title\n0'}</Text>)).toEqual([0, 1, 2]);
		expect(await screen.show(<Text>{'title\n7'}</Text>)).toEqual([1]);
		expect(screen.lines()).toEqual(['title', '7', '']);
	});

	it('is laid out anew for another size', async () => {
		using screen = open(20, 2);
		const view = () => (
			<Box justifyContent="space-between">
				<Text>a</Text>
				<Text>b</Text>
			</Box>
		);
		await screen.show(view());
		expect(screen.lines()).toEqual([`a${' '.repeat(18)}b`, '']);
		screen.grid.resize(10, 2);
		screen.chrome.forget();
		await screen.show(view());
		expect(screen.lines()).toEqual(['a        b', '']);
	});

	it('has its lines in the rows that it was asked for', async () => {
		using screen = open(4, 3);
		await screen.showParts([{ rows: [0, 2], columns: 4, view: <Text>{'a\nb'}</Text> }]);
		expect(screen.lines()).toEqual(['a', '', 'b']);
	});
});

describe('views drawn by Ink', () => {
	it('are in the grid together: no part is seen before the others are drawn', async () => {
		const rows = [0, 1];
		const turns: (() => void)[] = [];
		using screen = open(4, 2, (run) => turns.push(run));
		const parts = (text: string) => [
			{ rows, columns: 4, view: <Text>{text}</Text> },
			{ rows, columns: 4, view: <Text>{`\n${text}`}</Text> },
		];
		const shown = screen.showParts(parts('old'));
		while (turns.length > 0) turns.shift()?.();
		await shown;
		void screen.showParts(parts('new'));
		const seen: string[][] = [];
		for (let turn = turns.shift(); turn; turn = turns.shift()) {
			turn();
			seen.push(screen.lines());
		}
		expect(seen).toEqual([
			['old', 'old'],
			['old', 'old'],
			['new', 'new'],
		]);
	});

	it('lie above each other, the first on top, and hide what is below where they are solid', async () => {
		using screen = open(10, 1);
		const part = (text: string) => ({
			rows: [0],
			columns: 10,
			view: <Text>{text}</Text>,
		});
		const solid = [{ x: 2, y: 0, width: 3, height: 1 }];
		await screen.showParts([part('   x'), part('0123456789')], { solid });
		expect(screen.lines()).toEqual(['01 x 56789']);
	});

	it('go where there are fewer parts than before', async () => {
		using screen = open(4, 1);
		const part = (text: string) => ({ rows: [0], columns: 4, view: <Text>{text}</Text> });
		await screen.showParts([part('a'), part(' b')]);
		await screen.showParts([part('a')]);
		expect(screen.lines()).toEqual(['a']);
	});
});

describe('the frames below a view', () => {
	it('are seen where it is blank, but not through a blank of its own', async () => {
		using screen = open(10, 3);
		await screen.show(<Text>{`  a${solidBlank}b`}</Text>, { frames: [frame] });
		expect(screen.lines()).toEqual(['┌─a b────┐', '│        │', '└────────┘']);
	});

	it('come and go without a new line of the view', async () => {
		using screen = open(10, 3);
		const view = <Text>a</Text>;
		await screen.show(view);
		expect(await screen.show(view, { frames: [frame] })).toEqual([0, 1, 2]);
		expect(screen.lines()[0]).toBe('a────────┐');
		expect(await screen.show(view)).toEqual([0, 1, 2]);
		expect(screen.lines()).toEqual(['a', '', '']);
	});

	it('have the colours of the theme', async () => {
		using screen = open(10, 3);
		const view = <Text>a</Text>;
		const colour = () => gridCell(screen.grid, 9, 0).foreground;
		await screen.show(view, { frames: [frame], theme: themeOf('ansi16', 'dark') });
		expect(colour()).toBe(0);
		await screen.show(view, { frames: [frame], theme: themeOf('dark', 'dark') });
		expect(colour()).toBe(0x38f959b);
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

interface TestPart extends Part {
	readonly view: ReactNode;
}

interface Below {
	readonly frames?: readonly Frame<Role>[];
	readonly theme?: Theme;
	readonly solid?: readonly Rectangle[];
}

function open(columns: number, rows: number, soon?: (run: () => void) => void) {
	const grid = new Grid(new CellTable(), columns, rows);
	let drawn: (changed: readonly number[]) => void = () => undefined;
	const chrome = new Chrome<TestPart>({
		grid,
		mount: (first, options) => {
			const { rerender, unmount } = render(first.view, options);
			return { show: ({ view }) => rerender(view), unmount: () => unmount() };
		},
		onChange: (changed) => drawn(changed),
		...(soon && { clock: { soon: (run) => (soon(run), () => undefined) } }),
	});
	/** Answers the rows that changed. */
	const showParts = (parts: readonly TestPart[], below: Below = {}) =>
		new Promise<readonly number[]>((resolve) => {
			drawn = resolve;
			chrome.show(parts, {
				frames: joinFrames(below.frames ?? [], grid),
				ascii: false,
				theme: below.theme ?? themeOf('dark', 'dark'),
				solid: below.solid ?? [],
			});
		});
	return {
		grid,
		chrome,
		showParts,
		show: (view: ReactNode, below?: Below) =>
			showParts([{ rows: [...Array(rows).keys()], columns: grid.columns, view }], below),
		lines: () => Array.from({ length: rows }, (_, y) => grid.text(y).trimEnd()),
		[Symbol.dispose]: () => {
			chrome[Symbol.dispose]();
			grid[Symbol.dispose]();
		},
	};
}
