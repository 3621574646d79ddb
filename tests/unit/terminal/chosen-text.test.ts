// Answers go into the program's own input: if they carried text that it chose, a file that is shown
// (`cat`) could type into the shell that shows it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';
import { mayTellMode } from '../../../src/terminal/told-modes.ts';

const esc = '\x1b';
const soak = process.env['WEIR_SOAK'] === '1';
const runs = soak ? 200_000 : 3_000;
/** The same questions in every run of the tests, others in each soak. */
const seeded = soak ? {} : { seed: 2026 };

/** So many bytes in a row that a program chose are a word; fewer are a number of a row or a colour. */
const wordLength = 4;

interface Question {
	readonly text: string;
	/** What of it the program chose, in pieces that no separator divides. */
	readonly chosen: readonly string[];
}

const number = fc.oneof(
	fc.constantFrom('', '0', '1', '5', '6', '11', '18', '21', '996', '2026', '2004'),
	fc.integer({ min: 1000, max: 2_147_483_647 }).map(String),
	fc.bigInt({ min: 10n ** 10n, max: 10n ** 30n }).map(String),
);
const word = fc.oneof(
	fc.stringMatching(/^[GHIJKLMNOPQSTUVWXYZ]{4,40}$/),
	fc.stringMatching(/^[0-9A-F]{6,40}$/),
	fc.stringMatching(/^[ -~]{4,60}$/),
	fc.constantFrom(
		'echo pwned',
		'rm -rf ~',
		'\r\nid\r\n',
		'544e',
		'?',
		'm',
		'r',
		' q',
		'"p',
	),
	fc.constantFrom('S0VZTE9HR0VS', 'http://evil.example/x', 'file:///etc/passwd'),
);
const prefix = fc.constantFrom('', '?', '>', '=', '<');
const middle = fc.constantFrom('', ' ', '!', '"', '$', "'", '*', '+', '#');
const final = fc
	.integer({ min: 0x40, max: 0x7e })
	.map((code) => String.fromCharCode(code));
const csi: fc.Arbitrary<Question> = fc
	.tuple(prefix, fc.array(number, { maxLength: 4 }), middle, final)
	.map(([first, numbers, between, last]) => ({
		text: `${esc}[${first}${numbers.join(';')}${between}${last}`,
		chosen: numbers,
	}));
const asked: fc.Arbitrary<Question> = fc
	.tuple(
		fc.constantFrom(...Array.from('cnptuxqRSTm$')),
		number,
		prefix,
		fc.constantFrom('', '$', '*'),
	)
	.map(([last, first, before, between]) => ({
		text: `${esc}[${before}${first}${between}${last}`,
		chosen: [first],
	}));
const end = fc.constantFrom('\x07', `${esc}\\`, '\x9c');
const osc: fc.Arbitrary<Question> = fc
	.tuple(
		fc.constantFrom(...[0, 1, 2, 4, 5, 7, 8, 9, 10, 11, 12, 13, 17, 21, 22, 50, 52]),
		fc.constantFrom(...[60, 66, 99, 104, 110, 133, 176, 633, 697, 777, 1337, 5522, 7501]),
		fc.boolean(),
		fc.array(fc.oneof(word, fc.constant('?'), number), { minLength: 1, maxLength: 4 }),
		end,
	)
	.map(([usual, rare, isUsual, words, last]) => ({
		text: `${esc}]${isUsual ? usual : rare};${words.join(';')}${last}`,
		chosen: words.flatMap((one) => one.split(';')),
	}));
const dcs: fc.Arbitrary<Question> = fc
	.tuple(
		fc.constantFrom('$q', '+q', '>|', '!|', 'q', '$t', '+p', '=1s', '1$r', '{', '|'),
		fc.array(word, { minLength: 1, maxLength: 3 }),
		end,
	)
	.map(([start, words, last]) => ({
		text: `${esc}P${start}${words.join(';')}${last}`,
		chosen: words.flatMap((one) => one.split(';')),
	}));
const other: fc.Arbitrary<Question> = fc
	.tuple(fc.constantFrom('_G', '_', '^', 'X', 'Z', 'k'), word, end)
	.map(([start, text, last]) => ({
		text: `${esc}${start}${text}${last}`,
		chosen: [text],
	}));
const mode = fc.tuple(fc.constantFrom('?', ''), fc.nat({ max: 9999 })).map(
	([first, which]): Question => ({
		text: `${esc}[${first}${which}$p`,
		chosen: mayTellMode(which) ? [] : [String(which)],
	}),
);
const questions = fc.array(fc.oneof(csi, asked, osc, dcs, other, mode), {
	minLength: 1,
	maxLength: 8,
});

describe('an answer', () => {
	it.each(['exact', 'public'] as const)(
		'carries no text that the program chose, and ends no line (%s)',
		{ timeout: 600_000 },
		(engine) => {
			const numRuns = engine === 'exact' ? runs : runs / 10;
			let answered = 0;
			fc.assert(
				fc.property(questions, (all) => {
					const replies = answersTo(all.map(({ text }) => text).join(''), engine);
					answered += replies.length;
					for (const reply of replies) {
						expect(reply).not.toMatch(/[\r\n]/);
						expect(reply.length).toBeLessThanOrEqual(256);
						for (const word of wordsOf(all)) expect(reply).not.toContain(word);
					}
				}),
				{ numRuns, ...seeded },
			);
			// A test of silence would prove nothing.
			expect(answered).toBeGreaterThan(numRuns / 20);
		},
	);

	it('is given to a mode of four digits only where some terminal has it', () => {
		expect(answersTo(`${esc}[?2030$p`, 'exact')).toEqual([`${esc}[?2030;0$y`]);
		expect(answersTo(`${esc}[?4711$p`, 'exact')).toEqual([]);
		expect(answersTo(`${esc}[4711$p`, 'exact')).toEqual([]);
		expect(answersTo(`${esc}[?471$p`, 'exact')).toEqual([`${esc}[?471;0$y`]);
	});
});

function answersTo(text: string, engine: 'exact' | 'public'): string[] {
	using emulator = new Emulator({ columns: 80, rows: 24, engine });
	const replies: string[] = [];
	emulator.onReply.on((reply) => replies.push(reply));
	emulator.write(Buffer.from(text, 'latin1'));
	return replies;
}

/** What answers say of themselves: names, colours of the theme, numbers of modes. */
const own = [
	...Array.from({ length: 256 }, (_, index) => `${esc}]4;${index};?\x07`),
	...[10, 11, 12].map((code) => `${esc}]${code};?\x07`),
	...Array.from({ length: 10_000 }, (_, mode) => mode)
		.filter((mode) => mode >= 1000 && mayTellMode(mode))
		.map((mode) => `${esc}[?${mode}$p`),
	...[`${esc}[>q`, `${esc}]7501;?\x07`],
]
	.flatMap((question) => answersTo(question, 'exact'))
	.join('');

function wordsOf(all: readonly Question[]): string[] {
	const words = all.flatMap(({ chosen }) => chosen).filter((one) => !own.includes(one));
	return words.flatMap((one) =>
		Array.from({ length: Math.max(0, one.length - wordLength + 1) }, (_, at) =>
			one.slice(at, at + wordLength),
		).filter((part) => !own.includes(part)),
	);
}
