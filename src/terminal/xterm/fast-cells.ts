/* oxlint-disable no-underscore-dangle -- the private names of the library */
// Erasing, inserting and deleting cells by whole runs of words, where the library goes cell by cell: a
// screen of erasures costs a fifth. Cells that carry more than their words (a cluster, an underline, a
// link, protection) are left to the library. The differential test in tests/unit/terminal holds that
// both give the same line.
import type { Internals } from './internals.ts';

/** A cell as the library hands it about. */
interface Cell {
	readonly content: number;
	readonly fg: number;
	readonly bg: number;
}

interface CellLine {
	_data: Uint32Array;
	length: number;
	_combined: Record<number, string>;
	_extendedAttrs: Record<number, unknown>;
	getWidth(column: number): number;
	hasContent(column: number): number;
	setCellFromCodepoint(column: number, code: number, width: number, cell: Cell): void;
}

export interface CellOperations {
	replaceCells: (
		this: CellLine,
		start: number,
		end: number,
		cell: Cell,
		respectProtect?: boolean,
	) => void;
	insertCells: (this: CellLine, column: number, count: number, cell: Cell) => void;
	deleteCells: (this: CellLine, column: number, count: number, cell: Cell) => void;
	fill: (this: CellLine, cell: Cell, respectProtect?: boolean) => void;
}

const combined = 1 << 21;
const hasExtended = 0x10000000;

/** What the library does itself, by the prototype of its lines. */
export const libraryOperations = new WeakMap<object, CellOperations>();

/** Puts the operations above in the place of the library's, which all lines share. */
export function quickenCells(internals: Internals): void {
	const line = internals._bufferService.buffers.normal.lines.get(0);
	const prototype: unknown = line && Object.getPrototypeOf(line);
	if (!hasOperations(prototype) || libraryOperations.has(prototype)) return;
	const { replaceCells, insertCells, deleteCells, fill } = prototype;
	const library = { replaceCells, insertCells, deleteCells, fill };
	libraryOperations.set(prototype, library);
	Object.assign(prototype, quickened(library));
}

function quickened(library: CellOperations): CellOperations {
	return {
		replaceCells(start, end, cell, respectProtect = false) {
			if (respectProtect || !isPlain(cell))
				return library.replaceCells.call(this, start, end, cell, respectProtect);
			if (start > 0 && this.getWidth(start - 1) === 2) blank(this, start - 1, cell);
			if (end < this.length && this.getWidth(end - 1) === 2) blank(this, end, cell);
			write(this._data, start, Math.min(end, this.length), cell);
		},
		insertCells(column, count, cell) {
			const from = column % this.length;
			if (!isPlain(cell) || !isPlainFrom(this, from))
				return library.insertCells.call(this, column, count, cell);
			if (from > 0 && this.getWidth(from - 1) === 2) blank(this, from - 1, cell);
			const end = Math.min(this.length, from + count);
			this._data.copyWithin(end * 3, from * 3, (this.length - (end - from)) * 3);
			write(this._data, from, end, cell);
			if (this.getWidth(this.length - 1) === 2) blank(this, this.length - 1, cell);
		},
		deleteCells(column, count, cell) {
			const from = column % this.length;
			if (!isPlain(cell) || !isPlainFrom(this, from))
				return library.deleteCells.call(this, column, count, cell);
			const gone = Math.min(count, this.length - from);
			this._data.copyWithin(from * 3, (from + gone) * 3, this.length * 3);
			write(this._data, this.length - gone, this.length, cell);
			if (from > 0 && this.getWidth(from - 1) === 2) blank(this, from - 1, cell);
			if (this.getWidth(from) === 0 && !this.hasContent(from)) blank(this, from, cell);
		},
		fill(cell, respectProtect = false) {
			if (respectProtect || !isPlain(cell))
				return library.fill.call(this, cell, respectProtect);
			this._combined = {};
			this._extendedAttrs = {};
			write(this._data, 0, this.length, cell);
		},
	};
}

function isPlain({ content, bg }: Cell): boolean {
	return (content & combined) === 0 && (bg & hasExtended) === 0;
}

function isPlainFrom({ _data, length }: CellLine, column: number): boolean {
	for (let at = column * 3; at < length * 3; at += 3)
		if (((_data[at] ?? 0) & combined) !== 0 || ((_data[at + 2] ?? 0) & hasExtended) !== 0)
			return false;
	return true;
}

function blank(line: CellLine, column: number, cell: Cell): void {
	line.setCellFromCodepoint(column, 0, 1, cell);
}

/** A run of the cell that was written last; most runs are of the same blank. */
let pattern = new Uint32Array(0);

function write(data: Uint32Array, from: number, to: number, cell: Cell): void {
	if (to <= from) return;
	const words = (to - from) * 3;
	const { content, fg, bg } = cell;
	const same =
		pattern[0] === content && pattern[1] === fg >>> 0 && pattern[2] === bg >>> 0;
	if (!same || pattern.length < words) {
		if (pattern.length < words) pattern = new Uint32Array(Math.max(words, 1024 * 3));
		for (let at = 0; at < pattern.length; at += 3) {
			pattern[at] = content;
			pattern[at + 1] = fg;
			pattern[at + 2] = bg;
		}
	}
	data.set(pattern.subarray(0, words), from * 3);
}

function hasOperations(value: unknown): value is CellOperations {
	return (
		typeof value === 'object' &&
		value !== null &&
		['replaceCells', 'insertCells', 'deleteCells', 'fill'].every(
			(name) => typeof Reflect.get(value, name) === 'function',
		)
	);
}
