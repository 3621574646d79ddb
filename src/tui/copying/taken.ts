// What is taken of a text: all that is selected, read where it is not there yet.
import { cellTexts } from '../../terminal/screen-text.ts';
import type { Doing } from './doing.ts';
import { type Selection, SelectionText, selectedLines } from './selection.ts';
import type { StillText } from './still-text.ts';

export interface Taken {
	readonly text: string;
	/** It was cut at the limit. */
	readonly cut: boolean;
}

/** Code units of a selection; what is longer is cut. */
const takenLimit = 64 * 1024 * 1024;

/** Null where it was ended. `onProgress` hears of each part. */
export async function takeFrom(
	text: StillText,
	selection: Selection,
	doing: Doing,
	onProgress: () => void,
): Promise<Taken | null> {
	const collected = new SelectionText(selection, text.columns);
	const [from, to] = selectedLines(selection);
	for await (const rows of text.between(from, to)) {
		for (const row of rows)
			collected.add(row.row, { cells: cellTexts(row), wrapped: row.wrapped });
		if (doing.stopped || collected.size >= takenLimit) break;
		const read = (rows.at(-1)?.row ?? from) - from;
		doing.percent = Math.round((100 * read) / (to - from + 1));
		onProgress();
	}
	if (doing.stopped) return null;
	return { text: collected.end(), cut: collected.size >= takenLimit };
}
