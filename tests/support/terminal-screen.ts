// The outer terminal of a test: an emulator that shows what a person would see and answers what a
// real terminal answers. Widths by the graphemes addon, as in current terminals.
import xterm from '@xterm/headless';
import { UnicodeGraphemesAddon } from '../../src/terminal/xterm/graphemes.ts';

/** The terminal's own colour, a palette index (0-255), or a true colour. */
export type Colour = 'default' | number | `#${string}`;

export interface ScreenCell {
	/** What stands in the cell; empty in a cell never written and in the right half of a wide one. */
	readonly text: string;
	readonly width: number;
	readonly foreground: Colour;
	readonly background: Colour;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly italic: boolean;
	readonly underline: boolean;
	readonly inverse: boolean;
	readonly invisible: boolean;
	readonly strike: boolean;
}

export interface ScreenCursor {
	readonly x: number;
	readonly y: number;
	readonly visible: boolean;
	/** DECSCUSR: 0 default, 1 and 2 block, 3 and 4 underline, 5 and 6 bar; odd ones blink. */
	readonly shape: number;
}

export interface TerminalOptions {
	readonly columns: number;
	readonly rows: number;
	/** Answers to OSC 10 and 11; null is a terminal that stays silent. */
	readonly colours?: { readonly foreground: string; readonly background: string } | null;
	/** Lines kept above the screen. */
	readonly scrollback?: number;
}

const darkTerminal = { foreground: '#d0d0d0', background: '#16181d' };

/** A terminal's screen. Feed it with `write`; what it answers goes to `onAnswer`. */
export class TerminalScreen implements Disposable {
	readonly #terminal: xterm.Terminal;
	readonly #cell: xterm.IBufferCell;
	#cursorVisible = true;
	#cursorShape = 0;
	/** Hears the answers to queries, which the program must receive as input. */
	onAnswer: (answer: string) => void = () => {};
	title = '';
	bells = 0;

	constructor({
		columns,
		rows,
		colours = darkTerminal,
		scrollback = 0,
	}: TerminalOptions) {
		this.#terminal = new xterm.Terminal({
			cols: columns,
			rows,
			scrollback,
			allowProposedApi: true,
			windowOptions: { getWinSizeChars: true },
		});
		this.#terminal.loadAddon(new UnicodeGraphemesAddon());
		this.#cell = this.#terminal.buffer.active.getNullCell();
		this.#terminal.onData((answer) => this.onAnswer(answer));
		this.#terminal.onTitleChange((title) => {
			this.title = title;
		});
		this.#terminal.onBell(() => {
			this.bells += 1;
		});
		this.#followCursor();
		if (colours) this.#answerColours(colours);
	}

	get columns(): number {
		return this.#terminal.cols;
	}

	get rows(): number {
		return this.#terminal.rows;
	}

	get modes(): xterm.IModes {
		return this.#terminal.modes;
	}

	get alternate(): boolean {
		return this.#terminal.buffer.active.type === 'alternate';
	}

	get cursor(): ScreenCursor {
		const { cursorX, cursorY } = this.#terminal.buffer.active;
		const shape = this.#cursorShape;
		return { x: cursorX, y: cursorY, visible: this.#cursorVisible, shape };
	}

	/** Resolves when `bytes` are on the screen. */
	write(bytes: Uint8Array | string): Promise<void> {
		return new Promise((done) => this.#terminal.write(bytes, done));
	}

	/** The screen as text, one string a row, without blanks at the end. */
	lines(): string[] {
		return this.#rowNumbers().map(
			(y) => this.#line(y)?.translateToString(true).trimEnd() ?? '',
		);
	}

	/** Column and row count from 0. Throws outside the screen. */
	cell(x: number, y: number): ScreenCell {
		const cell = this.#line(y)?.getCell(x, this.#cell);
		if (!cell || y >= this.rows) throw new RangeError(`no cell at ${x},${y}`);
		return readCell(cell);
	}

	/** All cells, row by row. */
	cells(): ScreenCell[][] {
		return this.#rowNumbers().map((y) =>
			Array.from({ length: this.columns }, (_, x) => this.cell(x, y)),
		);
	}

	resize(columns: number, rows: number): void {
		this.#terminal.resize(columns, rows);
	}

	[Symbol.dispose](): void {
		this.#terminal.dispose();
	}

	#rowNumbers(): number[] {
		return Array.from({ length: this.rows }, (_, y) => y);
	}

	#line(y: number): xterm.IBufferLine | undefined {
		const buffer = this.#terminal.buffer.active;
		return buffer.getLine(buffer.baseY + y);
	}

	// Neither is in the public interface; returning false leaves the emulator's own handling alone.
	#followCursor(): void {
		const show = (visible: boolean) => (parameters: (number | number[])[]) => {
			if (parameters.includes(25)) this.#cursorVisible = visible;
			return false;
		};
		const { parser } = this.#terminal;
		parser.registerCsiHandler({ prefix: '?', final: 'h' }, show(true));
		parser.registerCsiHandler({ prefix: '?', final: 'l' }, show(false));
		parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, ([shape]) => {
			this.#cursorShape = typeof shape === 'number' ? shape : 0;
			return false;
		});
	}

	#answerColours(colours: { foreground: string; background: string }): void {
		const answer = (code: number, colour: string) => (data: string) => {
			if (data !== '?') return false;
			this.onAnswer(`\x1b]${code};${x11Colour(colour)}\x1b\\`);
			return true;
		};
		this.#terminal.parser.registerOscHandler(10, answer(10, colours.foreground));
		this.#terminal.parser.registerOscHandler(11, answer(11, colours.background));
	}
}

function readCell(cell: xterm.IBufferCell): ScreenCell {
	return {
		text: cell.getChars(),
		width: cell.getWidth(),
		foreground: colourOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
		background: colourOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
		italic: cell.isItalic() !== 0,
		underline: cell.isUnderline() !== 0,
		inverse: cell.isInverse() !== 0,
		invisible: cell.isInvisible() !== 0,
		strike: cell.isStrikethrough() !== 0,
	};
}

function colourOf(isDefault: boolean, isRgb: boolean, value: number): Colour {
	if (isDefault) return 'default';
	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
}

// `#rrggbb` as `rgb:rrrr/gggg/bbbb`, the form that terminals answer in.
function x11Colour(colour: string): string {
	const pairs = colour.slice(1).match(/../g) ?? [];
	return `rgb:${pairs.map((pair) => pair + pair).join('/')}`;
}
