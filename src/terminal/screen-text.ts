// Rows as text: plain, or with SGR sequences of a fixed list. Nothing else of what a program printed
// gets into either, so both may be shown, stored and pasted.
import { plainCharacter } from '../lib/plain-text.ts';
import { cellWords, type ScreenRow } from '../protocol/rows.ts';

const combined = 1 << 21;
const pointMask = 0x1fffff;
/** A cluster needs its joiners; what reorders text never belongs to one. */
const reordering = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text of a row without the blanks at its end. */
export function rowText(row: ScreenRow): string {
	const clusters = new Map(row.clusters);
	let text = '';
	for (let at = 0; at < row.cells.length; at += cellWords)
		text += cellText(row.cells[at] ?? 0, clusters.get(at / cellWords));
	return text.trimEnd();
}

/** What stands in each cell of a row; the right half of a wide character is empty. */
export function cellTexts(row: ScreenRow): string[] {
	const clusters = row.clusters.length > 0 ? new Map(row.clusters) : undefined;
	const texts: string[] = [];
	for (let at = 0; at < row.cells.length; at += cellWords)
		texts.push(cellText(row.cells[at] ?? 0, clusters?.get(at / cellWords)));
	return texts;
}

/** The text of a row with colours and styles; ends in a reset where it has any. */
export function rowAnsi(row: ScreenRow): string {
	const clusters = new Map(row.clusters);
	let text = '';
	let style = '';
	for (let at = 0; at < row.cells.length; at += cellWords) {
		const next = styleOf(row.cells[at + 1] ?? 0, row.cells[at + 2] ?? 0);
		if (next !== style) {
			text += next === '' ? '\x1b[0m' : `\x1b[0;${next}m`;
			style = next;
		}
		text += cellText(row.cells[at] ?? 0, clusters.get(at / cellWords));
	}
	return style === '' ? text.trimEnd() : `${text}\x1b[0m`;
}

/**
 * What of a row a person goes by when answering a prompt: its text, and what is marked by inverse
 * video or by a background. Foreground colours are left out, since some programs let them shimmer.
 */
export function rowMarks(row: ScreenRow): string {
	let marks = '';
	let before = '';
	for (let at = 0; at < row.cells.length; at += cellWords) {
		const inverse = ((row.cells[at + 1] ?? 0) >>> 26) & 1;
		const mark = `${inverse}.${(row.cells[at + 2] ?? 0) & 0x3ffffff}`;
		if (mark !== before) marks += `${at}:${mark} `;
		before = mark;
	}
	return `${rowText(row)}\u0000${marks}`;
}

function cellText(content: number, cluster: string | undefined): string {
	if (content >>> 22 === 0) return '';
	if ((content & combined) !== 0) return cluster?.replace(reordering, '') ?? ' ';
	const point = content & pointMask;
	if (point === 0) return ' ';
	const character = String.fromCodePoint(point);
	return point < 0x80 ? character : plainCharacter(character);
}

/** Bit -> SGR parameter, of the foreground and of the background word. */
const foregroundStyles = [
	[27, 1],
	[28, 4],
	[26, 7],
	[31, 9],
] as const;
const backgroundStyles = [
	[27, 2],
	[26, 3],
] as const;

function styleOf(foreground: number, background: number): string {
	const parts: (number | string)[] = [];
	for (const [bit, code] of foregroundStyles)
		if ((foreground >>> bit) & 1) parts.push(code);
	for (const [bit, code] of backgroundStyles)
		if ((background >>> bit) & 1) parts.push(code);
	const front = colourOf(foreground, 30);
	const back = colourOf(background, 40);
	if (front) parts.push(front);
	if (back) parts.push(back);
	return parts.join(';');
}

/** `base` is 30 for the foreground, 40 for the background. */
function colourOf(word: number, base: number): string | null {
	const mode = (word >>> 24) & 3;
	if (mode === 0) return null;
	if (mode === 3)
		return `${base + 8};2;${(word >>> 16) & 255};${(word >>> 8) & 255};${word & 255}`;
	const index = word & 255;
	if (index >= 16) return `${base + 8};5;${index}`;
	return String(index < 8 ? base + index : base + 60 + index - 8);
}
