// How many terminal cells a text takes. Widths of East Asian Width (UAX #11, Unicode 17), with the
// rules that string-width and the graphemes addon of xterm.js share: a grapheme cluster is one
// glyph, an emoji sequence takes two cells, an ambiguous glyph one.

// What takes milliseconds to be made is made when it is first asked for.
let segmenter: Intl.Segmenter | undefined;
let emoji: RegExp | undefined;
/** Every character stands alone; what a picture of boxes, arrows and blocks is made of. */
const separate = /^[ -\u{2ff}\u{2190}-\u{21ff}\u{2500}-\u{25ff}\u{2800}-\u{28ff}]*$/u;
const invisible =
	/^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Nonspacing_Mark}\p{Enclosing_Mark}\p{Surrogate}]$/v;
const widening = /^[\p{Spacing_Mark}\u{ff00}-\u{ffef}]$/v;
const keycap = /^[\d#*]\u{fe0f}?\u{20e3}$/u;
const pictographs = /\p{Extended_Pictographic}/gu;
/** Longer than any emoji sequence; the properties need not be asked beyond it. */
const longestEmoji = 50;

/** Cells of a text, 0 for one that shows nothing. Control characters count as nothing. */
export function textWidth(text: string): number {
	if (/^[ -~]*$/.test(text)) return text.length;
	let width = 0;
	for (const cluster of clusters(text)) width += clusterWidth(cluster);
	return width;
}

/** The grapheme clusters of a text, in order. */
export function* clusters(text: string): Generator<string> {
	if (separate.test(text)) return yield* text;
	segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	for (const { segment } of segmenter.segment(text)) yield segment;
}

/** Cells of one grapheme cluster. */
export function clusterWidth(cluster: string): number {
	let width = 0;
	let base = 0;
	for (const character of cluster) {
		const codePoint = character.codePointAt(0) ?? 0;
		if (base === 0) {
			if (isInvisible(codePoint)) continue;
			base = codePoint;
			width = codePointWidth(codePoint);
			if (cluster.length === character.length) return width;
		} else if (widening.test(character)) width += codePointWidth(codePoint);
	}
	if (base === 0) return 0;
	return isEmojiSequence(cluster) ? 2 : width;
}

/** Cells of one code point that stands alone: 0, 1 or 2. */
export function codePointWidth(codePoint: number): number {
	if (codePoint < 0x300) return isInvisible(codePoint) ? 0 : 1;
	if (isInvisible(codePoint)) return 0;
	return isWide(codePoint) ? 2 : 1;
}

/**
 * Whether every terminal moves its cursor by `codePointWidth` for this code point. With
 * `ambiguousWide` the terminal draws glyphs of ambiguous width two cells wide.
 */
export function advancesAlike(codePoint: number, ambiguousWide: boolean): boolean {
	if (codePoint < 0x7f) return codePoint >= 0x20;
	// Han, Hangul, kana.
	if (codePoint >= 0x4e00 && codePoint < 0xa000) return true;
	if (codePoint >= 0xac00 && codePoint < 0xd7a4) return true;
	if (codePoint >= 0x3041 && codePoint < 0x3097) return true;
	if (codePoint >= 0x30a1 && codePoint < 0x30fb) return true;
	if (ambiguousWide) return false;
	// Latin, Cyrillic, boxes and blocks, braille.
	if (codePoint < 0x300) return codePoint >= 0xa1 && codePoint !== 0xad;
	if (codePoint >= 0x400 && codePoint < 0x482) return true;
	if (codePoint >= 0x2500 && codePoint < 0x25a0) return true;
	return codePoint >= 0x2800 && codePoint < 0x2900;
}

/** Signs that Unicode 16 made wide: terminals will disagree about them for years. */
export function isLatelyWide(codePoint: number): boolean {
	if (codePoint < 0x2630 || codePoint > 0x4dff) return false;
	return (
		codePoint <= 0x2637 ||
		codePoint >= 0x4dc0 ||
		(codePoint >= 0x268a && codePoint <= 0x268f)
	);
}

/** Whether a code point shows nothing of its own: controls, formats, marks, half surrogates. */
export function isInvisible(codePoint: number): boolean {
	if (codePoint < 0x7f) return codePoint < 0x20;
	if (codePoint < 0x300) return codePoint < 0xa0 || codePoint === 0xad;
	if (codePoint >= 0x2190 && codePoint < 0x2e80) return false;
	if (codePoint >= 0x3041 && codePoint < 0xa000 && codePoint !== 0x3164)
		return codePoint === 0x3099 || codePoint === 0x309a;
	return codePoint > 0x10ffff || invisible.test(String.fromCodePoint(codePoint));
}

function isEmojiSequence(cluster: string): boolean {
	if (cluster.length > longestEmoji) return false;
	emoji ??= new RegExp('^\\p{RGI_Emoji}$', 'v');
	if (emoji.test(cluster) || keycap.test(cluster)) return true;
	return cluster.includes('\u{200d}') && (cluster.match(pictographs)?.length ?? 0) >= 2;
}

function isWide(codePoint: number): boolean {
	let low = 0;
	let high = wideRanges.length / 2 - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		if (codePoint < (wideRanges[middle * 2] ?? 0)) high = middle - 1;
		else if (codePoint > (wideRanges[middle * 2 + 1] ?? 0)) low = middle + 1;
		else return true;
	}
	return false;
}

