/* oxlint-disable no-underscore-dangle -- the private names of the library */
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
	readonly overline: boolean;
	readonly blink: boolean;
	/** 0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed. */
	readonly underlineStyle: number;
	readonly underlineColour: Colour;
	/** The address of a link (OSC 8). */
	readonly link: string | null;
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
	/** Answers to OSC 10, 11 and 12, whose cursor has the foreground; null is a terminal that stays silent. */
	readonly colours?: { readonly foreground: string; readonly background: string } | null;
	/** Lines kept above the screen. */
	readonly scrollback?: number;
	/** Whether it knows kitty's keyboard protocol. */
	readonly kittyKeyboard?: boolean;
}

const darkTerminal = { foreground: '#d0d0d0', background: '#16181d' };

/** A terminal's screen. Feed it with `write`; what it answers goes to `onAnswer`. */
export class TerminalScreen implements Disposable {
	readonly #terminal: xterm.Terminal;
	readonly #cell: xterm.IBufferCell;
	#cursorVisible = true;
	#cursorShape = 0;
	#kittyStack = [0];
	#otherKeys = 0;
	#reversed = false;
	/** Hears the answers to queries, which the program must receive as input. */
	onAnswer: (answer: string) => void = () => {};
	/** Called at the end of each synchronized update, before anything behind it is drawn. */
	onUpdate: () => void = () => {};
	title = '';
	bells = 0;
	/** What it answers when it is asked for its colours; null for a terminal that does not. */
	colours: TerminalOptions['colours'];

	constructor({
		columns,
		rows,
		colours = darkTerminal,
		scrollback = 0,
		kittyKeyboard = false,
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
		this.#followKeys(kittyKeyboard);
		this.#followUpdates();
		this.colours = colours;
		this.#answerColours();
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

	/** How keys are to be said: flags of kitty's protocol, and modifyOtherKeys. */
	get keys(): { readonly kitty: number; readonly otherKeys: number } {
		return { kitty: this.#kittyStack.at(-1) ?? 0, otherKeys: this.#otherKeys };
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
		const seen = { ...readCell(cell), ...this.#extended(cell) };
		return this.#reversed ? { ...seen, inverse: !seen.inverse } : seen;
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

	// None of it is in the public interface; returning false leaves the emulator's own handling alone.
	#followCursor(): void {
		const show = (visible: boolean) => (parameters: (number | number[])[]) => {
			if (parameters.includes(25)) this.#cursorVisible = visible;
			if (parameters.includes(5)) this.#reversed = visible;
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

	#followUpdates(): void {
		const end = { prefix: '?', final: 'l' };
		this.#terminal.parser.registerCsiHandler(end, (parameters) => {
			if (parameters.includes(2026)) this.onUpdate();
			return false;
		});
	}

	#followKeys(kitty: boolean): void {
		const { parser } = this.#terminal;
		parser.registerCsiHandler({ prefix: '>', final: 'm' }, ([resource, level]) => {
			if (resource === 4) this.#otherKeys = typeof level === 'number' ? level : 0;
			return true;
		});
		if (!kitty) return;
		const stack = this.#kittyStack;
		const first = (values: (number | number[])[]) => Number(values[0] ?? 0);
		parser.registerCsiHandler({ prefix: '>', final: 'u' }, (values) => {
			stack.push(first(values));
			return true;
		});
		parser.registerCsiHandler({ prefix: '<', final: 'u' }, () => {
			if (stack.length > 1) stack.pop();
			return true;
		});
		parser.registerCsiHandler({ prefix: '=', final: 'u' }, (values) => {
			stack[stack.length - 1] = first(values);
			return true;
		});
		parser.registerCsiHandler({ prefix: '?', final: 'u' }, () => {
			this.onAnswer(`\x1b[?${stack.at(-1)}u`);
			return true;
		});
	}

	// Not in the public interface, where an underline is only there or not.
	#extended(cell: xterm.IBufferCell): Extended {
		const { bg, extended } = cell as unknown as ExtendedCell;
		const { _ext, _urlId } = bg & hasExtended ? extended : { _ext: 0, _urlId: 0 };
		const style = cell.isUnderline() === 0 ? 0 : Math.max(1, (_ext >> 26) & 7);
		const { _core } = this.#terminal as unknown as { _core: LinkHolder };
		return {
			underlineStyle: style,
			underlineColour: underlineColour(style === 0 ? 0 : _ext & colourBits),
			link: _core._oscLinkService.getLinkData(_urlId)?.uri ?? null,
		};
	}

	#answerColours(): void {
		for (const code of [10, 11, 12])
			this.#terminal.parser.registerOscHandler(code, (data) => {
				if (!this.colours || data !== '?') return false;
				const { foreground, background } = this.colours;
				const colour = code === 11 ? background : foreground;
				this.onAnswer(`\x1b]${code};${x11Colour(colour)}\x1b\\`);
				return true;
			});
	}
}

type Extended = Pick<ScreenCell, 'underlineStyle' | 'underlineColour' | 'link'>;

interface ExtendedCell {
	readonly bg: number;
	readonly extended: { readonly _ext: number; readonly _urlId: number };
}

const hasExtended = 0x10000000;
const colourBits = 0x3ffffff;

interface LinkHolder {
	readonly _oscLinkService: { getLinkData(id: number): { uri: string } | undefined };
}

/** In the packing of a foreground: all ones, or no mode, is the text's own colour. */
function underlineColour(packed: number): Colour {
	const mode = packed >>> 24;
	if (mode === 0 || packed === colourBits) return 'default';
	return colourOf(false, mode === 3, packed & 0xffffff);
}

function readCell(cell: xterm.IBufferCell): Omit<ScreenCell, keyof Extended> {
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
		overline: cell.isOverline() !== 0,
		blink: cell.isBlink() !== 0,
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
