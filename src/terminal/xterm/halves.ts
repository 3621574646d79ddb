/* oxlint-disable no-underscore-dangle -- the private names of the library */
// A terminal that gets narrower cuts wide glyphs at its edge. The library leaves the left half in the
// last column, and counts wrongly when it next wraps such lines anew: it writes beyond the last of
// them and throws (@xterm/headless 6.0.0, BufferReflow.ts). Other terminals show a blank there.
import type { Lines } from './internals.ts';

const cellWords = 3;
const widthShift = 22;
const blank = 1 << widthShift;

/** Blanks the left half of a wide glyph in the last of `columns`, in every line. */
export function blankHalves(lines: Lines, columns: number): void {
	const last = columns - 1;
	for (let index = 0; index < lines.length; index += 1) {
		const line = lines.get(index);
		const content = line?._data[last * cellWords] ?? 0;
		if (!line || (content >>> widthShift) % 4 !== 2) continue;
		line._data[last * cellWords] = blank;
		delete line._combined[last];
	}
}
