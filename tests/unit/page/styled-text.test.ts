import { array, assert, constantFrom, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	cut,
	encode,
	type Span,
	span,
	widthOf,
	wrap,
} from '../../../src/page/styled-text.ts';

const textOf = (line: readonly Span[]) => line.map(({ text }) => text).join('');
const wrapped = (text: string, width: number) => wrap([span(text)], width).map(textOf);

describe('wrap', () => {
	it('breaks between words and drops the blank at the break', () => {
		expect(wrapped('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
	});

	it('breaks a word that is wider than the line', () => {
		expect(wrapped('a abcdefghij b', 4)).toEqual(['a', 'abcd', 'efgh', 'ij b']);
	});

	it('keeps a word whole that changes its style', () => {
		const lines = wrap([span('say '), span('bold', 'strong'), span('ly now')], 8);
		expect(lines.map(textOf)).toEqual(['say', 'boldly', 'now']);
	});

	it('counts two cells for wide characters', () => {
		expect(wrapped('日本語 text', 6)).toEqual(['日本語', 'text']);
		expect(wrapped('日本語', 4)).toEqual(['日本', '語']);
	});

	it('lets an indent give way to a word that fills the line', () => {
		expect(wrapped('  abcdefg', 8)).toEqual([' abcdefg']);
	});

	it('never makes a line too wide and loses no letter', () => {
		const spans = array(
			string().chain((text) => constantFrom<Span[]>(span(text), span(text, 'code'))),
		);
		assert(
			property(spans, integer({ min: 4, max: 40 }), (text, width) => {
				const lines = wrap(text, width);
				for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
				const letters = (value: string) => value.replaceAll(/\s/gu, '');
				expect(letters(lines.map(textOf).join(''))).toBe(letters(textOf(text)));
			}),
		);
	});
});

describe('cut', () => {
	it('marks what it cut off', () => {
		expect(textOf(cut([span('abc'), span('def', 'bad')], 5))).toBe('abcd…');
		expect(textOf(cut([span('abc')], 3))).toBe('abc');
		expect(textOf(cut([span('日本語')], 4))).toBe('日…');
	});
});

describe('encode', () => {
	it('colours by meaning, and not at all where that is not wanted', () => {
		expect(encode([span('a'), span('b', 'good')], 'colour')).toBe(
			'a\u001b[32mb\u001b[0m',
		);
		expect(encode([span('b', 'good')], 'mono')).toBe('b');
		expect(encode([span('b', 'strong')], 'mono')).toBe('\u001b[1mb\u001b[0m');
		expect(encode([span('b', 'strong')], 'none')).toBe('b');
	});
});
