import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';
import { chunked, wildOutput } from '../../support/terminal-noise.ts';

function snapshot(emulator: Emulator) {
	const { version: _, ...screen } = emulator.rows(null);
	return { screen, ring: emulator.ring() };
}

/** Bytes at the borders of what is read without the library: cut, wrong, controls, many parameters. */
const border = fc.constantFrom(
	...[
		'a',
		'word ',
		'\r\n',
		'\n',
		'\b',
		'\t',
		'漢',
		'é',
		'🚀',
		'\u0301',
		'\ufeff',
		'\u009b3C',
		'\u0085',
	],
	...[
		'\x7f',
		'\x00',
		'\x07',
		'\x18',
		'\x1b',
		'\x1b[',
		'\x1b[m',
		'\x1b[;m',
		'\x1b[1;31m',
		'\x1b[0m',
	],
	...[
		'\x1b[38;5;200;48;2;1;2;3m',
		'\x1b[4:3m',
		'\x1b[38:2:1:2:3m',
		'\x1b[99999m',
		'\x1b[>4;1m',
	],
	...[`\x1b[${'1;'.repeat(14)}4m`, `\x1b[${';'.repeat(15)}m`, `\x1b[${';'.repeat(40)}7m`],
	...[
		'\x1b[1\n;31m',
		'\x1b[3\x18m',
		'\x1b[2 m',
		'\x1b[K',
		'\x1b[2J',
		'\x1b[3;4H',
		'\x1b]0;t\x07',
	],
	...[
		'\x1b(0',
		'\x1b(B',
		'\x1b[4h',
		'\x1b[4l',
		'\x1b[?7l',
		'\x1b[?7h',
		'\x1b[20h',
		'\x1b[20ha\nb',
		'\x1b[?45h',
		'\x1b[2;4r',
	],
);
const wrongBytes = fc.constantFrom(
	...[
		[0x80],
		[0xc0, 0xaf],
		[0xc2],
		[0xe2, 0x82],
		[0xed, 0xa0, 0x80],
		[0xf0, 0x9f],
		[0xff],
	],
	...[
		[0xe2, 0x28, 0xa1],
		[0xf4, 0x90, 0x80, 0x80],
		[0xe0, 0x80, 0x80],
		[0xf0, 0x80, 0x80, 0x80],
	],
);
const borders = fc
	.array(
		fc.oneof(
			{ weight: 6, arbitrary: border.map((text) => Buffer.from(text)) },
			{ weight: 1, arbitrary: wrongBytes.map((bytes) => Buffer.from(bytes)) },
		),
		{ minLength: 1, maxLength: 60 },
	)
	.map((pieces) => Buffer.concat(pieces));

it.each([40, 7, 2])(
	'usual output at its borders gives the same buffer as the library at width %i, whatever the pieces',
	{ timeout: 240_000 },
	(columns) => {
		fc.assert(
			fc.property(
				borders,
				fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
				(bytes, sizes) => {
					using fast = new Emulator({ columns, rows: 5, scrollback: 9 });
					using library = new Emulator({
						columns,
						rows: 5,
						scrollback: 9,
						fastPrint: false,
					});
					for (const chunk of chunked(bytes, sizes)) fast.write(chunk);
					library.write(bytes);
					// What is only begun is looked at as well: both go on in the same way.
					for (const emulator of [fast, library])
						emulator.write(Buffer.from('x\x1b[1my\x1b\\z'));
					expect(snapshot(fast)).toEqual(snapshot(library));
					expect(fast.faults + library.faults).toBe(0);
				},
			),
			{ numRuns: 400 },
		);
	},
);

it.each([198, 61, 20, 5, 2])(
	'the fast print gives the same buffer as the library at width %i',
	{ timeout: 240_000 },
	(columns) => {
		fc.assert(
			fc.property(
				fc.array(wildOutput, { minLength: 1, maxLength: 6 }),
				fc.constantFrom(3001, 17, 4096, 1),
				(outputs, size) => {
					using fast = new Emulator({ columns, rows: 7, scrollback: 9 });
					using library = new Emulator({
						columns,
						rows: 7,
						scrollback: 9,
						fastPrint: false,
					});
					for (const chunk of chunked(Buffer.concat(outputs), [size])) {
						fast.write(chunk);
						library.write(chunk);
					}
					expect(snapshot(fast)).toEqual(snapshot(library));
				},
			),
			{ numRuns: 60 },
		);
	},
);

/** What a style can be named by, and what is near it. */
const code = fc.oneof(
	fc.integer({ min: 0, max: 110 }),
	fc.constantFrom(38, 48, 2, 5, 0, 22, 39, 49, 58, 255, 256, 9999),
	fc.constantFrom('38;5;7', '48;5;300', '38;2;1;2;3', '48;2;256;300;9999', '', '4'),
);
const style = fc
	.array(code, { maxLength: 9 })
	.map((codes) => `\x1b[${codes.join(';')}m漢x`);

it('any style is set as the library sets it, whatever was set before', () => {
	fc.assert(
		fc.property(fc.array(style, { minLength: 1, maxLength: 12 }), (styles) => {
			const size = { columns: 40, rows: 2 };
			using fast = new Emulator(size);
			using library = new Emulator({ ...size, fastPrint: false });
			for (const emulator of [fast, library])
				emulator.write(Buffer.from(styles.join('')));
			expect(snapshot(fast)).toEqual(snapshot(library));
		}),
		{ numRuns: 1000 },
	);
});
