// A line of text in pieces of one style each, and fitting it into cells.
import { textWidth } from '../../lib/cell-width.ts';
import { fitText } from '../../lib/fit-text.ts';
import type { Role } from '../look/theme.ts';

export interface Span {
	readonly text: string;
	readonly role?: Role | undefined;
	readonly bold?: boolean | undefined;
	readonly inverse?: boolean | undefined;
}
export type Line = readonly Span[];

export function span(text: string, role?: Role): Span {
	return role === undefined ? { text } : { text, role };
}

/** The mark of a cursor, or its room: without colours a blank of its role would be underlined. */
export function markSpan(mark: string, on: boolean): Span {
	return on ? span(mark, 'accent') : span(' '.repeat(textWidth(mark)));
}

export function bold(text: string, role?: Role): Span {
	return { ...span(text, role), bold: true };
}

export function lineWidth(line: Line): number {
	return line.reduce((sum, { text }) => sum + textWidth(text), 0);
}

/** The text in exactly `width` cells. */
export function padText(text: string, width: number, ellipsis = '…'): string {
	const fitted = fitText(text, width, ellipsis);
	return fitted + ' '.repeat(Math.max(0, width - textWidth(fitted)));
}

/** The line in at most `width` cells. */
export function fitLine(line: Line, width: number, ellipsis = '…'): Line {
	if (lineWidth(line) <= width) return line;
	const fitted: Span[] = [];
	let left = width;
	for (const piece of line) {
		const size = textWidth(piece.text);
		if (size < left) fitted.push(piece);
		else {
			const cut = size === left ? `${piece.text} ` : piece.text;
			fitted.push({ ...piece, text: fitText(cut, left, ellipsis) });
			return fitted;
		}
		left -= size;
	}
	return fitted;
}

/** Left and right at the ends of `width` cells; the left part gives way first. */
export function spread(left: Line, right: Line, width: number): Line {
	const fittedRight = fitLine(right, width);
	const room = width - lineWidth(fittedRight);
	const fittedLeft = fitLine(left, Math.max(0, room - (fittedRight.length > 0 ? 1 : 0)));
	const gap = room - lineWidth(fittedLeft);
	return [...fittedLeft, span(' '.repeat(Math.max(0, gap))), ...fittedRight];
}

/** The same to the eye in fewer pieces: a blank has no colour unless it is inverted or underlined. */
export function withFewSpans(line: Line, isUnderlined: (role: Role) => boolean): Line {
	const few: Span[] = [];
	for (const piece of line) {
		const last = few.at(-1);
		const seen = (one: Span) => one.inverse || isUnderlined(one.role ?? 'text');
		const joins = last && !seen(last) && !seen(piece) && isBlank(piece.text);
		if (joins) few[few.length - 1] = { ...last, text: last.text + piece.text };
		else if (piece.text !== '') few.push(piece);
	}
	return few;
}

function isBlank(text: string): boolean {
	return text.trimStart() === '';
}

/** Text broken into lines of at most `width` cells, at blanks where there are any. */
export function wrapText(text: string, width: number): string[] {
	const lines: string[] = [];
	for (const paragraph of text.split('\n')) {
		let line = '';
		for (const word of paragraph.split(' ')) {
			const joined = line === '' ? word : `${line} ${word}`;
			if (textWidth(joined) <= width) {
				line = joined;
				continue;
			}
			if (line !== '') lines.push(line);
			line = word;
			while (textWidth(line) > width) {
				const head = fitText(line, width, '');
				if (head === '') break;
				lines.push(head);
				line = line.slice(head.length);
			}
		}
		lines.push(line);
	}
	return lines;
}
