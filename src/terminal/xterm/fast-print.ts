/* oxlint-disable no-underscore-dangle -- the private names of the library */
// Printing, the emulator's hottest path: runs of ASCII are written straight into the row's words;
// everything else (other characters, wraps, unusual modes) goes to the library's own print. The
// differential test in tests/unit/terminal holds that both give the same buffer.
import type { Damage } from './damage.ts';
import type { Internals, Line, Print, ScreenBuffer } from './internals.ts';

const oneCell = 1 << 22;
const hasExtended = 0x10000000;
const contentMask = 0x3fffff;
/** A narrow character that joins nothing: (kind 0) << 3 | (width 1) << 1. */
const plainJoinState = 2;
/** Grapheme break class Prepend: the only one that an ASCII character joins to. */
const prepend = 1;

export interface Printer {
	/** The print routine of a terminal. */
	readonly print: Print;
	/**
	 * Prints the ASCII that begins here as far as the row goes, straight from the bytes; answers where
	 * that ends, and the start where it is left to `print`.
	 */
	readonly printAscii: (bytes: Uint8Array, start: number) => number;
}

/** `fast` false leaves all printing to the library (for comparison). */
export function printer(internals: Internals, damage: Damage, fast: boolean): Printer {
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
	if (!fast) return { print: slow, printAscii: (_, start) => start };

	const isUsual = (): boolean => {
		const { bg, extended } = handler._curAttrData;
		return (
			charsets.charset === undefined &&
			core.modes.insertMode === false &&
			core.decPrivateModes.wraparound === true &&
			(bg & hasExtended) === 0 &&
			extended._urlId === 0
		);
	};
	const joins = (): boolean => ((parser.precedingJoinState >> 3) & 15) === prepend;
	const lineOf = ({ lines, ybase, y }: ScreenBuffer): Line => {
		const line = lines.get(ybase + y);
		if (!line) throw new Error('the cursor is outside the buffer');
		return line;
	};
	const moveOn = (buffer: ScreenBuffer, line: Line, count: number): void => {
		const { fg, bg } = handler._curAttrData;
		buffer.x += count;
		if (buffer.x < service.cols) repairRight(line, buffer.x, fg, bg);
		parser.precedingJoinState = plainJoinState;
		damage.markDirty(buffer.y);
	};

	const print: Print = (data, start, end) => {
		if (!isUsual()) {
			slow(data, start, end);
			return;
		}
		const columns = service.cols;
		let at = start;
		while (at < end) {
			let stop = at;
			while (stop < end && (data[stop] ?? 0) < 0x7f) stop += 1;
			const buffer = handler._activeBuffer;
			const run = Math.min(stop - at, columns - buffer.x);
			if (run <= 0 || joins()) {
				// A wrap takes one character along; a run of other characters goes as a whole.
				const until = stop > at ? at + 1 : endOfOthers(data, at, end);
				slow(data, at, until);
				at = until;
				continue;
			}
			const line = lineOf(buffer);
			const { fg, bg } = handler._curAttrData;
			repairLeft(line, buffer.x, fg, bg);
			const cells = line._data;
			let cell = buffer.x * 3;
			for (const last = at + run; at < last; at += 1) {
				cells[cell] = (data[at] ?? 0) | oneCell;
				cells[cell + 1] = fg;
				cells[cell + 2] = bg;
				cell += 3;
			}
			moveOn(buffer, line, run);
		}
	};

	const printAscii = (bytes: Uint8Array, start: number): number => {
		const buffer = handler._activeBuffer;
		const last = Math.min(bytes.length, start + service.cols - buffer.x);
		if (start >= last || !isAscii(bytes[start] ?? 0) || joins() || !isUsual())
			return start;
		const line = lineOf(buffer);
		const { fg, bg } = handler._curAttrData;
		repairLeft(line, buffer.x, fg, bg);
		const cells = line._data;
		let cell = buffer.x * 3;
		let at = start;
		for (; at < last; at += 1) {
			const byte = bytes[at] ?? 0;
			if (!isAscii(byte)) break;
			cells[cell] = byte | oneCell;
			cells[cell + 1] = fg;
			cells[cell + 2] = bg;
			cell += 3;
		}
		moveOn(buffer, line, at - start);
		return at;
	};
	return { print, printAscii };
}

function isAscii(byte: number): boolean {
	return byte > 0x1f && byte < 0x7f;
}

/** The left half of a wide character whose right half is overwritten becomes a blank. */
function repairLeft(line: Line, column: number, fg: number, bg: number): void {
	const cells = line._data;
	const at = column * 3;
	if (column === 0 || (cells[at - 3] ?? 0) >>> 22 !== 2) return;
	cells[at - 3] = oneCell;
	cells[at - 2] = fg;
	cells[at - 1] = bg;
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