// First and last code point of each run of East Asian Width W or F.
const wideRanges: readonly number[] = [
	0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3,
	0x23f3, 0x25fd, 0x25fe, 0x2614, 0x2615, 0x2630, 0x2637, 0x2648, 0x2653, 0x267f, 0x267f,
	0x268a, 0x268f, 0x2693, 0x2693, 0x26a1, 0x26a1, 0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4,
	0x26c5, 0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea, 0x26f2, 0x26f3, 0x26f5, 0x26f5,
	0x26fa, 0x26fa, 0x26fd, 0x26fd, 0x2705, 0x2705, 0x270a, 0x270b, 0x2728, 0x2728, 0x274c,
	0x274c, 0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797, 0x27b0, 0x27b0,
	0x27bf, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x2e99, 0x2e9b,
	0x2ef3, 0x2f00, 0x2fd5, 0x2ff0, 0x303e, 0x3041, 0x3096, 0x3099, 0x30ff, 0x3105, 0x312f,
	0x3131, 0x318e, 0x3190, 0x31e5, 0x31ef, 0x321e, 0x3220, 0x3247, 0x3250, 0xa48c, 0xa490,
	0xa4c6, 0xa960, 0xa97c, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19, 0xfe30, 0xfe52,
	0xfe54, 0xfe66, 0xfe68, 0xfe6b, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x16fe4,
	0x16ff0, 0x16ff6, 0x17000, 0x18cda, 0x18cff, 0x18d20, 0x18d80, 0x18df2, 0x18e00,
	0x19191, 0x191a0, 0x191d2, 0x1aff0, 0x1aff3, 0x1aff5, 0x1affb, 0x1affd, 0x1affe,
	0x1b000, 0x1b128, 0x1b132, 0x1b132, 0x1b150, 0x1b152, 0x1b155, 0x1b155, 0x1b164,
	0x1b168, 0x1b170, 0x1b2fb, 0x1d300, 0x1d356, 0x1d360, 0x1d376, 0x1f004, 0x1f004,
	0x1f0cf, 0x1f0cf, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f1ae, 0x1f1ae, 0x1f200,
	0x1f202, 0x1f210, 0x1f23b, 0x1f240, 0x1f248, 0x1f250, 0x1f251, 0x1f260, 0x1f265,
	0x1f300, 0x1f320, 0x1f32d, 0x1f335, 0x1f337, 0x1f37c, 0x1f37e, 0x1f393, 0x1f3a0,
	0x1f3ca, 0x1f3cf, 0x1f3d3, 0x1f3e0, 0x1f3f0, 0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e,
	0x1f440, 0x1f440, 0x1f442, 0x1f4fc, 0x1f4ff, 0x1f53d, 0x1f54b, 0x1f54e, 0x1f550,
	0x1f567, 0x1f57a, 0x1f57a, 0x1f595, 0x1f596, 0x1f5a4, 0x1f5a4, 0x1f5fb, 0x1f64f,
	0x1f680, 0x1f6c5, 0x1f6cc, 0x1f6cc, 0x1f6d0, 0x1f6d2, 0x1f6d5, 0x1f6d9, 0x1f6dc,
	0x1f6df, 0x1f6eb, 0x1f6ec, 0x1f6f4, 0x1f6fc, 0x1f7da, 0x1f7da, 0x1f7e0, 0x1f7eb,
	0x1f7f0, 0x1f7f0, 0x1f90c, 0x1f93a, 0x1f93c, 0x1f945, 0x1f947, 0x1f9ff, 0x1fa70,
	0x1fa7c, 0x1fa80, 0x1fac6, 0x1fac8, 0x1fac8, 0x1facc, 0x1fadd, 0x1fadf, 0x1faeb,
	0x1faef, 0x1fafa, 0x20000, 0x2fffd, 0x30000, 0x3fffd,
];
