// Lines above a screen, cut to what one answer may carry.
import type { HolderResponse } from '../protocol/holder.ts';
import { encodeRows, type ScreenRow } from '../protocol/rows.ts';
import { inFrames } from './painting.ts';

/** Lines of one pane; `row` of a line is its number since the program started. */
export interface Lines {
	readonly columns: number;
	/** Lines above the screen since the start. */
	readonly total: number;
	/** Lines from the start that are no longer kept. */
	readonly dropped: number;
	readonly lines: readonly ScreenRow[];
}

export interface ScrollbackAnswer {
	readonly answer: HolderResponse<'history'>;
	/** An encoded set of rows that count from the answer's `from`; null where there are none. */
	readonly rows: Uint8Array | null;
}

/**
 * `count` lines from number `from`: without those no longer kept, and no more than fit into one
 * frame, so that the asker may have to ask for the rest.
 */
export function scrollbackAnswer(
	pane: number,
	{ columns, total, dropped, lines }: Lines,
	{ from, count }: { readonly from: number; readonly count: number },
): ScrollbackAnswer {
	const first = Math.max(from, dropped);
	const wanted = lines
		.filter(({ row }) => row >= first && row < from + count)
		.map((line) => ({ ...line, row: line.row - first }));
	const answer = { from: first, total, dropped };
	if (wanted.length === 0) return { answer, rows: null };
	const [part] = inFrames({
		...empty,
		pane,
		columns,
		scrollback: total,
		rows: wanted.length,
		changed: wanted,
	});
	return { answer, rows: part ? encodeRows(part) : null };
}

const empty = {
	version: 0,
	full: true,
	cursorColumn: 0,
	cursorRow: 0,
	cursorShape: 0,
	modes: 0,
	kittyFlags: 0,
};
