// The difference between what the terminal shows and what it should show, as bytes. Everything is
// encoded anew from cells: no byte of a pane passes through. Sequences that occur: CSI ? 2026 h/l,
// CSI ? 25 h/l, CSI H, CSI G, CSI X, CSI J, CSI m, CSI SP q and OSC 8; no control character, above
// all no newline, so that nothing can scroll.
import { advancesAlike, isLatelyWide } from '../../lib/cell-width.ts';
import type { ColourDepth } from '../../lib/colour-depth.ts';
import {
	blank,
	codePointMask,
	combinedFlag,
	Foreground,
	gridWords,
	rightHalf,
	widthOf,
} from './cell.ts';
import type { CellTable } from './cell-table.ts';
import { FrameBytes } from './frame-bytes.ts';
import { Grid } from './screen.ts';
import { Sgr } from './sgr.ts';

/** Cells that are cheaper to write again than to step over: CSI G takes 4 to 6 bytes. */
const gapLimit = 4;
/** CSI X takes 4 to 6 bytes, and one CSI G to go on behind it. */
const erasedRunFrom = 12;

export interface EmitOptions {
	readonly depth: ColourDepth;
	/** Wraps frames in synchronized output (mode 2026). */
	readonly synchronized: boolean;
	readonly underlineStyles: boolean;
	/** Whether links (OSC 8) are sent. */
	readonly links: boolean;
	/** False: neither text nor the cursor blinks, whatever a program asks for. */
	readonly blinks: boolean;
	/** The terminal draws ambiguous glyphs two cells wide: no advance but ASCII's is believed. */
	readonly ambiguousWide: boolean;
}

export interface ScreenCursor {
	readonly x: number;
	readonly y: number;
	/** DECSCUSR: 0 default, 1 and 2 block, 3 and 4 underline, 5 and 6 bar; odd ones blink. */
	readonly shape: number;
}

export const fullTerminal: EmitOptions = {
	depth: 'truecolour',
	synchronized: true,
	underlineStyles: true,
	links: true,
	blinks: true,
	ambiguousWide: false,
};

/** Knows what was submitted to the terminal last. One emitter a terminal. */
export class Emitter implements Disposable {
	readonly #table: CellTable;
	readonly #options: EmitOptions;
	readonly #sgr: Sgr;
	readonly #shown: Grid;
	readonly #bytes = new FrameBytes();
	#unknown = true;
	#cursor: ScreenCursor | null | undefined;
	#shape = 0;
	// The terminal's state while a frame is written; x is -1 where it cannot be known.
	#x = -1;
	#y = -1;
	#foreground = 0;
	#background = 0;
	#extra = 0;

	constructor(table: CellTable, options: EmitOptions = fullTerminal) {
		this.#table = table;
		this.#options = options;
		this.#sgr = new Sgr(options);
		this.#shown = new Grid(table, 0, 0);
	}

	/** The screen was resized or written to by another program: the next frame draws all of it. */
	invalidate(): void {
		this.#unknown = true;
	}

