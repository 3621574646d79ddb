// Which cells of a line stand out: what is selected, and wherever stands what was searched for.
import { cellTexts } from '../../terminal/screen-text.ts';
import { matchesIn, type Query, type SearchedLine } from '../../terminal/text-search.ts';
import type { MarkedCells } from '../panes/pane-look.ts';
import { type Selection, selectedCells } from './selection.ts';
import type { StillText } from './still-text.ts';

/** Wrapped lines on either side of one that are looked through for its matches. */
const joinedRows = 20;

export function selectedAt(
	text: StillText,
	selection: Selection,
	line: number,
): MarkedCells[] {
	const row = text.row(line);
	const cells = row && selectedCells(selection, line, cellTexts(row), text.columns);
	return cells ? [{ ...cells, as: 'selected' }] : [];
}

/** With the lines that it was wrapped over, as far as they are seen. */
export function matchesAt(text: StillText, wanted: Query, line: number): MarkedCells[] {
	const lines: SearchedLine[] = [];
	for (let at = line; at > line - joinedRows; at -= 1) {
		const row = text.row(at);
		if (!row) break;
		lines.unshift({ line: at, cells: cellTexts(row), wrapped: row.wrapped });
		if (!row.wrapped) break;
	}
	for (let at = line + 1; at < line + joinedRows; at += 1) {
		const row = text.row(at);
		if (!row?.wrapped) break;
		lines.push({ line: at, cells: cellTexts(row), wrapped: true });
	}
	return [...matchesIn(lines, wanted)]
		.flat()
		.filter((part) => part.line === line)
		.map(({ from, to }) => ({ from, to, as: 'found' as const }));
}
