// An emulator whose cells are read in the packing that rows and grids have, so that a test compares
// words. The packing and these internals are those of @xterm/headless 6.0.
import xterm from '@xterm/headless';
import type { RowsPush, ScreenRow } from '../../src/protocol/rows.ts';
import { PaneMode } from '../../src/protocol/rows.ts';
import { UnicodeGraphemesAddon } from '../../src/terminal/xterm/graphemes.ts';
import type { CellExtra } from '../../src/tui/paint/cell-table.ts';
import type { Grid } from '../../src/tui/paint/screen.ts';

interface InnerCell {
	readonly fg: number;
	readonly bg: number;
	readonly extended: {
		/** Bits 26-28 style, 0-25 colour. The getter would say that each link is dashed. */
		readonly ['_ext']: number;
		readonly urlId: number;
	};
	getChars(): string;
	getWidth(): number;
}

interface InnerCore {
	readonly ['_core']: {
		readonly ['_oscLinkService']: {
			getLinkData(id: number): { uri: string; id?: string } | undefined;
		};
		readonly coreService: { readonly isCursorHidden: boolean };
	};
}

export interface WordCell {
	readonly text: string;
	readonly width: number;
	/** Without what does not show on a blank. */
	readonly foreground: number;
	readonly background: number;
	readonly underlineStyle: number;
	readonly underlineColour: number;
	readonly link: string;
}

const extendedOrProtected = 0x30000000;
const inverse = 0x04000000;
const underline = 0x10000000;
const strike = 0x80000000;

export class GridTerminal implements Disposable {
	readonly terminal: xterm.Terminal;
	#version = 0;

	constructor(columns: number, rows: number) {
		this.terminal = new xterm.Terminal({
			cols: columns,
			rows,
			scrollback: 0,
			allowProposedApi: true,
		});
		this.terminal.loadAddon(new UnicodeGraphemesAddon());
	}

	write(bytes: Uint8Array | string): Promise<void> {
		return new Promise((done) => this.terminal.write(bytes, done));
	}

	cell(x: number, y: number): WordCell {
		const cell = this.#inner(x, y);
		const hasUnderline = (cell.fg & underline) !== 0;
		return wordCell({
			text: cell.getChars(),
			width: cell.getWidth(),
			foreground: cell.fg,
			background: cell.bg,
			underlineStyle: hasUnderline ? styleOf(cell.extended['_ext']) : 0,
			underlineColour: hasUnderline ? colour(cell.extended['_ext']) : 0,
			link: this.#link(cell)?.uri ?? '',
		});
	}

	/** The id of the link in a cell, as the terminal got it. */
	linkId(x: number, y: number): string | undefined {
		return this.#link(this.#inner(x, y))?.id;
	}

	cells(): WordCell[][] {
		return Array.from({ length: this.terminal.rows }, (_, y) =>
			Array.from({ length: this.terminal.cols }, (_, x) => this.cell(x, y)),
		);
	}

	/** The whole screen as a holder would push it. */
	push(pane: number): RowsPush {
		const { buffer, cols, rows, modes } = this.terminal;
		const hidden = (this.terminal as unknown as InnerCore)['_core'].coreService
			.isCursorHidden;
		this.#version += 1;
		return {
			pane,
			version: this.#version,
			full: true,
			columns: cols,
			rows,
			cursorColumn: buffer.active.cursorX,
			cursorRow: buffer.active.cursorY,
			cursorShape: 0,
			modes:
				(hidden ? PaneMode.cursorHidden : 0) |
				(modes.bracketedPasteMode ? PaneMode.bracketedPaste : 0),
			kittyFlags: 0,
			scrollback: 0,
			changed: Array.from({ length: rows }, (_, y) => this.#row(y)),
		};
	}

	[Symbol.dispose](): void {
		this.terminal.dispose();
	}

	#row(y: number): ScreenRow {
		const columns = this.terminal.cols;
		const cells = new Uint32Array(columns * 3);
		const clusters: [number, string][] = [];
		const underlines: { column: number; style: number; colour: number }[] = [];
		const links: [number, string][] = [];
		for (let x = 0; x < columns; x += 1) {
			const cell = this.#inner(x, y);
			const text = cell.getChars();
			const combined = Array.from(text).length > 1;
			const codePoint = combined ? 1 << 21 : (text.codePointAt(0) ?? 0);
			cells[x * 3] = codePoint | (cell.getWidth() << 22);
			cells[x * 3 + 1] = cell.fg;
			cells[x * 3 + 2] = cell.bg;
			if (combined) clusters.push([x, text]);
			const style = styleOf(cell.extended['_ext']);
			if ((cell.bg & 0x10000000) !== 0 && style > 0)
				underlines.push({ column: x, style, colour: colour(cell.extended['_ext']) });
			const link = this.#link(cell);
			if (link) links.push([x, link.uri]);
		}
		return { row: y, wrapped: false, cells, clusters, underlines, links };
	}

