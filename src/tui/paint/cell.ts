// The cell of the composited screen: four u32. The first three are the packing of protocol/rows
// (content, foreground, background); the fourth names underline style, underline colour and link
// in the cell table. A combined cell's code point is the number of its text in that table.
//
// Cells of a grid are in one form only, so that three compares tell whether a cell changed: a blank
// is a space of width 1, the right half of a wide cell is empty and has the left half's style, and
// the flags "has extended" and "protected" are never set.

export const gridWords = 4;

export const codePointMask = 0x1fffff;
export const combinedFlag = 1 << 21;
export const widthShift = 22;
export const narrow = 1 << widthShift;
export const wide = 2 << widthShift;
/** A space of width 1. */
export const blank = narrow | 0x20;
/** What stands right of a cell of width 2. */
export const rightHalf = 0;

export const colourMask = 0x3ffffff;
export const colourValueMask = 0xffffff;
/** Modes of a colour, bits 24 and 25; zero is the terminal's own colour. */
export const ColourMode = { ansi16: 1 << 24, ansi256: 2 << 24, rgb: 3 << 24 } as const;
export const colourModeMask = 3 << 24;

/** Flags of a foreground word. */
export const Foreground = {
	inverse: 1 << 26,
	bold: 1 << 27,
	underline: 1 << 28,
	blink: 1 << 29,
	invisible: 1 << 30,
	strike: 1 << 31,
} as const;

/** Flags of a background word; `extended` and `protected` occur in rows, never in a grid. */
export const Background = {
	italic: 1 << 26,
	dim: 1 << 27,
	extended: 1 << 28,
	protected: 1 << 29,
	overline: 1 << 30,
} as const;

/** Width of a cell by its content word: 1, 2, or 0 for a right half. */
export function widthOf(content: number): number {
	return (content >>> widthShift) & 3;
}
