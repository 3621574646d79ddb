/* oxlint-disable no-underscore-dangle -- the private names of the library */
// Printing, the emulator's hottest path: runs of ASCII are written straight into the row's words;
// everything else (other characters, wraps, unusual modes) goes to the library's own print. The
// differential test in tests/unit/terminal holds that both give the same buffer.
import type { Damage } from './damage.ts';
import type { Internals, Line, Print } from './internals.ts';

const oneCell = 1 << 22;
const hasExtended = 0x10000000;
const contentMask = 0x3fffff;
/** A narrow character that joins nothing: (kind 0) << 3 | (width 1) << 1. */
const plainJoinState = 2;
/** Grapheme break class Prepend: the only one that an ASCII character joins to. */
const prepend = 1;

/** The print routine of a terminal; `fast` false leaves all to the library (for comparison). */
export function printer(internals: Internals, damage: Damage, fast: boolean): Print {
	const handler = internals._inputHandler;
	const parser = handler._parser;
	const service = internals._bufferService;
	const core = internals.coreService;
	const charsets = internals._charsetService;
	const libraryPrint: Print = handler.print.bind(handler);

	// The library marks the first and the last row of a print; a long run touches those between.
	const slow: Print = (data, start, end) => {
		const first = handler._activeBuffer.y;
		libraryPrint(data, start, end);
		damage.markRangeDirty(first, handler._activeBuffer.y);
	};
	if (!fast) return slow;

	return (data, start, end) => {
		const attributes = handler._curAttrData;
		const usual =
			charsets.charset === undefined &&
			core.modes.insertMode === false &&
			core.decPrivateModes.wraparound === true &&
			(attributes.bg & hasExtended) === 0 &&
			attributes.extended._urlId === 0;
		if (!usual) {
			slow(data, start, end);
			return;
		}
		const columns = service.cols;
		const { fg, bg } = attributes;
		let at = start;
		while (at < end) {
			let stop = at;
			while (stop < end && (data[stop] ?? 0) < 0x7f) stop += 1;
			const buffer = handler._activeBuffer;
			const run = Math.min(stop - at, columns - buffer.x);
			if (run <= 0 || ((parser.precedingJoinState >> 3) & 15) === prepend) {
				// A wrap takes one character along; a run of other characters goes as a whole.
				const until = stop > at ? at + 1 : endOfOthers(data, at, end);
				slow(data, at, until);
				at = until;
				continue;
			}
			const line = buffer.lines.get(buffer.ybase + buffer.y);
			if (!line) throw new Error('the cursor is outside the buffer');
			writeRun(line, buffer.x, data, at, run, fg, bg);
			buffer.x += run;
			if (buffer.x < columns) repairRight(line, buffer.x, fg, bg);
			parser.precedingJoinState = plainJoinState;
			damage.markDirty(buffer.y);
			at += run;
		}
	};
}

function writeRun(
	line: Line,
	column: number,
	data: Uint32Array,
	from: number,
	count: number,
	fg: number,
	bg: number,
): void {
	const cells = line._data;
	let at = column * 3;
	// The left half of a wide character whose right half is overwritten becomes a blank.
	if (column > 0 && (cells[at - 3] ?? 0) >>> 22 === 2) {
		cells[at - 3] = oneCell;
		cells[at - 2] = fg;
		cells[at - 1] = bg;
	}
	for (let index = from; index < from + count; index += 1) {
		cells[at] = (data[index] ?? 0) | oneCell;
		cells[at + 1] = fg;
		cells[at + 2] = bg;
		at += 3;
	}
}

/** The right half of a wide character whose left half was overwritten becomes a blank. */
function repairRight(line: Line, column: number, fg: number, bg: number): void {
	const cells = line._data;
	const at = column * 3;
	const content = cells[at] ?? 0;
	if (content >>> 22 !== 0 || (content & contentMask) !== 0) return;
	cells[at] = oneCell;
	cells[at + 1] = fg;
	cells[at + 2] = bg;
}

function endOfOthers(data: Uint32Array, from: number, end: number): number {
	let at = from;
	while (at < end && (data[at] ?? 0) >= 0x7f) at += 1;
	return at;
}