	#inner(x: number, y: number): InnerCell {
		const { active } = this.terminal.buffer;
		const cell = active.getLine(active.baseY + y)?.getCell(x);
		if (!cell) throw new RangeError(`no cell at ${x},${y}`);
		return cell as unknown as InnerCell;
	}

	#link(cell: InnerCell): { uri: string; id?: string } | undefined {
		const { urlId } = cell.extended;
		if ((cell.bg & 0x10000000) === 0 || urlId === 0) return undefined;
		return (this.terminal as unknown as InnerCore)['_core'][
			'_oscLinkService'
		].getLinkData(urlId);
	}
}

/** A cell of a grid in the same form. */
export function gridCell(grid: Grid, x: number, y: number): WordCell {
	const at = (y * grid.columns + x) * 4;
	const [content = 0, foreground = 0, background = 0, number = 0] = grid.cells.subarray(
		at,
		at + 4,
	);
	const extra: CellExtra = grid.table.extraAt(number);
	const isUnderlined = (foreground & underline) !== 0;
	return wordCell({
		text: content === 0 ? '' : grid.text(y, x, x + 1),
		width: (content >>> 22) & 3,
		foreground,
		background,
		underlineStyle: isUnderlined ? Math.max(1, extra.underlineStyle) : 0,
		underlineColour: isUnderlined ? extra.underlineColour : 0,
		link: extra.link?.uri ?? '',
	});
}

export function gridCells(grid: Grid): WordCell[][] {
	return Array.from({ length: grid.rows }, (_, y) =>
		Array.from({ length: grid.columns }, (_, x) => gridCell(grid, x, y)),
	);
}

/** Cells that differ, at most five of them: what a test expects to be empty. */
export function differences(
	found: readonly (readonly WordCell[])[],
	expected: readonly (readonly WordCell[])[],
): unknown[] {
	const list: unknown[] = [];
	if (found.length !== expected.length) list.push([found.length, expected.length]);
	for (const [y, row] of expected.entries())
		for (const [x, cell] of row.entries()) {
			const other = found[y]?.[x];
			if (!other || !same(cell, other)) list.push({ x, y, found: other, expected: cell });
			if (list.length >= 5) return list;
		}
	return list;
}

function same(a: WordCell, b: WordCell): boolean {
	return (
		a.text === b.text &&
		a.width === b.width &&
		a.foreground === b.foreground &&
		a.background === b.background &&
		a.underlineStyle === b.underlineStyle &&
		a.underlineColour === b.underlineColour &&
		a.link === b.link
	);
}

function styleOf(ext: number): number {
	return (ext >>> 26) & 7;
}

// Colour bits without a mode are the text's own colour.
function colour(ext: number): number {
	return (ext & 0x3000000) === 0 ? 0 : ext & 0x3ffffff;
}

/** The same without what nobody sees, as the colour of a blank. */
export function wordCell(cell: WordCell): WordCell {
	const text = cell.text === '' && cell.width === 1 ? ' ' : cell.text;
	const background = ownColour(cell.background & ~extendedOrProtected);
	const shows = cell.foreground & (inverse | underline | strike);
	const foreground =
		text === ' ' && shows === 0 && (background & 0x40000000) === 0
			? 0
			: ownColour(cell.foreground);
	const flags = text === ' ' && foreground === 0 ? background & 0x3ffffff : background;
	const underlineColour = ownColour(cell.underlineColour);
	return { ...cell, text, foreground, background: flags, underlineColour };
}

// A palette colour below 16 is one colour in two modes: SGR 38;5;n and SGR 3n. A true colour leaves
// something in the bits that an indexed one after it does not use.
function ownColour(word: number): number {
	const mode = (word >>> 24) & 3;
	if (mode === 0) return (word & 0xff000000) >>> 0;
	return (mode === 3 ? word : word & 0xff0000ff) >>> 0;
}
