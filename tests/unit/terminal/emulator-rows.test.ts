import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScreenRow } from '../../../src/protocol/rows.ts';
import { Emulator, type EmulatorRows } from '../../../src/terminal/emulator.ts';
import { chunked, wildOutput } from '../../support/terminal-noise.ts';

/** Properties have many runs; a busy machine takes its time. */
const slow = { timeout: 240_000 };
const encode = (text: string) => new TextEncoder().encode(text);

/** What a client keeps: the rows of the pushes it got. */
class Client {
	version: number | null = null;
	rows: (ScreenRow | undefined)[] = [];
	view: Omit<EmulatorRows, 'changed' | 'full'> | undefined;

	pull(emulator: Emulator): EmulatorRows {
		const push = emulator.rows(this.version);
		if (push.full) this.rows = [];
		for (const row of push.changed) this.rows[row.row] = row;
		this.version = push.version;
		const { changed: _, full: __, ...view } = push;
		this.view = view;
		return push;
	}
}

function expectEqual(client: Client, emulator: Emulator): void {
	const { changed, full: _, ...view } = emulator.rows(null);
	expect(client.rows).toEqual(changed);
	expect(client.view).toEqual(view);
}

const action = fc.oneof(
	{ weight: 8, arbitrary: wildOutput },
	{
		weight: 1,
		arbitrary: fc.record({
			columns: fc.integer({ min: 2, max: 40 }),
			rows: fc.integer({ min: 1, max: 14 }),
		}),
	},
);

describe.each(['exact', 'public'] as const)('rows of the %s engine', (engine) => {
	it('add up to the whole screen, whatever was printed between two pulls', slow, () => {
		fc.assert(
			fc.property(fc.array(action, { minLength: 1, maxLength: 12 }), (actions) => {
				using emulator = new Emulator({ columns: 24, rows: 8, scrollback: 6, engine });
				const client = new Client();
				for (const step of actions) {
					if (step instanceof Uint8Array) emulator.write(step);
					else emulator.resize(step.columns, step.rows);
					client.pull(emulator);
					expectEqual(client, emulator);
				}
				expect(emulator.faults).toBe(0);
			}),
			{ numRuns: engine === 'exact' ? 120 : 20 },
		);
	});
});

describe('rows', () => {
	it('sends only the rows that changed', () => {
		using emulator = new Emulator({ columns: 20, rows: 10 });
		const client = new Client();
		client.pull(emulator);
		emulator.write(encode('\x1b[3;1Hthree'));
		client.pull(emulator);
		emulator.write(encode('\x1b[9;1Hnine'));
		expect(client.pull(emulator).changed.map((row) => row.row)).toEqual([2, 8]);
	});

	it('sends no row and grows no version where nothing is to be seen', () => {
		using emulator = new Emulator({ columns: 20, rows: 4 });
		const before = emulator.version;
		let changes = 0;
		emulator.onChange.on(() => {
			changes += 1;
		});
		emulator.write(encode('\x1b]2;title\x07\x1b[c'));
		expect(emulator.version).toBe(before);
		expect(changes).toBe(0);
	});

	it('tells a cursor that moved without sending its text again', () => {
		using emulator = new Emulator({ columns: 20, rows: 4 });
		const version = emulator.version;
		emulator.write(encode('\t'));
		const push = emulator.rows(version);
		expect(push.changed).toEqual([]);
		expect(push.cursorColumn).toBe(8);
	});

	it('gives a full set for a version that it never had', () => {
		using emulator = new Emulator({ columns: 20, rows: 4 });
		expect(emulator.rows(emulator.version + 10).full).toBe(true);
		expect(emulator.rows(null).changed).toHaveLength(4);
		expect(emulator.rows(emulator.version).full).toBe(false);
	});

	it('carries clusters, underline styles and links', () => {
		using emulator = new Emulator({ columns: 40, rows: 2 });
		emulator.write(
			encode(
				'👩‍💻\x1b[4:3;58;2;1;2;3mu\x1b[m\x1b]8;;https://example.com/x\x1b\\ab\x1b]8;;\x1b\\' +
					'\x1b]8;;javascript:alert(1)\x1b\\c\x1b]8;;\x1b\\',
			),
		);
		const [row] = emulator.rows(null).changed;
		expect(row?.clusters).toEqual([[0, '👩‍💻']]);
		expect(row?.underlines).toEqual([{ column: 2, style: 3, colour: 0x3010203 }]);
		expect(row?.links).toEqual([
			[3, 'https://example.com/x'],
			[4, 'https://example.com/x'],
		]);
		expect((row?.cells[0] ?? 0) >>> 22).toBe(2);
		expect((row?.cells[3] ?? 0) >>> 22).toBe(0);
	});

	it('blanks the screen where a program sets the width, as terminals do that let it', () => {
		using emulator = new Emulator({ columns: 20, rows: 3 });
		emulator.write(encode('one\x1b[2;3r\x1b[?3h'));
		expect(emulator.text()).toEqual(['one', '', '']);
		emulator.write(encode('\x1b[?40h\x1b[?3ltwo\n\n\nthree'));
		expect(emulator.columns).toBe(20);
		expect(emulator.text()).toEqual(['', '', '   three']);
	});

	it('tells of the line below that an erasure up to the last column unwraps', () => {
		using emulator = new Emulator({ columns: 4, rows: 3 });
		emulator.write(encode('one\r\ntwo\r\nabcdefgh'));
		const { version, changed } = emulator.rows(null);
		expect(changed.map(({ wrapped }) => wrapped)).toEqual([false, false, true]);
		emulator.write(encode('\x1b[2;4H\x1b[1J'));
		const after = emulator.rows(version).changed;
		expect(after.map(({ row, wrapped }) => [row, wrapped])).toEqual([
			[0, false],
			[1, false],
			[2, false],
		]);
		expect(emulator.text()).toEqual(['', '', 'efgh']);
	});

	it('counts every line above the screen, kept or not', () => {
		using emulator = new Emulator({ columns: 10, rows: 3, scrollback: 5 });
		for (let line = 0; line < 100; line += 1) emulator.write(encode(`line ${line}\r\n`));
		expect(emulator.scrollback).toBe(98);
		expect(emulator.trimmed).toBe(93);
		expect(emulator.ring()[0]?.row).toBe(93);
	});
});

describe('chunks', () => {
	it('change nothing: every way to cut the bytes gives the same screen', slow, () => {
		fc.assert(
			fc.property(
				fc.array(wildOutput, { minLength: 1, maxLength: 4 }),
				fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 9 }),
				(outputs, sizes) => {
					// Without wrapping the library's print depends on where it starts.
					const bytes = Buffer.concat(outputs.filter((some) => !some.includes('[?7l')));
					using whole = new Emulator({ columns: 24, rows: 8, scrollback: 6 });
					using cut = new Emulator({ columns: 24, rows: 8, scrollback: 6 });
					whole.write(bytes);
					for (const chunk of chunked(bytes, sizes)) cut.write(chunk);
					expect(cut.rows(null).changed).toEqual(whole.rows(null).changed);
					expect(cut.ring()).toEqual(whole.ring());
					expect(cut.scrollback).toBe(whole.scrollback);
				},
			),
			{ numRuns: 120 },
		);
	});

	it('may end inside a character whose second byte is 0x80', () => {
		using emulator = new Emulator({ columns: 10, rows: 1 });
		for (const byte of encode('a—b')) emulator.write(Uint8Array.of(byte));
		expect(emulator.text()).toEqual(['a—b']);
	});
});
