// What programs print, and what hostile ones do, as arbitraries: pieces of text, styles, movements,
// erasures, scrolls, regions, modes, screens, links, resets.
import * as fc from 'fast-check';

const esc = '\x1b';

const words = fc.constantFrom(
	'a',
	'hello world ',
	'0123456789012345678901234567890123456789',
	'中文',
	'한국어 ',
	'🚀',
	'👩‍💻',
	'👨‍👩‍👧‍👦',
	'⚠️',
	'1️⃣',
	'🇩🇪',
	'e\u0301',
	'x\u0301\u0302\u0303',
	'देव',
	'\u200d',
	'\u0301',
	'\u0600a',
	'─│┌',
	'—',
	' ',
	'\t',
);

const lineEnds = fc.constantFrom('\r\n', '\n', '\r', '\b', '\r\n\r\n');
const small = fc.integer({ min: 0, max: 30 });
const final = fc.constantFrom(...Array.from('@ABCDEFGHIJKLMPSTXZ`abdefg'));
const counted = fc
	.tuple(small, final)
	.map(([count, letter]) => `${esc}[${count}${letter}`);
const place = fc.tuple(small, small).map(([row, column]) => `${esc}[${row};${column}H`);
const region = fc.tuple(small, small).map(([top, end]) => `${esc}[${top};${end}r`);
const style = fc
	.constantFrom(
		'0',
		'1',
		'2;3',
		'4',
		'4:3',
		'4:2;58;5;3',
		'4:3;58:2::1:2:3',
		'59',
		'7',
		'9',
		'24',
		'27',
		'31',
		'42',
		'38;5;200',
		'48;2;1;2;3',
		'38;2;9;8;7',
		'39;49',
	)
	.map((code) => `${esc}[${code}m`);
const mode = fc
	.tuple(
		fc.constantFrom(
			'?6',
			'?7',
			'?25',
			'?45',
			'?47',
			'?1049',
			'?1047',
			'?2004',
			'4',
			'?1',
		),
		fc.constantFrom('h', 'l'),
	)
	.map(([number, letter]) => `${esc}[${number}${letter}`);
const rare = fc.constantFrom(
	`${esc}7`,
	`${esc}8`,
	`${esc}D`,
	`${esc}E`,
	`${esc}M`,
	`${esc}H`,
	`${esc}#8`,
	`${esc}(0`,
	`${esc}(B`,
	`${esc})0`,
	'\x0e',
	'\x0f',
	`${esc}[!p`,
	`${esc}[2J`,
	`${esc}[3J`,
	`${esc}[1J`,
	`${esc}[?2J`,
	`${esc}[3 @`,
	`${esc}[2 A`,
	`${esc}[2'}`,
	`${esc}[2'~`,
	`${esc}[1"q`,
	`${esc}[5 q`,
	`${esc}[>5u`,
	`${esc}[<u`,
	`${esc}]8;;https://example.com/a${esc}\\`,
	`${esc}]8;id=1;https://example.com/b${esc}\\`,
	`${esc}]8;;${esc}\\`,
	`${esc}]2;title${esc}\\`,
	`${esc}]133;A\x07`,
	'\x07',
);
const reset = fc.constant(`${esc}c`);
const garbage = fc
	.uint8Array({ maxLength: 12 })
	.map((bytes) => Buffer.from(bytes).toString('latin1'));

/** One piece of output. */
export const piece: fc.Arbitrary<string> = fc.oneof(
	{ weight: 12, arbitrary: words },
	{ weight: 6, arbitrary: lineEnds },
	{ weight: 3, arbitrary: style },
	{ weight: 3, arbitrary: place },
	{ weight: 4, arbitrary: counted },
	{ weight: 1, arbitrary: region },
	{ weight: 1, arbitrary: mode },
	{ weight: 2, arbitrary: rare },
	{ weight: 1, arbitrary: garbage },
);

/** Output of a program that prints line by line, without resets of the whole terminal. */
export const output = fc
	.array(piece, { minLength: 1, maxLength: 60 })
	.map((pieces) => Buffer.from(pieces.join('')));

/** The same with hard resets among it. */
export const wildOutput = fc
	.array(fc.oneof({ weight: 30, arbitrary: piece }, { weight: 1, arbitrary: reset }), {
		minLength: 1,
		maxLength: 60,
	})
	.map((pieces) => Buffer.from(pieces.join('')));

const parameter = fc.constantFrom(
	'',
	'0',
	'1',
	'2',
	'24',
	'80',
	'9999',
	'2147483647',
	'4:3',
);
const anyCsi = fc
	.tuple(
		fc.constantFrom('', '', '?', '>', '=', '<'),
		fc.array(parameter, { maxLength: 4 }),
		fc.constantFrom('', '', ' ', '!', '"', '$', "'", '#', '*'),
		fc.integer({ min: 0x40, max: 0x7e }),
	)
	.map(
		([prefix, parameters, middle, letter]) =>
			`${esc}[${prefix}${parameters.join(';')}${middle}${String.fromCharCode(letter)}`,
	);
const anyEscape = fc
	.tuple(
		fc.constantFrom('', '(', ')', '*', '#', '%', '-'),
		fc.integer({ min: 0x30, max: 0x7e }),
	)
	.map(([middle, letter]) => `${esc}${middle}${String.fromCharCode(letter)}`);
const anyString = fc
	.tuple(
		fc.constantFrom(']', 'P', '_', '^', 'X'),
		fc.constantFrom(
			'0;t',
			'4;1;?',
			'8;id=a;http://b',
			'10;?;?',
			'$qm',
			'+q41',
			'q#0',
			'1337;x',
		),
		fc.constantFrom('\x07', `${esc}\\`, '\x18', ''),
	)
	.map(([start, body, end]) => `${esc}${start}${body}${end}`);

/** Every form of sequence there is, known or not. */
export const anyOutput = fc
	.array(fc.oneof(piece, anyCsi, anyCsi, anyEscape, anyString), {
		minLength: 1,
		maxLength: 80,
	})
	.map((pieces) => Buffer.from(pieces.join('')));

/** Plain lines, enough of them to scroll. */
export const lines = fc
	.array(fc.oneof(words, style), { maxLength: 8 })
	.map((parts) => Buffer.from(`${parts.join('')}\r\n`));

/** `bytes` in pieces of the given sizes, over and over. */
export function chunked(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
	const chunks: Uint8Array[] = [];
	for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
		const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
		chunks.push(bytes.subarray(at, at + size));
		at += size;
	}
	return chunks;
}
