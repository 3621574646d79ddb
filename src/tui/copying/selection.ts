// What is selected in copy mode: characters from one spot to another, both included, or whole lines.
import type { Spot } from './still-text.ts';

export interface Selection {
	readonly by: 'characters' | 'lines';
	readonly anchor: Spot;
	readonly cursor: Spot;
}

export interface SelectedLine {
	/** What stands in each cell of the line; the right half of a wide character is empty. */
	readonly cells: readonly string[];
	/** It goes on from the line above, which was full. */
	readonly wrapped: boolean;
}

export function selectedLines({ anchor, cursor }: Selection): readonly [number, number] {
	return [Math.min(anchor.line, cursor.line), Math.max(anchor.line, cursor.line)];
}

/** The cells that are selected of a line, `to` excluded; null where none is. */
export function selectedCells(
	selection: Selection,
	line: number,
	cells: readonly string[],
	columns: number,
): { readonly from: number; readonly to: number } | null {
	const { by, anchor, cursor } = selection;
	const [start, end] = inOrder(anchor, cursor);
	if (line < start.line || line > end.line) return null;
	if (by === 'lines') return { from: 0, to: columns };
	const from = line === start.line ? start.column : 0;
	const to = line === end.line ? end.column + 1 : columns;
	const whole = cells[to] === '' ? to + 1 : to;
	return { from: cells[from] === '' ? from - 1 : from, to: whole };
}

/** Joins lines as they come: what was wrapped is one line again, blanks at the ends are left out. */
export class SelectionText {
	readonly #selection: Selection;
	readonly #columns: number;
	readonly #pieces: string[] = [];
	#size = 0;

	constructor(selection: Selection, columns: number) {
		this.#selection = selection;
		this.#columns = columns;
	}

	/** In code units, so far. */
	get size(): number {
		return this.#size;
	}

	add(line: number, { cells, wrapped }: SelectedLine): void {
		const part = selectedCells(this.#selection, line, cells, this.#columns);
		if (!part) return;
		const text = cells.slice(part.from, part.to).join('');
		if (this.#pieces.length > 0 && !wrapped) {
			this.#trim();
			this.#put('\n');
		}
		this.#put(text);
	}

	/** With an end of line where whole lines are selected. */
	end(): string {
		this.#trim();
		return this.#pieces.join('') + (this.#selection.by === 'lines' ? '\n' : '');
	}

	#put(text: string): void {
		this.#pieces.push(text);
		this.#size += text.length;
	}

	#trim(): void {
		const last = this.#pieces.pop();
		if (last !== undefined) this.#pieces.push(last.replace(/ +$/, ''));
	}
}

function inOrder(one: Spot, other: Spot): readonly [Spot, Spot] {
	const before =
		one.line < other.line || (one.line === other.line && one.column <= other.column);
	return before ? [one, other] : [other, one];
}
