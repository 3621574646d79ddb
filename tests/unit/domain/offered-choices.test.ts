// What a dialog offers, read off its lines, and what is offered of lines that cannot be told apart: nothing.
import { expect, test } from 'vitest';
import { type ChoicesRule, offeredIn } from '../../../src/domain/offered-choices.ts';

const numbered: ChoicesRule = {
	line: '^(?:(?<mark>❯)| ) (?<number>\\d)\\. (?<label>\\S.*)$',
	last: 'own',
};
const marked: ChoicesRule = {
	line: '^(?:(?<mark>❯)|✓| ) (?<label>\\S.*)$',
	more: '^(\\S.*)$',
	enter: '\r',
};

const down = '\u001b[B';
const up = '\u001b[A';

test('what is numbered is taken by its number, and the last is for words of its own', () => {
	const lines = ['Which?', '❯ 1. Red', '     like fire', '  2. Blue', '  3. Other'];
	expect(offeredIn(numbered, lines.join('\n'))).toEqual({
		choices: [
			{ key: '1', label: 'Red', free: false },
			{ key: '2', label: 'Blue', free: false },
		],
		typed: { keys: { 1: '1', 2: '2' } },
		unmarked: 'Which?\n  1. Red\n     like fire\n  2. Blue\n  3. Other',
	});
});

test('what has no numbers is taken by moving the mark, from where it stands', () => {
	const lines = ['✓ Red', '❯ Blue as the', 'sky', '  Green'].join('\n');
	const offered = offeredIn(marked, lines);
	expect(offered?.choices.map(({ label }) => label)).toEqual([
		...['Red', 'Blue as the sky', 'Green'],
	]);
	expect(offered?.typed).toEqual({ keys: { 1: up, 2: '', 3: down }, enter: '\r' });
});

test.each([
	['the mark is on the last, and what is typed are its words', '  1. A\n❯ 2. Other'],
	[
		'one stands there twice, as a text that is laid out like one',
		'❯ 1. A\n  2. B\n  2. C',
	],
	['the first do not show', '❯ 3. A\n  4. B\n  5. C'],
	['nothing is marked', '  1. A\n  2. B\n  3. C'],
	['two are marked', '❯ 1. A\n❯ 2. B\n  3. C'],
	['there is but the last', '❯ 1. Other'],
	['there is none', 'Which?'],
	[
		'there are more than digits',
		'❯ 1. A\n'.concat(...'23456789'.split('').map((n) => `  ${n}. B\n`), '  1. C'),
	],
])('nothing is offered where %s', (_, text) => {
	expect(offeredIn(numbered, text)).toBeNull();
});

test('wherever the mark stands it is the same dialog', () => {
	const [one, other] = ['❯ A\n  B', '✓ A\n❯ B'].map((text) => offeredIn(marked, text));
	expect(one?.unmarked).toBe(other?.unmarked);
});
