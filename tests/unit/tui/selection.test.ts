import { describe, expect, test } from 'vitest';
import {
	type Selection,
	SelectionText,
	selectedCells,
	selectedLines,
} from '../../../src/tui/copying/selection.ts';
import { cellsOf } from '../../support/still-lines.ts';

/** What is taken of lines of 8 cells; one that begins with > goes on from the one above. */
function taken(selection: Selection, lines: readonly string[]): string {
	const text = new SelectionText(selection, 8);
	const [from, to] = selectedLines(selection);
	for (let line = from; line <= to; line += 1) {
		const content = lines[line] ?? '';
		const wrapped = content.startsWith('>');
		text.add(line, { cells: cellsOf(wrapped ? content.slice(1) : content), wrapped });
	}
	return text.end();
}

const spot = (line: number, column: number) => ({ line, column });

describe('what is taken of a selection', () => {
	const lines = ['one two   ', 'https://', '>a.b/c', '中文 end'];

	test('is both ends included, whichever was first', () => {
		const by = 'characters';
		const [anchor, cursor] = [spot(0, 4), spot(1, 3)];
		expect(taken({ by, anchor, cursor }, lines)).toBe('two\nhttp');
		expect(taken({ by, anchor: cursor, cursor: anchor }, lines)).toBe('two\nhttp');
	});

	test('is one line where it was wrapped', () => {
		const selection = { by: 'lines', anchor: spot(1, 5), cursor: spot(2, 0) } as const;
		expect(taken(selection, lines)).toBe('https://a.b/c\n');
	});

	test('holds wide characters whole', () => {
		const by = 'characters';
		expect(taken({ by, anchor: spot(3, 1), cursor: spot(3, 2) }, lines)).toBe('中文');
		const selection = { by, anchor: spot(3, 2), cursor: spot(3, 2) } as const;
		expect(selectedCells(selection, 3, cellsOf('中文 end'), 8)).toEqual({
			from: 2,
			to: 4,
		});
	});
});
