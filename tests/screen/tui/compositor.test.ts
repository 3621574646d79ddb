import { describe, expect, it } from 'vitest';
import type { RowsPush } from '../../../src/protocol/rows.ts';
import { PaneMode } from '../../../src/protocol/rows.ts';
import { drawLine } from '../../../src/tui/chrome/chrome-lines.ts';
import { Compositor, type PanePlace } from '../../../src/tui/paint/compositor.ts';
import { Emitter } from '../../../src/tui/paint/emit.ts';
import { differences, GridTerminal, type WordCell } from '../../support/grid-terminal.ts';
import { randomOutput } from '../../support/random-output.ts';
import { randomNumbers } from '../../support/random-screen.ts';

describe('panes on the screen', () => {
	for (const count of [1, 4, 30])
		it(`equal their programs' own screens with ${count} of them`, async () => {
			const random = randomNumbers(count);
			const places = tiles(200, 60, count);
			using screen = openScreen(200, 60);
			const panes = places.map((place) => ({
				place,
				program: new GridTerminal(place.width, place.height),
			}));
			screen.compositor.arrange(places);
			for (let round = 0; round < 4; round += 1) {
				for (const { place, program } of panes) {
					if (random() < 0.3) continue;
					await program.write(randomOutput(random, 40 + random() * 200));
					screen.compositor.push(program.push(place.pane));
				}
				await screen.paint();
				const cells = screen.cells();
				for (const { place, program } of panes)
					expect(differences(area(cells, place), program.cells())).toEqual([]);
			}
			for (const { program } of panes) program[Symbol.dispose]();
		});

	it('leave the chrome around them as it is', async () => {
		using screen = openScreen(20, 4);
		screen.chrome('┌ 漢字 ──┐', '│        │', '└────────┘');
		using program = new GridTerminal(8, 1);
		await program.write('漢字漢字漢字');
		screen.compositor.arrange([{ pane: 1, x: 1, y: 1, width: 8, height: 1 }]);
		screen.compositor.push(program.push(1));
		expect(await screen.paint()).toEqual(['┌ 漢字 ──┐', '│漢字    │', '└────────┘', '']);
	});

	it('cut a wide glyph at their edge into a space', async () => {
		using screen = openScreen(20, 1);
		screen.chrome('12345678');
		using program = new GridTerminal(6, 1);
		await program.write('漢字漢');
		screen.compositor.arrange([{ pane: 1, x: 1, y: 0, width: 5, height: 1 }]);
		screen.compositor.push(program.push(1));
		expect(await screen.paint()).toEqual(['1漢字 78']);
	});

	it('blank the other half of a glyph that they cover', async () => {
		using screen = openScreen(20, 1);
		screen.chrome('漢字漢字漢字');
		using program = new GridTerminal(4, 1);
		await program.write('abcd');
		screen.compositor.arrange([{ pane: 1, x: 3, y: 0, width: 4, height: 1 }]);
		screen.compositor.push(program.push(1));
		expect(await screen.paint()).toEqual(['漢 abcd 漢字']);
	});

	it('lie below the dialogs of the chrome', async () => {
		using screen = openScreen(12, 3);
		using program = new GridTerminal(12, 3);
		await program.write('aaaaaaaaaaaa\r\nbbbbbbbbbbbb\r\ncccccccccccc');
		screen.chrome('', '    sure?   ', '');
		screen.compositor.push(program.push(1));
		const place = { pane: 1, x: 0, y: 0, width: 12, height: 3 };
		screen.compositor.arrange([place], [{ x: 3, y: 1, width: 7, height: 1 }]);
		expect(await screen.paint()).toEqual([
			'aaaaaaaaaaaa',
			'bbb sure? bb',
			'cccccccccccc',
		]);
		screen.compositor.arrange([place]);
		expect((await screen.paint())[1]).toBe('bbbbbbbbbbbb');
	});

	it('show the bottom left of a larger screen, and more above for the cursor', async () => {
		using screen = openScreen(4, 2);
		using program = new GridTerminal(6, 4);
		await program.write('1aaaaa\r\n2bbbbb\r\n3ccccc\r\n4ddddd');
		screen.compositor.arrange([{ pane: 1, x: 0, y: 0, width: 4, height: 2 }]);
		screen.compositor.focus(1);
		screen.compositor.push(program.push(1));
		expect(await screen.paint()).toEqual(['3ccc', '4ddd']);
		await program.write('\x1b[2;1H');
		screen.compositor.push(program.push(1));
		expect(await screen.paint()).toEqual(['1aaa', '2bbb']);
		expect(screen.cursor()).toEqual({ x: 0, y: 1 });
	});

	it('show rows of their history while they are scrolled back', async () => {
		using screen = openScreen(6, 2);
		using program = new GridTerminal(6, 2);
		using past = new GridTerminal(6, 2);
		await past.write('old 1\r\nold 2');
		await program.write('new');
		screen.compositor.arrange([{ pane: 1, x: 0, y: 0, width: 6, height: 2 }]);
		screen.compositor.push(program.push(1));
		const rows = past.push(1).changed;
		screen.compositor.view(1, { kind: 'rows', columns: 6, rows, cursor: null });
		await program.write('er');
		screen.compositor.push(program.push(1));
		expect(await screen.paint()).toEqual(['old 1', 'old 2']);
		screen.compositor.view(1, { kind: 'follow' });
		expect(await screen.paint()).toEqual(['newer', '']);
	});

	it('mark a selection by reversing whole glyphs', async () => {
		using screen = openScreen(6, 1);
		using program = new GridTerminal(6, 1);
		await program.write('a漢b');
		screen.compositor.arrange([{ pane: 1, x: 0, y: 0, width: 6, height: 1 }]);
		screen.compositor.push(program.push(1));
		screen.compositor.mark(1, [{ x: 2, y: 0, width: 2, height: 1, as: 'selected' }]);
		await screen.paint();
		const reversed = [0, 1, 2, 3, 4].map(
			(x) => (screen.cell(x, 0).foreground >>> 26) & 1,
		);
		expect(reversed).toEqual([0, 1, 1, 1, 0]);
	});
});

