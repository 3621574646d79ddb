// Text from outside, made fit for our own chrome.

/**
 * C0, DEL, C1, the line separators, bidirectional controls, zero-width characters and tags: what
 * can move a cursor, reorder a line or hide in it.
 */
const unfit =
	/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu;

/**
 * One line of plain text of at most `limit` code points. Unfit characters between words become one
 * blank, so that no two words grow together; a cut ends in an ellipsis.
 */
export function plainText(text: string, limit: number): string {
	// Cut generously first: a regular expression over a megabyte of hostile text is work for nothing.
	const clean = text
		.slice(0, limit * 8)
		.replace(/[\r\n\t]+/g, ' ')
		.replace(unfit, '')
		.trim();
	const points = Array.from(clean);
	if (points.length <= limit) return clean;
	return `${points.slice(0, limit - 1).join('')}…`;
}

/** One line whose unfit characters can be seen, tabs aside, since somebody is to judge it. */
export function visibleText(line: string): string {
	return line.replace(unfit, (one) =>
		one === '\t' ? one : `\\u{${one.codePointAt(0)?.toString(16)}}`,
	);
}

/** The same character, or nothing where it is unfit to be shown or copied. */
export function plainCharacter(character: string): string {
	return character.replace(unfit, '');
}