	/**
	 * The bytes that turn what was submitted last into `next`, or undefined when nothing differs.
	 * Only rows marked in `dirty` (one byte a row) are compared, all of them after `invalidate` and
	 * when the size changes. `cursor` is where the terminal's cursor shall show, null hides it.
	 */
	frame(
		next: Grid,
		dirty: Uint8Array,
		cursor: ScreenCursor | null,
	): Uint8Array | undefined {
		const bytes = this.#bytes;
		const { columns, rows } = this.#shown;
		const all = this.#unknown || next.columns !== columns || next.rows !== rows;
		bytes.clear();
		if (this.#options.synchronized) bytes.ascii('\x1b[?2026h');
		if (this.#cursor !== null) bytes.ascii('\x1b[?25l');
		const opened = bytes.length;
		this.#x = -1;
		if (all) this.#start(next);
		for (let y = 0; y < next.rows; y += 1) if (all || dirty[y]) this.#row(next, y);
		this.#plain();
		const drawn = bytes.length > opened;
		if (!drawn && sameCursor(this.#cursor, cursor)) return undefined;
		if (!drawn) bytes.clear();
		this.#placeCursor(cursor, drawn);
		if (drawn && this.#options.synchronized) bytes.ascii('\x1b[?2026l');
		return bytes.take();
	}

	[Symbol.dispose](): void {
		this.#shown[Symbol.dispose]();
	}

	#start(next: Grid): void {
		this.#unknown = false;
		this.#shown.resize(next.columns, next.rows);
		this.#bytes.ascii('\x1b[m\x1b[2J');
	}

	#row(next: Grid, y: number): void {
		const { columns } = next;
		const start = y * columns * gridWords;
		const to = next.cells;
		const from = this.#shown.cells;
		let x = 0;
		let written = -1;
		let spoilt = -1;
		while (x < columns) {
			const at = start + x * gridWords;
			if (
				x !== spoilt &&
				to[at] === from[at] &&
				to[at + 1] === from[at + 1] &&
				to[at + 2] === from[at + 2] &&
				to[at + 3] === from[at + 3]
			) {
				x += 1;
				continue;
			}
			if (to[at] === rightHalf && x > 0) x -= 1;
			if (
				written >= 0 &&
				x - written <= gapLimit &&
				this.#plainBetween(to, start, written, x)
			)
				for (; written < x; written += 1) this.#cell(to, start, written, y);
			x += this.#erased(to, from, start, x, y, columns) || this.#cell(to, start, x, y);
			// A terminal that draws this glyph wide has written over its neighbour.
			if (isLatelyWide((to[at] ?? 0) & codePointMask)) spoilt = x;
			written = x;
		}
		if (written < 0) return;
		this.#closeLink();
		from.set(to.subarray(start, start + columns * gridWords), start);
	}

	// Unchanged cells that cost one byte each: ASCII in the style that is set already.
	#plainBetween(to: Uint32Array, start: number, first: number, end: number): boolean {
		if (this.#x !== first) return false;
		for (let x = first; x < end; x += 1) {
			const at = start + x * gridWords;
			const content = to[at] ?? 0;
			if ((content & combinedFlag) !== 0 || (content & codePointMask) >= 0x7f)
				return false;
			if (content === rightHalf || !this.#hasStyle(to, at)) return false;
		}
		return true;
	}

	// Columns erased at once: a run of plain blanks of which enough differ.
	#erased(
		to: Uint32Array,
		from: Uint32Array,
		start: number,
		x: number,
		y: number,
		columns: number,
	): number {
		let end = x;
		let last = x;
		for (; end < columns && isPlainBlank(to, start + end * gridWords); end += 1)
			if (!isPlainBlank(from, start + end * gridWords)) last = end + 1;
		const run = last - x;
		if (run < erasedRunFrom) return 0;
		this.#plain();
		this.#moveTo(x, y);
		this.#bytes.ascii('\x1b[');
		this.#bytes.decimal(run);
		this.#bytes.byte(0x58);
		return run;
	}

	// Writes the cell at x, returns its width.
	#cell(to: Uint32Array, start: number, x: number, y: number): number {
		const at = start + x * gridWords;
		const content = to[at] ?? blank;
		const width = widthOf(content) === 2 ? 2 : 1;
		this.#moveTo(x, y);
		if (!this.#hasStyle(to, at)) this.#setStyle(to, at);
		const codePoint = content & codePointMask;
		const combined = (content & combinedFlag) !== 0;
		// A holder may claim two cells for a narrow sign. The wide ones among the trusted begin here.
		const trusted =
			!combined &&
			(width === 2) === codePoint >= 0x3041 &&
			advancesAlike(codePoint, this.#options.ambiguousWide);
		// Where the terminal draws the glyph narrower than we think, nothing old may show beside it.
		if (width === 2 && !trusted) this.#bytes.ascii('\x1b[2X');
		if (combined)
			for (const character of this.#table.clusterText(codePoint))
				this.#bytes.codePoint(character.codePointAt(0) ?? 0x20);
		else this.#bytes.codePoint(codePoint);
		const next = x + width;
		this.#x = trusted && next < this.#shown.columns ? next : -1;
		return width;
	}

	#moveTo(x: number, y: number): void {
		if (this.#x === x && this.#y === y) return;
		this.#closeLink();
		if (this.#x < 0 || this.#y !== y) this.#bytes.address(y + 1, x + 1);
		else {
			this.#bytes.ascii('\x1b[');
			this.#bytes.decimal(x + 1);
			this.#bytes.byte(0x47);
		}
		this.#x = x;
		this.#y = y;
	}

	#hasStyle(to: Uint32Array, at: number): boolean {
		return (
			to[at + 1] === this.#foreground &&
			to[at + 2] === this.#background &&
			to[at + 3] === this.#extra
		);
	}

	#setStyle(to: Uint32Array, at: number): void {
		const foreground = to[at + 1] ?? 0;
		const background = to[at + 2] ?? 0;
		const number = to[at + 3] ?? 0;
		const extra = number === 0 ? undefined : this.#table.extraAt(number);
		if (number !== this.#extra) this.#closeLink();
		this.#bytes.ascii(this.#sgr.of(foreground, background, extra));
		if (extra?.link && this.#options.links && number !== this.#extra)
			this.#bytes.ascii(`\x1b]8;id=${extra.link.id};${extra.link.uri}\x1b\\`);
		this.#foreground = foreground;
		this.#background = background;
		this.#extra = number;
	}

	#closeLink(): void {
		if (this.#extra === 0) return;
		const { link } = this.#table.extraAt(this.#extra);
		if (!link || !this.#options.links) return;
		this.#bytes.ascii('\x1b]8;;\x1b\\');
		// Not zero: the style stands, but the next cell with this link must open it again.
		this.#extra = -1;
	}

	#plain(): void {
		this.#closeLink();
		if (this.#foreground === 0 && this.#background === 0 && this.#extra === 0) return;
		this.#bytes.ascii('\x1b[m');
		this.#foreground = 0;
		this.#background = 0;
		this.#extra = 0;
	}

	#placeCursor(cursor: ScreenCursor | null, drawn: boolean): void {
		const bytes = this.#bytes;
		const wasShown = this.#cursor !== null && !drawn;
		this.#cursor = cursor;
		if (cursor === null) {
			if (wasShown) bytes.ascii('\x1b[?25l');
			return;
		}
		bytes.address(cursor.y + 1, cursor.x + 1);
		const shape = this.#options.blinks ? cursor.shape : steady(cursor.shape);
		if (shape !== this.#shape) {
			bytes.ascii(`\x1b[${Math.max(0, Math.min(6, shape))} q`);
			this.#shape = shape;
		}
		if (!wasShown) bytes.ascii('\x1b[?25h');
	}
}

/** The same shape without blinking; the terminal's own may blink, so it becomes a block. */
function steady(shape: number): number {
	return shape === 0 ? 2 : shape + (shape % 2);
}

/** Flags that show on a blank; its colour does not. */
const drawnOnBlanks = Foreground.inverse | Foreground.underline | Foreground.strike;

function isPlainBlank(cells: Uint32Array, at: number): boolean {
	if (cells[at] !== blank || cells[at + 2] !== 0 || cells[at + 3] !== 0) return false;
	return ((cells[at + 1] ?? 0) & drawnOnBlanks) === 0;
}

function sameCursor(a: ScreenCursor | null | undefined, b: ScreenCursor | null): boolean {
	if (a === b) return true;
	return !!a && !!b && a.x === b.x && a.y === b.y && a.shape === b.shape;
}