describe('pushes', () => {
	const place = { pane: 1, x: 0, y: 0, width: 4, height: 1 };

	it('are refused from a gap in the versions until a full set comes', async () => {
		using screen = openScreen(4, 1);
		using program = new GridTerminal(4, 1);
		await program.write('abcd');
		const { compositor } = screen;
		compositor.arrange([place]);
		const full = program.push(1);
		const next = (version: number): RowsPush => ({ ...full, full: false, version });
		expect(compositor.push(next(1))).toBe('lost');
		expect(compositor.push(full)).toBe('shown');
		expect(compositor.push(next(2))).toBe('shown');
		expect(compositor.push(next(4))).toBe('lost');
		expect(compositor.push(next(5))).toBe('lost');
		expect(compositor.push({ ...full, version: 6 })).toBe('shown');
		expect(compositor.push({ ...next(7), columns: 3 })).toBe('lost');
	});

	it('wait while the program holds its screen back, up to a release', async () => {
		using screen = openScreen(4, 1);
		using program = new GridTerminal(4, 1);
		const { compositor } = screen;
		compositor.arrange([place]);
		compositor.push(program.push(1));
		await screen.paint();
		await program.write('abcd');
		const modes = PaneMode.synchronized;
		expect(compositor.push({ ...program.push(1), modes })).toBe('held');
		expect(await screen.paint()).toEqual(['']);
		compositor.release(1);
		expect(await screen.paint()).toEqual(['abcd']);
	});
});

describe('an echo', () => {
	it('is composed without what waits beside it', async () => {
		using screen = openScreen(20, 3);
		const { compositor } = screen;
		using typed = new GridTerminal(9, 3);
		using flood = new GridTerminal(9, 3);
		compositor.arrange([
			{ pane: 1, x: 0, y: 0, width: 9, height: 3 },
			{ pane: 2, x: 10, y: 0, width: 9, height: 3 },
		]);
		compositor.push(typed.push(1));
		compositor.push(flood.push(2));
		await screen.paint();
		await flood.write('one\r\ntwo\r\nthree');
		compositor.push(flood.push(2));
		await typed.write('\r\nkey');
		const { changed, ...push } = typed.push(1);
		const echo = changed.filter(({ row }) => row === 1);
		compositor.push({ ...push, full: false, changed: echo });
		expect([...compositor.compose(1).rows]).toEqual([0, 1, 0]);
		expect([...compositor.compose(1).rows]).toEqual([0, 0, 0]);
		expect([...compositor.compose().rows]).toEqual([1, 0, 1]);
	});
});

