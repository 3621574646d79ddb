import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';
import { wildOutput } from '../../support/terminal-noise.ts';

function everything(emulator: Emulator) {
	const { version: _, ...screen } = emulator.rows(null);
	return { screen, ring: emulator.ring(), scrollback: emulator.scrollback };
}

function restored(emulator: Emulator): Emulator {
	return Emulator.fromCheckpoint(emulator.checkpoint() ?? new Uint8Array());
}

const outputs = fc.array(wildOutput, { minLength: 1, maxLength: 4 });
const size = fc.record({
	columns: fc.integer({ min: 2, max: 40 }),
	rows: fc.integer({ min: 1, max: 12 }),
});

describe('a checkpoint', () => {
	it('goes on as the terminal does that it was taken of', { timeout: 240_000 }, () => {
		fc.assert(
			fc.property(outputs, outputs, fc.option(size), (before, after, change) => {
				using emulator = new Emulator({ columns: 24, rows: 8, scrollback: 6 });
				for (const bytes of before) emulator.write(bytes);
				// Between two sequences, as the recorder takes it.
				emulator.write(Buffer.from('\x1b\\'));
				using later = restored(emulator);
				expect(everything(later)).toEqual(everything(emulator));
				for (const one of [emulator, later])
					if (change) one.resize(change.columns, change.rows);
				for (const bytes of after) for (const one of [emulator, later]) one.write(bytes);
				expect(everything(later)).toEqual(everything(emulator));
			}),
			{ numRuns: 200 },
		);
	});

	it.each([
		['tab stops', '\x1b[3g\x1b[5G\x1bH\r', '\tx'],
		['the saved cursor', '\x1b[3;7H\x1b7\x1b[H', '\x1b8x'],
		['the scroll region', '\x1b[2;4r', '\x1b[4;1Ha\r\nb\r\nc'],
		['the character set', '\x1b(0', 'qqq'],
		['the other character set', '\x1b)0', '\x0eqqq'],
		['what the next character joins', 'e', '\u0301x'],
		['the origin mode', '\x1b[2;4r\x1b[?6h', '\x1b[1;1Hx'],
		['the insert mode', 'abc\r\x1b[4h', 'x'],
		['the new line mode', '\x1b[20h', 'a\nb'],
		['the style and the link', '\x1b[1;4:3m\x1b]8;;https://a.b\x1b\\', 'x'],
		['a wrap that waits', 'a'.repeat(24), 'x'],
	])('keeps %s', (_, before, after) => {
		using emulator = new Emulator({ columns: 24, rows: 8 });
		emulator.write(Buffer.from(before));
		using later = restored(emulator);
		for (const one of [emulator, later]) one.write(Buffer.from(after));
		expect(everything(later)).toEqual(everything(emulator));
	});

	it('keeps modes, the cursor and the keyboard flags', () => {
		using emulator = new Emulator({ columns: 24, rows: 8 });
		emulator.write(
			Buffer.from(
				'\x1b[?1049h\x1b[>7u\x1b[?25l\x1b[5 q\x1b[?1003h\x1b[?1006h\x1b[?2004h',
			),
		);
		using later = restored(emulator);
		const { modes, kittyFlags, cursorShape } = emulator.rows(null);
		expect(later.rows(null)).toMatchObject({ modes, kittyFlags, cursorShape });
		expect({ kittyFlags, cursorShape }).toEqual({ kittyFlags: 7, cursorShape: 3 });
	});

	it('within a string swallows the rest of it', () => {
		for (const start of ['\x1b]2;ti', '\x1bPqab', '\x1b_G', '\x1b[12']) {
			using emulator = new Emulator({ columns: 24, rows: 8 });
			emulator.write(Buffer.from(start));
			expect(emulator.settled).toBe(false);
			using later = restored(emulator);
			later.write(Buffer.from(start === '\x1b[12' ? '3mshown' : 'tle\x1b\\shown'));
			expect(later.text()[0]).toBe('shown');
		}
	});

	it('cannot be had of the public engine', () => {
		using emulator = new Emulator({ columns: 24, rows: 8, engine: 'public' });
		expect(emulator.checkpoint()).toBeNull();
	});

	it('that is damaged throws', () => {
		using emulator = new Emulator({ columns: 24, rows: 8 });
		const bytes = emulator.checkpoint() ?? new Uint8Array();
		expect(() => Emulator.fromCheckpoint(bytes.subarray(0, 30))).toThrow(/JSON/);
		expect(() => Emulator.fromCheckpoint(new Uint8Array(100))).toThrow('no checkpoint');
	});
});
