import { array, assert, integer, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { textWidth } from '../../../src/lib/cell-width.ts';
import { fitText } from '../../../src/lib/fit-text.ts';
import {
	fitLine,
	lineWidth,
	padText,
	span,
	spread,
	wrapText,
} from '../../../src/tui/paint/spans.ts';

const words = string({ unit: 'grapheme', maxLength: 40 });

test('a fitted text takes no more cells than it may, a padded one exactly as many', () => {
	assert(
		property(words, integer({ min: 1, max: 50 }), (text, width) => {
			expect(textWidth(fitText(text, width))).toBeLessThanOrEqual(width);
			expect(textWidth(padText(text, width))).toBe(width);
		}),
	);
});

test('a spread line takes exactly its width, a fitted one no more', () => {
	const line = array(
		words.map((text) => span(text)),
		{ maxLength: 5 },
	);
	assert(
		property(line, line, integer({ min: 1, max: 60 }), (left, right, width) => {
			expect(lineWidth(fitLine(left, width))).toBeLessThanOrEqual(width);
			expect(lineWidth(spread(left, right, width))).toBe(width);
		}),
	);
});

test('text is broken at blanks, and within a word only where it must be', () => {
	expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
	expect(wrapText('abcdefgh ij', 4)).toEqual(['abcd', 'efgh', 'ij']);
	expect(wrapText('a\n\nb', 4)).toEqual(['a', '', 'b']);
});