describe('the cursor', () => {
	it('is that of the focused pane, unless hidden, covered or taken by a text field', async () => {
		using screen = openScreen(10, 3);
		const { compositor } = screen;
		using program = new GridTerminal(5, 2);
		const place = { pane: 7, x: 2, y: 1, width: 5, height: 2 };
		compositor.arrange([place]);
		await program.write('ab');
		compositor.push(program.push(7));
		expect(compositor.compose().cursor).toBeNull();
		compositor.focus(7);
		expect(compositor.compose().cursor).toEqual({ x: 4, y: 1, shape: 0 });
		compositor.arrange([place], [{ x: 0, y: 0, width: 10, height: 3 }]);
		expect(compositor.compose().cursor).toBeNull();
		compositor.textCursor({ x: 1, y: 0, shape: 6 });
		expect(compositor.compose().cursor).toEqual({ x: 1, y: 0, shape: 6 });
		compositor.textCursor(null);
		compositor.arrange([place]);
		await program.write('\x1b[?25l');
		compositor.push(program.push(7));
		expect(compositor.compose().cursor).toBeNull();
	});
});

describe('a spinner', () => {
	it('turns in its cell of the chrome and keeps the style there', async () => {
		using screen = openScreen(5, 1);
		screen.chrome('\x1b[31m*\x1b[39m run');
		screen.compositor.spinners([{ x: 0, y: 0, sign: '*', frames: ['◐', '◓'] }]);
		expect(await screen.paint()).toEqual(['◐ run']);
		screen.compositor.spin();
		expect(await screen.paint()).toEqual(['◓ run']);
		expect(screen.cell(0, 0).foreground).toBe(0x1000001);
	});

	it('touches nothing else that stands there', async () => {
		using screen = openScreen(5, 1);
		screen.chrome('> run');
		screen.compositor.spinners([{ x: 0, y: 0, sign: '*', frames: ['◐', '◓'] }]);
		screen.compositor.spin();
		expect(await screen.paint()).toEqual(['> run']);
	});
});

function openScreen(columns: number, rows: number) {
	const compositor = new Compositor(columns, rows);
	const emitter = new Emitter(compositor.table);
	const terminal = new GridTerminal(columns, rows);
	return {
		compositor,
		chrome(...lines: string[]) {
			for (const [y, line] of lines.entries()) drawLine(compositor.chrome, y, line);
			compositor.chromeChanged(lines.keys());
		},
		async paint(): Promise<string[]> {
			const { grid, rows: dirty, cursor } = compositor.compose();
			const bytes = emitter.frame(grid, dirty, cursor);
			if (bytes) await terminal.write(bytes);
			return Array.from({ length: rows }, (_, y) =>
				(terminal.terminal.buffer.active.getLine(y)?.translateToString() ?? '').trimEnd(),
			);
		},
		cell: (x: number, y: number): WordCell => terminal.cell(x, y),
		cells: (): WordCell[][] => terminal.cells(),
		cursor() {
			const { cursorX: x, cursorY: y } = terminal.terminal.buffer.active;
			return { x, y };
		},
		[Symbol.dispose]() {
			emitter[Symbol.dispose]();
			compositor[Symbol.dispose]();
			terminal[Symbol.dispose]();
		},
	};
}

function area(cells: readonly WordCell[][], place: PanePlace): WordCell[][] {
	return cells
		.slice(place.y, place.y + place.height)
		.map((row) => row.slice(place.x, place.x + place.width));
}

// A grid of places with one cell of chrome around each.
function tiles(columns: number, rows: number, count: number): PanePlace[] {
	const across = Math.ceil(Math.sqrt(count));
	const down = Math.ceil(count / across);
	const width = Math.floor(columns / across) - 1;
	const height = Math.floor(rows / down) - 1;
	return Array.from({ length: count }, (_, pane) => ({
		pane,
		x: (pane % across) * (width + 1) + 1,
		y: Math.floor(pane / across) * (height + 1) + 1,
		width,
		height,
	}));
}
