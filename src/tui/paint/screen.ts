// A screen as cells in one typed array, and the copying of rectangles between screens.
import {
	blank,
	codePointMask,
	combinedFlag,
	gridWords,
	narrow,
	rightHalf,
	wide,
	widthOf,
} from './cell.ts';
import type { CellTable } from './cell-table.ts';

/** In cells; `x` and `y` count from 0. */
export interface Rectangle {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Colours and flags of a cell: the second to fourth word. */
export interface CellStyle {
	readonly foreground: number;
	readonly background: number;
	readonly extra: number;
}

/** Changes to the style of cells: flags to toggle, or colours and flags of its own. */
export interface Restyle {
	readonly toggleForeground: number;
	readonly paint?: Pick<CellStyle, 'foreground' | 'background'>;
}

export const plainStyle: CellStyle = { foreground: 0, background: 0, extra: 0 };
const asIs: Restyle = { toggleForeground: 0 };

/**
 * A grid of cells. Whatever is written, each wide cell keeps its right half and each right half its
 * wide cell: what cuts one in two turns the rest into a blank of the same style.
 */
export class Grid implements Disposable {
	readonly table: CellTable;
	#columns: number;
	#rows: number;
	#cells: Uint32Array;

	constructor(table: CellTable, columns: number, rows: number) {
		this.table = table;
		this.#columns = columns;
		this.#rows = rows;
		this.#cells = new Uint32Array(columns * rows * gridWords);
		this.clear();
		table.hold(this);
	}

	get columns(): number {
		return this.#columns;
	}

	get rows(): number {
		return this.#rows;
	}

	/** `gridWords` words a cell, row by row. */
	get cells(): Uint32Array {
		return this.#cells;
	}

	/** Another size; all cells become blank. */
	resize(columns: number, rows: number): void {
		if (columns !== this.#columns || rows !== this.#rows) {
			this.#columns = columns;
			this.#rows = rows;
			this.#cells = new Uint32Array(columns * rows * gridWords);
		}
		this.clear();
	}

	clear(): void {
		this.#cells.fill(0);
		for (let at = 0; at < this.#cells.length; at += gridWords) this.#cells[at] = blank;
	}

	/**
	 * Writes one glyph of `width` cells (1 or 2); outside the grid nothing happens, and a wide glyph
	 * in the last column becomes a blank.
	 */
	put(x: number, y: number, glyph: number, width: number, style: CellStyle): void {
		if (x < 0 || y < 0 || x >= this.#columns || y >= this.#rows) return;
		const fits = width !== 2 || x + 1 < this.#columns;
		const end = width === 2 && fits ? x + 2 : x + 1;
		const content = width === 2 ? glyph | wide : glyph | narrow;
		this.#set(y * this.#columns + x, fits ? content : blank, style);
		if (end === x + 2) this.#set(y * this.#columns + x + 1, rightHalf, style);
		this.mend(y, x, end);
	}

	/** Blanks with the given style. */
	erase(area: Rectangle, style: CellStyle = plainStyle): void {
		const { x, y, right, bottom } = this.#clip(area);
		for (let row = y; row < bottom; row += 1) {
			for (let column = x; column < right; column += 1)
				this.#set(row * this.#columns + column, blank, style);
			if (x < right) this.mend(row, x, right);
		}
	}

	/**
	 * Copies `width` cells of another grid with the same table to (x, y). What lies outside either
	 * grid is left out. The source must not be this grid.
	 */
	copyRow(
		source: Grid,
		sourceX: number,
		sourceY: number,
		width: number,
		x: number,
		y: number,
		restyle = asIs,
	): void {
		const before = Math.max(0, -sourceX, -x);
		const count = Math.min(width, source.columns - sourceX, this.#columns - x) - before;
		const inside = sourceY >= 0 && sourceY < source.rows && y >= 0 && y < this.#rows;
		if (count <= 0 || !inside) return;
		const start = (sourceY * source.columns + sourceX + before) * gridWords;
		const target = (y * this.#columns + x + before) * gridWords;
		this.#cells.set(source.cells.subarray(start, start + count * gridWords), target);
		if (restyle.toggleForeground !== 0) this.#restyle(target, count, restyle);
		const first = y * this.#columns + x + before;
		if (this.#content(first) === rightHalf) this.#blank(first);
		if (widthOf(this.#content(first + count - 1)) === 2) this.#blank(first + count - 1);
		this.mend(y, x + before, x + before + count);
	}

	/** Toggles and sets flags of the cells that a rectangle covers, whole glyphs only. */
	restyle(area: Rectangle, restyle: Restyle): void {
		const { x, y, right, bottom } = this.#clip(area);
		if (x >= right) return;
		for (let row = y; row < bottom; row += 1) {
			const first = row * this.#columns;
			const start = this.#content(first + x) === rightHalf && x > 0 ? x - 1 : x;
			const cut = right < this.#columns && this.#content(first + right) === rightHalf;
			const end = cut ? right + 1 : right;
			this.#restyle((first + start) * gridWords, end - start, restyle);
		}
	}

	/** Blanks what is left of glyphs that a write of whole glyphs to `start`..`end` cut in two. */
	mend(y: number, start: number, end: number): void {
		const row = y * this.#columns;
		if (start > 0 && widthOf(this.#content(row + start - 1)) === 2)
			this.#blank(row + start - 1);
		if (end < this.#columns && this.#content(row + end) === rightHalf)
			this.#blank(row + end);
	}

	/** The text of a row, for tests and for copying; right halves are left out. */
	text(y: number, from = 0, to = this.#columns): string {
		let text = '';
		for (let x = from; x < to; x += 1) {
			const content = this.#content(y * this.#columns + x);
			if (content === rightHalf) continue;
			const glyph = content & codePointMask;
			text +=
				content & combinedFlag
					? this.table.clusterText(glyph)
					: String.fromCodePoint(glyph);
		}
		return text;
	}

	[Symbol.dispose](): void {
		this.table.release(this);
	}

	#set(cell: number, content: number, style: CellStyle): void {
		const at = cell * gridWords;
		this.#cells[at] = content;
		this.#cells[at + 1] = style.foreground;
		this.#cells[at + 2] = style.background;
		this.#cells[at + 3] = style.extra;
	}

	#content(cell: number): number {
		return this.#cells[cell * gridWords] ?? blank;
	}

	#blank(cell: number): void {
		this.#cells[cell * gridWords] = blank;
	}

	#restyle(start: number, count: number, restyle: Restyle): void {
		const end = start + count * gridWords;
		for (let at = start; at < end; at += gridWords) {
			const { foreground, background } = restyle.paint ?? {
				foreground: this.#cells[at + 1] ?? 0,
				background: this.#cells[at + 2] ?? 0,
			};
			this.#cells[at + 1] = foreground ^ restyle.toggleForeground;
			this.#cells[at + 2] = background;
		}
	}

	#clip(area: Rectangle): { x: number; y: number; right: number; bottom: number } {
		return {
			x: Math.max(0, area.x),
			y: Math.max(0, area.y),
			right: Math.min(this.#columns, area.x + area.width),
			bottom: Math.min(this.#rows, area.y + area.height),
		};
	}
}
