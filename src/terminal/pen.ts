// The style that a program writes in, as it is told when it asks (DECRQSS m). Programs set a true colour
// and ask, to learn whether the terminal has them: the form is xterm's, with colons inside a colour.

/** In the packing of a cell (see protocol/rows). */
export interface Pen {
	readonly foreground: number;
	readonly background: number;
	/** 0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed. */
	readonly underlineStyle: number;
	readonly underlineColour: number;
}

/** Parameters of the SGR sequence that sets the style from none. */
export function penParameters(pen: Pen): string {
	const { foreground, background, underlineStyle, underlineColour } = pen;
	const parts = ['0'];
	const flag = (word: number, bit: number, code: string) => {
		if ((word >>> bit) & 1) parts.push(code);
	};
	flag(foreground, 27, '1');
	flag(background, 27, '2');
	flag(background, 26, '3');
	flag(foreground, 28, underlineStyle > 1 ? `4:${underlineStyle}` : '4');
	flag(foreground, 29, '5');
	flag(foreground, 26, '7');
	flag(foreground, 30, '8');
	flag(foreground, 31, '9');
	flag(background, 30, '53');
	for (const [word, base] of [
		[foreground, 30],
		[background, 40],
		[underlineColour, 50],
	] as const) {
		const colour = colourParameter(word, base);
		if (colour !== null) parts.push(colour);
	}
	return parts.join(';');
}

/** `base` is 30, 40 or 50, for foreground, background and underline. */
function colourParameter(word: number, base: number): string | null {
	const mode = (word >>> 24) & 3;
	if (mode === 0) return null;
	if (mode === 3)
		return `${base + 8}:2::${(word >>> 16) & 255}:${(word >>> 8) & 255}:${word & 255}`;
	const index = word & 255;
	if (mode === 2 || index >= 16 || base === 50) return `${base + 8}:5:${index}`;
	return String(index < 8 ? base + index : base + 60 + index - 8);
}
