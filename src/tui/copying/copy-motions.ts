// Where a key of copy mode leads: vi's motions over lines of cells. Pure: lines that are not there yet
// are asked for through `cells`, and whoever moves tries again once they are.
import type { Spot } from './still-text.ts';

export interface MotionText {
	/** The oldest line, and one past the last. */
	readonly first: number;
	readonly end: number;
	/** What stands in each cell of a line, without blanks at its end; empty right of a wide one. */
	cells(line: number): readonly string[];
}

export type Motion = (text: MotionText, at: Spot) => Spot;

/** Lines that one motion looks through: a history without an empty line has no paragraphs. */
const farthest = 10_000;

/** By lines; the column stays where the line is long enough. */
export function byLines(lines: number): Motion {
	return (text, { line, column }) => ({
		line: Math.max(text.first, Math.min(line + lines, text.end - 1)),
		column,
	});
}

export const toFirstLine: Motion = (text) => ({ line: text.first, column: 0 });
export const toLastLine: Motion = (text) => ({ line: text.end - 1, column: 0 });
export const toLineStart: Motion = (_, { line }) => ({ line, column: 0 });
export const toLineEnd: Motion = (text, { line }) => ({
	line,
	column: lastColumn(text.cells(line)),
});

export const left: Motion = (text, { line, column }) => {
	const cells = text.cells(line);
	const to = cells[column - 1] === '' ? column - 2 : column - 1;
	return { line, column: Math.max(0, to) };
};

export const right: Motion = (text, { line, column }) => {
	const cells = text.cells(line);
	const to = cells[column + 1] === '' ? column + 2 : column + 1;
	return { line, column: Math.min(to, lastColumn(cells)) };
};

/** Over words: runs of letters, or of other signs. An empty line is a word, too. */
export const nextWord: Motion = (text, at) => {
	const walk = new Walk(text, at, 1);
	const kind = walk.kind;
	if (kind !== 'blank') while (walk.kind === kind && walk.within) if (!walk.step()) break;
	while (walk.kind === 'blank' && !walk.atEmptyLine) if (!walk.step()) break;
	return walk.spot;
};

export const wordBefore: Motion = (text, at) => {
	const walk = new Walk(text, at, -1);
	if (!walk.step()) return at;
	while (walk.kind === 'blank' && !walk.atEmptyLine) if (!walk.step()) return walk.spot;
	return walk.toEdge();
};

export const wordEnd: Motion = (text, at) => {
	const walk = new Walk(text, at, 1);
	if (!walk.step()) return at;
	while (walk.kind === 'blank') if (!walk.step()) return walk.spot;
	return walk.toEdge();
};

export const paragraphBefore: Motion = (text, { line }) => paragraph(text, line, -1);
export const nextParagraph: Motion = (text, { line }) => paragraph(text, line, 1);

/** A spot of the text that holds a whole character. */
export function settled(text: MotionText, { line, column }: Spot): Spot {
	const within = Math.max(text.first, Math.min(line, text.end - 1));
	const cells = text.cells(within);
	const to = Math.max(0, Math.min(column, lastColumn(cells)));
	return { line: within, column: cells[to] === '' ? Math.max(0, to - 1) : to };
}

/** The cells from one edge of the word to the other; a single blank where there is none. */
export function wordAt(
	cells: readonly string[],
	column: number,
): readonly [number, number] {
	const kind = kindOf(cells[column]);
	let [from, to] = [column, column];
	while (from > 0 && joins(cells[from - 1], kind)) from -= 1;
	while (to + 1 < cells.length && joins(cells[to + 1], kind)) to += 1;
	return [from, to];
}

type Kind = 'blank' | 'word' | 'signs';

/** A way through the cells of a text, from line to line. */
class Walk {
	readonly #text: MotionText;
	readonly #by: 1 | -1;
	#line: number;
	#column: number;
	#cells: readonly string[];
	#crossed = 0;
	#newLine = false;

	constructor(text: MotionText, { line, column }: Spot, by: 1 | -1) {
		this.#text = text;
		this.#by = by;
		this.#line = line;
		this.#column = column;
		this.#cells = text.cells(line);
	}

	get spot(): Spot {
		return { line: this.#line, column: this.#column };
	}

	get kind(): Kind {
		return kindOf(this.#cells[this.#column]);
	}

	/** It has come into this line by its last step, and stands where nothing is. */
	get atEmptyLine(): boolean {
		return this.#newLine && this.#cells.length === 0;
	}

	/** Still in the line of the step before. */
	get within(): boolean {
		return !this.#newLine;
	}

	/** To the next character; false at the end of the text. */
	step(): boolean {
		this.#newLine = false;
		let column = this.#column + this.#by;
		while (this.#cells[column] === '') column += this.#by;
		if (column >= 0 && column < this.#cells.length) {
			this.#column = column;
			return true;
		}
		return this.#cross();
	}

	/** To the last character of the word in this direction. */
	toEdge(): Spot {
		const [from, to] = wordAt(this.#cells, this.#column);
		const edge = this.#by < 0 ? from : to;
		const column = this.#cells[edge] === '' ? edge - 1 : edge;
		return { line: this.#line, column: Math.max(0, column) };
	}

	#cross(): boolean {
		const line = this.#line + this.#by;
		this.#crossed += 1;
		if (line < this.#text.first || line >= this.#text.end) return false;
		if (this.#crossed > farthest) return false;
		this.#line = line;
		this.#cells = this.#text.cells(line);
		this.#column = this.#by > 0 ? 0 : lastColumn(this.#cells);
		if (this.#cells[this.#column] === '') this.#column -= 1;
		this.#newLine = true;
		return true;
	}
}

function paragraph(text: MotionText, from: number, by: 1 | -1): Spot {
	const last = by < 0 ? text.first : text.end - 1;
	const limit =
		by < 0 ? Math.max(last, from - farthest) : Math.min(last, from + farthest);
	let line = from;
	const isEmpty = () => text.cells(line).length === 0;
	while (line !== limit && isEmpty()) line += by;
	while (line !== limit && !isEmpty()) line += by;
	return { line, column: 0 };
}

function lastColumn(cells: readonly string[]): number {
	const last = cells.length - 1;
	return Math.max(0, cells[last] === '' ? last - 1 : last);
}

function kindOf(text: string | undefined): Kind {
	if (text === undefined || text.trim() === '') return 'blank';
	return /^[\p{L}\p{N}\p{M}_]/u.test(text) ? 'word' : 'signs';
}

function joins(text: string | undefined, kind: Kind): boolean {
	return text === '' || kindOf(text) === kind;
}
