// How many cells a text takes in a terminal, by graphemes. Good for what scenes print; panes of
// weir measure with the emulator's own tables.

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export function* graphemes(text: string): Generator<string> {
	for (const { segment } of segmenter.segment(text)) yield segment;
}

export function cellWidth(text: string): number {
	// Nearly every text is plain ASCII, for which the segmenter would be a detour.
	if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
	let cells = 0;
	for (const grapheme of graphemes(text)) cells += graphemeWidth(grapheme);
	return cells;
}

function graphemeWidth(grapheme: string): number {
	if (/^[\p{Control}\p{Mark}\p{Format}]/u.test(grapheme)) return 0;
	const wide = /^\p{Emoji_Presentation}/u.test(grapheme) || grapheme.includes('\ufe0f');
	return wide || isWide(grapheme.codePointAt(0) ?? 0) ? 2 : 1;
}

/** East Asian Width W and F of Unicode 16, in rough blocks. */
function isWide(point: number): boolean {
	return wideBlocks.some(([first, last]) => point >= first && point <= last);
}

const wideBlocks = [
	[0x1100, 0x115f],
	[0x2e80, 0x303e],
	[0x3041, 0x33ff],
	[0x3400, 0x4dbf],
	[0x4e00, 0x9fff],
	[0xa000, 0xa4cf],
	[0xa960, 0xa97f],
	[0xac00, 0xd7a3],
	[0xf900, 0xfaff],
	[0xfe30, 0xfe6f],
	[0xff00, 0xff60],
	[0xffe0, 0xffe6],
	[0x1f900, 0x1f9ff],
	[0x20000, 0x3fffd],
] as const;
