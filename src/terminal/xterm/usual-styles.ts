/* oxlint-disable no-underscore-dangle -- the private names of the library */
// Styles that nearly all output is made of (colours, bold, dim, none at all) set in the two words of a
// pen, where the library makes objects for each sequence. The differential test in tests/unit/terminal
// holds that both give the same cells.
import type { Attributes } from './internals.ts';

/** Mode and colour. */
const colourBits = 0x3ffffff;
/** The library leaves of a true colour what a smaller one has no bits for. */
const smallColourBits = 0x30000ff;
const ofSixteen = 1 << 24;
const ofPalette = 2 << 24;
const ofTrueColours = 3 << 24;
const bright = 8;
/** In the foreground word. */
const bold = 1 << 27;
/** In the background word. */
const dim = 1 << 27;

/** Sets what `length` parameters name; false, with nothing done, where it is left to the library. */
export function setStyle(
	pen: Attributes,
	parameters: Int32Array,
	length: number,
): boolean {
	// What has more than its words (underlines, links) is the library's.
	if (pen.extended._ext !== 0 || pen.extended._urlId !== 0) return false;
	let { fg, bg } = pen;
	for (let at = 0; at < length; at += 1) {
		const code = parameters[at] ?? 0;
		if (code === 0) {
			fg = 0;
			bg = 0;
		} else if (code === 1) fg |= bold;
		else if (code === 2) bg |= dim;
		else if (code === 22) {
			fg &= ~bold;
			bg &= ~dim;
		} else if (code === 38 || code === 48) {
			const parts = parameters[at + 1] === 5 ? 2 : 4;
			if (at + parts >= length) return false;
			const colour = largeColour(parameters, at + 1);
			if (colour === 0) return false;
			if (code === 38) fg = coloured(fg, colour);
			else bg = coloured(bg, colour);
			at += parts;
		} else {
			const colour = smallColour(code);
			if (colour === null) return false;
			if (code < 40 || (code >= 90 && code < 100)) fg = coloured(fg, colour);
			else bg = coloured(bg, colour);
		}
	}
	pen.fg = fg;
	pen.bg = bg;
	return true;
}

function coloured(word: number, colour: number): number {
	const isSmall = colour >= ofSixteen && colour < ofTrueColours;
	return (word & ~(isSmall ? smallColourBits : colourBits)) | colour;
}

/** One of sixteen colours; 0 is the default, null where the code names none. */
function smallColour(code: number): number | null {
	const digit = code % 10;
	if (code >= 30 && code < 50) {
		if (digit === 9) return 0;
		return digit < 8 ? ofSixteen | digit : null;
	}
	return code >= 90 && code < 110 && digit < 8 ? ofSixteen | bright | digit : null;
}

/** A colour of the palette (`5;n`) or a true one (`2;r;g;b`) from here on; 0 where it is neither. */
function largeColour(parameters: Int32Array, at: number): number {
	const first = (parameters[at + 1] ?? 0) & 0xff;
	if (parameters[at] === 5) return ofPalette | first;
	if (parameters[at] !== 2) return 0;
	const second = (parameters[at + 2] ?? 0) & 0xff;
	return (
		ofTrueColours | (first << 16) | (second << 8) | ((parameters[at + 3] ?? 0) & 0xff)
	);
}
