// No byte of an agent, of a holder that lies or of a title reaches the terminal but as a glyph in its
// own pane.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRows, encodeRows, type RowsPush } from '../../../src/protocol/rows.ts';
import { drawLine } from '../../../src/tui/chrome/chrome-lines.ts';
import { Compositor } from '../../../src/tui/paint/compositor.ts';
import { Emitter } from '../../../src/tui/paint/emit.ts';
import { GridTerminal } from '../../support/grid-terminal.ts';
import { foreignSequences, frameSequences } from '../../support/sequences.ts';

const columns = 24;
const rows = 6;
const place = { pane: 1, x: 4, y: 1, width: 12, height: 4 };

const evilText = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.constantFrom(
		'\x1b]0;owned\x07',
		'\x1b[2J',
		'a\x1b[1;1Hb',
		'\x9b2J',
		'\n\n\n',
		'abcdefghijklmnop',
		'a\u202etxt.exe',
		`a${'\u0300'.repeat(5000)}`,
		'漢漢漢',
		'\u200b',
		'\ud800',
		'',
		'https://example.org/\x1b\\\x1b[2J',
		'https://example.org/\x07',
		'javascript:alert(1)',
		`https://example.org/${'a'.repeat(9000)}`,
		'https://example.org/ok',
	),
);
const anyWord = fc.oneof(
	fc.integer({ min: 0, max: 0xffffffff }),
	fc.integer({ min: 0, max: 0x2ff }).map((codePoint) => codePoint | (1 << 22)),
	fc.integer({ min: 0, max: 0x2ff }).map((codePoint) => codePoint | (2 << 22)),
	fc.integer({ min: 0, max: 0x1fffff }).map((codePoint) => codePoint | (2 << 22)),
	fc.constantFrom(
		0,
		1 << 21,
		3 << 22,
		(1 << 21) | (1 << 22),
		(1 << 21) | (2 << 22),
		0x1b,
		0x9b,
	),
);
const column = fc.integer({ min: 0, max: 20 });
const row = fc.record({
	row: fc.integer({ min: 0, max: 9 }),
	wrapped: fc.boolean(),
	cells: fc
		.array(anyWord, { maxLength: 60 })
		.map((words) => Uint32Array.from(words.slice(0, words.length - (words.length % 3)))),
	clusters: fc.array(fc.tuple(column, evilText), { maxLength: 12 }),
	underlines: fc.array(
		fc.record({
			column,
			style: fc.integer({ min: 0, max: 0xffff }),
			colour: fc.integer({ min: 0, max: 0xffffffff }),
		}),
		{ maxLength: 6 },
	),
	links: fc.array(fc.tuple(column, evilText), { maxLength: 6 }),
});
const push = fc.record({
	pane: fc.constant(1),
	version: fc.integer({ min: 0, max: 0xffffffff }),
	full: fc.constant(true),
	columns: fc.integer({ min: 0, max: 20 }),
	rows: fc.integer({ min: 0, max: 8 }),
	cursorColumn: fc.integer({ min: 0, max: 0xffff }),
	cursorRow: fc.integer({ min: 0, max: 0xffff }),
	cursorShape: fc.integer({ min: 0, max: 0xffff }),
	modes: fc.integer({ min: 0, max: 0xffff }),
	kittyFlags: fc.integer({ min: 0, max: 0xffff }),
	scrollback: fc.nat(),
	changed: fc.array(row, { maxLength: 6 }),
});

