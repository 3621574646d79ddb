import { describe, expect, test } from 'vitest';
import * as motions from '../../../src/tui/copying/copy-motions.ts';
import { textOf } from '../../support/still-lines.ts';

const lines = ['const x = foo(bar);', '', '  return 中文 ok', 'last'];
const text = textOf(lines);

/** The spots that a motion comes by, until it stands still. */
function way(motion: motions.Motion, line: number, column: number): string[] {
	const spots: string[] = [];
	let at = { line, column };
	for (;;) {
		const to = motion(text, at);
		if (to.line === at.line && to.column === at.column) return spots;
		spots.push(`${to.line},${to.column}`);
		at = to;
	}
}

describe('motions of copy mode', () => {
	test('w goes to each word and each empty line', () => {
		const first = ['0,6', '0,8', '0,10', '0,13', '0,14', '0,17'];
		const rest = ['1,0', '2,2', '2,9', '2,14', '3,0'];
		expect(way(motions.nextWord, 0, 0).slice(0, -1)).toEqual([...first, ...rest]);
	});

	test('b goes the same way back', () => {
		const back = ['2,14', '2,9', '2,2', '1,0', '0,17', '0,14', '0,13', '0,10', '0,8'];
		expect(way(motions.wordBefore, 3, 0)).toEqual([...back, '0,6', '0,0']);
	});

	test('e goes to the ends of words, past empty lines', () => {
		const ends = ['0,4', '0,6', '0,8', '0,12', '0,13', '0,16', '0,18', '2,7', '2,11'];
		expect(way(motions.wordEnd, 0, 0)).toEqual([...ends, '2,15', '3,3']);
	});

	test('h and l never stand in the middle of a wide character', () => {
		expect(way(motions.right, 2, 8)).toEqual(['2,9', '2,11', '2,13', '2,14', '2,15']);
		expect(way(motions.left, 2, 13)).toContain('2,9');
		expect(way(motions.left, 2, 13)).not.toContain('2,10');
		expect(motions.settled(text, { line: 2, column: 12 })).toEqual({
			line: 2,
			column: 11,
		});
	});

	test('braces go to empty lines and to the ends of the text', () => {
		expect(way(motions.nextParagraph, 0, 3)).toEqual(['1,0', '3,0']);
		expect(way(motions.paragraphBefore, 3, 2)).toEqual(['1,0', '0,0']);
	});

	test('lines are kept within the text, columns within the line', () => {
		expect(motions.byLines(-5)(text, { line: 2, column: 9 })).toEqual({
			line: 0,
			column: 9,
		});
		expect(motions.settled(text, { line: 9, column: 90 })).toEqual({
			line: 3,
			column: 3,
		});
		expect(motions.toLineEnd(text, { line: 1, column: 0 })).toEqual({
			line: 1,
			column: 0,
		});
	});
});
