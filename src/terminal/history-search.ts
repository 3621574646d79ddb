// What a search asks of the lines above a screen, and how one stretch of them answers it.
import type { ScreenRow } from '../protocol/rows.ts';
import { cellTexts } from './screen-text.ts';
import { matchesIn, type Query } from './text-search.ts';

export interface SearchRequest extends Query {
	/** The directory of one recording. */
	readonly directory: string;
	/** Where it begins: downwards with this cell, upwards with the one before. */
	readonly from: { readonly line: number; readonly column: number };
	readonly direction: 'up' | 'down';
	/** As in `HistoryRequest`. */
	readonly reflow?: boolean | undefined;
}

export interface SearchAnswer {
	readonly found: { readonly line: number; readonly column: number } | null;
	/** Where it goes on; null where it is through. Each answer is about one stretch of lines. */
	readonly next: { readonly line: number; readonly column: number } | null;
	readonly total: number;
	readonly dropped: number;
}

/**
 * The match in these rows that a search comes to first, if it begins above line `until`; `row` is the
 * number of the line.
 */
export function findIn(
	rows: readonly ScreenRow[],
	{ direction, from, text, ignoreCase }: Omit<SearchRequest, 'directory'>,
	until = Number.POSITIVE_INFINITY,
): SearchAnswer['found'] {
	let last: SearchAnswer['found'] = null;
	const lines = rows.map((row) => {
		return { line: row.row, cells: cellTexts(row), wrapped: row.wrapped };
	});
	for (const [{ line, from: column }] of matchesIn(lines, { text, ignoreCase })) {
		if (line >= until) break;
		const before = line < from.line || (line === from.line && column < from.column);
		if (direction === 'down' && !before) return { line, column };
		if (direction === 'up' && before) last = { line, column };
	}
	return last;
}