describe('a hostile holder', () => {
	it('can draw glyphs in its pane and nothing else', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(push, { minLength: 1, maxLength: 4 }), async (pushes) => {
				using compositor = new Compositor(columns, rows);
				using emitter = new Emitter(compositor.table);
				using terminal = new GridTerminal(columns, rows);
				const lines = Array.from({ length: rows }, (_, y) =>
					String.fromCharCode(0x41 + y).repeat(columns),
				);
				for (const [y, line] of lines.entries()) drawLine(compositor.chrome, y, line);
				compositor.arrange([place]);
				compositor.focus(1);
				for (const one of pushes) {
					compositor.push(overTheWire(one));
					const { grid, rows: dirty, cursor } = compositor.compose();
					const bytes = emitter.frame(grid, dirty, cursor);
					if (!bytes) continue;
					expect(foreignSequences(bytes, frameSequences)).toEqual([]);
					await terminal.write(bytes);
					expect(outside(terminal)).toEqual(lines.map(outsideOf));
				}
			}),
			{ numRuns: 150 },
		);
	});

	it('cannot move what stands beside its pane by calling narrow signs wide', async () => {
		using compositor = new Compositor(6, 1);
		using emitter = new Emitter(compositor.table);
		using terminal = new GridTerminal(6, 1);
		drawLine(compositor.chrome, 0, '......');
		compositor.arrange([{ pane: 1, x: 1, y: 0, width: 4, height: 1 }]);
		const wide = (glyph: string) => [(2 << 22) | (glyph.codePointAt(0) ?? 0), 0, 0];
		for (const glyph of ['a', 'é', 'б', '─', '⣿', '漢']) {
			const cells = Uint32Array.from([...wide(glyph), 0, 0, 0, ...wide(glyph), 0, 0, 0]);
			const line = { row: 0, wrapped: false, cells, underlines: [], links: [] };
			const changed = [{ ...line, clusters: [] }];
			compositor.push(overTheWire({ ...still, columns: 4, changed }));
			const { grid, rows: dirty, cursor } = compositor.compose();
			const bytes = emitter.frame(grid, dirty, cursor);
			if (bytes) await terminal.write(bytes);
			const [first, ...rest] = (terminal.cells()[0] ?? []).map(({ text }) => text);
			expect([first, rest[0], rest[2], rest[4]]).toEqual(['.', glyph, glyph, '.']);
		}
	});

	it('cannot pass a wide cluster off as a narrow one to reach over its edge', () => {
		using compositor = new Compositor(4, 1);
		using emitter = new Emitter(compositor.table);
		compositor.arrange([{ pane: 1, x: 0, y: 0, width: 2, height: 1 }]);
		for (const text of ['漢\u0301', '👨‍👩‍👧', 'ab', '\u{1f680}\u{fe0f}']) {
			const cells = Uint32Array.from([0x400061, 0, 0, (1 << 21) | (1 << 22), 0, 0]);
			const line = { row: 0, wrapped: false, cells, underlines: [], links: [] };
			const changed = [{ ...line, clusters: [[1, text]] as const }];
			compositor.push({ ...still, changed });
			const { grid, rows: dirty } = compositor.compose();
			const bytes = emitter.frame(grid, dirty, null) ?? new Uint8Array();
			expect(Buffer.from(bytes).toString()).not.toContain(text);
		}
	});
});

const still = {
	pane: 1,
	version: 1,
	full: true,
	columns: 2,
	rows: 1,
	cursorColumn: 0,
	cursorRow: 0,
	cursorShape: 0,
	modes: 0,
	kittyFlags: 0,
	scrollback: 0,
};

describe('hostile text in the chrome', () => {
	it('comes out as glyphs, colours and links only', () => {
		fc.assert(
			fc.property(fc.array(evilText, { maxLength: 5 }), (texts) => {
				using compositor = new Compositor(columns, rows);
				using emitter = new Emitter(compositor.table);
				for (const [y, text] of texts.entries()) drawLine(compositor.chrome, y, text);
				const { grid, rows: dirty } = compositor.compose();
				const bytes = emitter.frame(grid, dirty, null) ?? new Uint8Array();
				expect(foreignSequences(bytes, frameSequences)).toEqual([]);
			}),
			{ numRuns: 200 },
		);
	});
});

function overTheWire(push: RowsPush): RowsPush {
	return decodeRows(encodeRows(push));
}

function outside(terminal: GridTerminal): string[] {
	return Array.from({ length: rows }, (_, y) =>
		outsideOf(
			Array.from({ length: columns }, (_, x) => terminal.cell(x, y).text).map((text) =>
				text === '' ? ' ' : text,
			),
			y,
		),
	);
}

// A row without the cells of the pane.
function outsideOf(line: string | readonly string[], y: number): string {
	const inside = y >= place.y && y < place.y + place.height;
	return Array.from(line)
		.filter((_, x) => !inside || x < place.x || x >= place.x + place.width)
		.join('');
}
