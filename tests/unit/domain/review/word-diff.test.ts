import { describe, expect, test } from 'vitest';
import type { HunkLine, HunkSign } from '../../../../src/domain/review/hunk.ts';
import { changedWords } from '../../../../src/domain/review/word-diff.ts';

/** Each line with its changed words in brackets. */
function marked(...texts: readonly string[]): string[] {
	const lines = texts.map((text): HunkLine => {
		return { sign: text[0] as HunkSign, text: text.slice(1) };
	});
	return changedWords(lines).map((words, at) => {
		const { text = '' } = lines[at] ?? {};
		return words
			.toReversed()
			.reduce(
				(said, { from, to }) =>
					`${said.slice(0, from)}[${said.slice(from, to)}]${said.slice(to)}`,
				text,
			);
	});
}

describe('the words of a changed line', () => {
	test('that are other ones are told, on both sides', () => {
		expect(marked('-\tconst t = sign(u);', '+\tconst t = await sign(u, key);')).toEqual([
			'\tconst t = sign(u);',
			'\tconst t = [await ]sign(u[, key]);',
		]);
		expect(marked('-a one b two c', '+a 1 b 2 c')).toEqual([
			'a [one] b [two] c',
			'a [1] b [2] c',
		]);
	});

	test('are compared line by line, and lines without a counterpart have none', () => {
		expect(
			marked(' x', '-let a = 1', '-let b = 1', '+let a = 2', ' y', '+let c'),
		).toEqual(['x', 'let a = [1]', 'let b = 1', 'let a = [2]', 'y', 'let c']);
		expect(marked('+let a = 2', '-let a = 1')).toEqual(['let a = 2', 'let a = 1']);
	});

	test('are not told of two lines that have little in common', () => {
		expect(marked('-import { a } from "b";', '+return 42 + 17;')).toEqual([
			'import { a } from "b";',
			'return 42 + 17;',
		]);
		expect(marked('-', '+  ')).toEqual(['', '  ']);
	});

	test('are whole characters, and of very long lines one stretch', () => {
		expect(marked('-say 👍🏽 loud', '+say 👎🏽 loud')).toEqual([
			'say [👍🏽] loud',
			'say [👎🏽] loud',
		]);
		const long = (word: string) => `${'a '.repeat(2000)}${word}${' b'.repeat(2000)}`;
		const [before] = marked(`-${long('one')}`, `+${long('two')}`);
		expect(before).toBe(long('[one]'));
		const mixed = (word: string) => Array.from({ length: 400 }, () => word).join(' x ');
		const started = performance.now();
		marked(`-${mixed('p')}`, `+${mixed('q')}`);
		expect(performance.now() - started).toBeLessThan(5000);
	});
});
