import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesIn, type Query } from '../../../src/terminal/text-search.ts';
import { cellsOf } from '../../support/still-lines.ts';

/** The matches as `line:from-to`, parts joined by +; a line that begins with > was wrapped. */
function found(lines: readonly string[], text: string, ignoreCase = false): string[] {
	const query: Query = { text, ignoreCase };
	const searched = lines.map((content, line) => {
		const wrapped = content.startsWith('>');
		return { line, cells: cellsOf(wrapped ? content.slice(1) : content), wrapped };
	});
	return Array.from(matchesIn(searched, query), (match) =>
		match.map(({ line, from, to }) => `${line}:${from}-${to}`).join('+'),
	);
}

test('a text is found wherever it stands, in the cells that it covers', () => {
	expect(found(['one two', '', 'two two'], 'two')).toEqual(['0:4-7', '2:0-3', '2:4-7']);
	expect(found(['中文 中文'], '文')).toEqual(['0:2-4', '0:7-9']);
	expect(found(['a.b (a+)+$ a+b'], 'a+')).toEqual(['0:5-7', '0:11-13']);
});

test('what was wrapped is one line', () => {
	expect(found(['abcd', '>efgh', '>ij'], 'cdefghi')).toEqual(['0:2-4+1:0-4+2:0-1']);
	expect(found(['abcd', 'efgh'], 'de')).toEqual([]);
});

test('small letters find large ones where they are to', () => {
	expect(found(['Needle'], 'needle', true)).toEqual(['0:0-6']);
	expect(found(['Needle'], 'needle')).toEqual([]);
	// Its small form is longer than itself: the cells are right all the same.
	expect(found(['\u0130x needle'], 'needle', true)).toEqual(['0:3-9']);
});

test('it is what a search in the joined text finds', () => {
	const line = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 12 });
	const word = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 });
	fc.assert(
		fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), word, (lines, text) => {
			const one = lines.map((part, at) => (at === 0 ? part : `>${part}`));
			expect(found(one, text)).toHaveLength(lines.join('').split(text).length - 1);
		}),
	);
});
