// A program's screen: bytes in; rows by version, answers and signals out.
//
// Parsing is synchronous and is its own flow control: nothing queues, the kernel's buffer fills and
// the program blocks. There is no watchdog around it. One would need a thread of its own for each
// emulator (another copy of every row, or shared memory) to protect against single sequences that
// never return, and those are cut by `xterm/guards`. What is left is work in proportion to the
// bytes, and `xterm/work` bounds what a stretch of them may cost. The caller bounds a turn by the
// size of the pieces it writes. Where bytes are parsed again (`history`), a worker with a watchdog does it.
import { hash } from 'node:crypto';
import { Emitter } from '../lib/emitter.ts';
import type { TerminalSignal } from '../protocol/holder.ts';
import { PaneMode, type RowsPush, type ScreenRow } from '../protocol/rows.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { KittyKeyboard } from './kitty-keyboard.ts';
import { answerQueries } from './queries.ts';
import { readSignals } from './read-signals.ts';
import type { Redaction } from './redaction.ts';
import { RowVersions } from './row-versions.ts';
import { ScreenModes } from './screen-modes.ts';
import { rowAnsi, rowMarks, rowText } from './screen-text.ts';
import { SignalBox } from './signal-box.ts';
import { darkColours, type ThemeColours } from './theme-colours.ts';
import { WholeCharacters } from './whole-characters.ts';
import type { Engine, KeepLine } from './xterm/engine.ts';
import { openEngine } from './xterm/open-engine.ts';
import type { SavedScreen } from './xterm/saved-screen.ts';
import { stretchBytes } from './xterm/work.ts';

export interface EmulatorOptions {
	readonly columns: number;
	readonly rows: number;
	/** Lines kept above the screen. Few: deep history is the recording, parsed on demand. */
	readonly scrollback?: number;
	/** Name and version told to programs that ask (XTVERSION). */
	readonly identity?: string;
	readonly keep?: KeepLine;
	/** Forces an engine, for tests; by default the self-test decides. */
	readonly engine?: 'exact' | 'public';
	/** False leaves printing to the library, for comparison. */
	readonly fastPrint?: boolean;
}

export type EmulatorRows = Omit<RowsPush, 'pane'>;

const defaultScrollback = 200;
/** One answer, and all answers to one write: beyond it a program asks to be flooded. */
const answerLimit = 256;
const answersLimit = 4096;

export class Emulator implements Disposable {
	/** Answers for the program's input, in the order of its questions. */
	readonly onReply = new Emitter<string>();
	readonly onSignal = new Emitter<TerminalSignal>();
	/** The version grew. */
	readonly onChange = new Emitter<void>();

	readonly #engine: Engine;
	readonly #modes: ScreenModes;
	readonly #keyboard = new KittyKeyboard();
	readonly #characters = new WholeCharacters();
	readonly #signals = new SignalBox();
	readonly #scrollbackLimit: number;
	#theme: ThemeColours = darkColours;
	#columns: number;
	#rows: number;
	readonly #versions: RowVersions;
	#state = '';
	#hash: { readonly version: number; readonly value: string } | undefined;
	#answered = 0;
	/** Bytes since the last stretch began. */
	#offset = 0;
	#disposed = false;

	constructor(options: EmulatorOptions) {
		this.#columns = options.columns;
		this.#rows = options.rows;
		this.#scrollbackLimit = options.scrollback ?? defaultScrollback;
		this.#versions = new RowVersions(options.rows);
		this.#engine = openEngine(
			{ ...options, scrollback: this.#scrollbackLimit },
			options.engine,
		);
		const { terminal } = this.#engine;
		this.#modes = new ScreenModes(terminal);
		answerQueries(terminal, {
			theme: () => this.#theme,
			identity: options.identity ?? 'weir',
			keyboard: this.#keyboard,
			modes: this.#modes,
			pen: () => this.#engine.pen,
			answer: (text) => this.#answer(text),
		});
		terminal.onData((text) => this.#answer(text));
		terminal.onBell(() => this.#signals.put({ kind: 'bell' }));
		readSignals(
			terminal,
			(signal) => this.#signals.put(signal),
			(text) => this.#answer(text),
		);
		this.#settle();
	}

	/** Parses all of `bytes` before it returns; chunks may end anywhere. */
	write(bytes: Uint8Array): void {
		if (this.#disposed) return;
		this.#answered = 0;
		for (let at = 0; at < bytes.length; ) {
			if (this.#offset === stretchBytes) {
				this.#offset = 0;
				this.#engine.beginStretch();
			}
			// Short pieces also keep the library's decoder small: it holds four bytes for each.
			const piece = bytes.subarray(at, at + stretchBytes - this.#offset);
			this.#characters.push(piece, (whole) => this.#engine.parse(whole));
			this.#offset += piece.length;
			at += piece.length;
		}
		this.#settle();
		for (const signal of this.#signals.take()) this.onSignal.emit(signal);
	}

	resize(columns: number, rows: number): void {
		if (this.#disposed || (columns === this.#columns && rows === this.#rows)) return;
		this.#engine.resize(columns, rows);
		this.#columns = columns;
		this.#rows = rows;
		this.#versions.reset(rows);
		this.#settle();
	}

	/** Colours told to programs from now on. */
	setTheme(theme: ThemeColours): void {
		this.#theme = theme;
	}

	get columns(): number {
		return this.#columns;
	}

	get rowCount(): number {
		return this.#rows;
	}

	/** Grows with each change that a client could see. */
	get version(): number {
		return this.#versions.current;
	}

	/** Bits of `PaneMode`. */
	get modes(): number {
		return this.#modes.bits();
	}

	/** Lines above the screen since the start, whether still in memory or not. */
	get scrollback(): number {
		return this.#engine.scrollback;
	}

	/** Lines that are no longer in memory: the number of the first line of `ring`. */
	get trimmed(): number {
		return this.#engine.trimmed;
	}

	/** Pieces of output that were lost because the library threw on them; 0 is the promise. */
	get faults(): number {
		return this.#engine.faults;
	}

	/** Between two sequences and two characters: a good place for a checkpoint. */
	get settled(): boolean {
		return this.#engine.settled && this.#characters.held === 0;
	}

	/** Rows newer than the client has; all of them for null and where what it has is void. */
	rows(sinceVersion: number | null): EmulatorRows {
		const changed = this.#versions.since(sinceVersion);
		const { active } = this.#engine.terminal.buffer;
		return {
			version: this.version,
			full: changed === null,
			columns: this.#columns,
			rows: this.#rows,
			// A cursor that waits to wrap stands beyond the last column.
			cursorColumn: Math.min(active.cursorX, this.#columns - 1),
			cursorRow: active.cursorY,
			cursorShape: this.#modes.cursorShape,
			modes: this.#modes.bits(),
			kittyFlags: this.#keyboard.flags(active.type === 'alternate'),
			scrollback: this.#engine.scrollback,
			changed: changed?.map((row) => this.#engine.row(row)) ?? this.#screen(),
		};
	}

	/** The lines in memory above the screen, oldest first; `row` is the line's number. */
	ring(): ScreenRow[] {
		return this.#engine.ring();
	}

	/** The screen as text, a string a row, without blanks at the ends. */
	text(redaction?: Redaction): string[] {
		return this.#screen(redaction).map(rowText);
	}

	/** The same with SGR sequences of a fixed list. */
	ansi(redaction?: Redaction): string[] {
		return this.#screen(redaction).map(rowAnsi);
	}

	/**
	 * Changes when the visible prompt does: over the text, over what inverse video or a background
	 * marks, over the size, over which of the two screens is shown, and over the cursor where it is
	 * visible. Foreground colours, titles and modes do not count, so a shimmering word is stable.
	 */
	screenHash(): string {
		if (this.#hash?.version === this.version) return this.#hash.value;
		const { active } = this.#engine.terminal.buffer;
		const hidden = (this.#modes.bits() & PaneMode.cursorHidden) !== 0;
		const place = hidden ? 'hidden' : `${active.cursorX};${active.cursorY}`;
		const head = `${active.type} ${this.#columns};${this.#rows} ${place}`;
		const rows = this.#screen().map(rowMarks);
		const value = hash('sha256', [head, ...rows].join('\n'), 'hex').slice(0, 32);
		this.#hash = { version: this.version, value };
		return value;
	}

	/** The last signal of each kind, of each id for status records. */
	signals(): TerminalSignal[] {
		return this.#signals.last();
	}

	/**
	 * All that decides what later bytes do to the screen, without the secrets of `redaction`. Null
	 * where this emulator cannot give it (see `xterm/public-engine`).
	 */
	checkpoint(redaction?: Redaction): Uint8Array | null {
		const screen = this.#engine.save();
		if (!screen) return null;
		return encodeCheckpoint({
			screen: redaction ? masked(screen, redaction) : screen,
			ring: this.#scrollbackLimit,
			scrollback: this.#engine.scrollback,
			offset: this.#offset,
			modes: this.#modes.save(),
			keyboard: this.#keyboard.save(),
		});
	}

	/** An emulator that goes on where a checkpoint was taken. Throws where it is damaged. */
	static fromCheckpoint(
		bytes: Uint8Array,
		options: Pick<EmulatorOptions, 'keep'> = {},
	): Emulator {
		const saved: Checkpoint = decodeCheckpoint(bytes);
		const { columns, rows } = saved.screen;
		const emulator = new Emulator({
			...options,
			columns,
			rows,
			scrollback: saved.ring,
			engine: 'exact',
		});
		emulator.#engine.restore(saved.screen);
		emulator.#offset = saved.offset;
		emulator.#modes.restore(saved.modes);
		emulator.#keyboard.restore(saved.keyboard);
		emulator.#settle();
		return emulator;
	}

	[Symbol.dispose](): void {
		if (this.#disposed) return;
		this.#disposed = true;
		this.#engine.dispose();
		for (const emitter of [this.onReply, this.onSignal, this.onChange])
			emitter[Symbol.dispose]();
	}

	#screen(redaction?: Redaction): ScreenRow[] {
		const rows = Array.from({ length: this.#rows }, (_, index) =>
			this.#engine.row(index),
		);
		return redaction?.maskRows(rows) ?? rows;
	}

	/** Stamps what changed since the last call with one new version. */
	#settle(): void {
		const damaged = this.#engine.takeDamage((row) => this.#versions.touch(row));
		const { active } = this.#engine.terminal.buffer;
		const state = [
			active.cursorX,
			active.cursorY,
			this.#modes.cursorShape,
			this.#modes.bits(),
			this.#keyboard.flags(active.type === 'alternate'),
			this.#engine.scrollback,
		].join();
		if (!damaged && state === this.#state) return;
		this.#state = state;
		this.#versions.advance();
		this.onChange.emit();
	}

	#answer(text: string): void {
		if (text === '' || text.length > answerLimit) return;
		this.#answered += text.length;
		if (this.#answered <= answersLimit) this.onReply.emit(text);
	}
}

function masked(screen: SavedScreen, redaction: Redaction): SavedScreen {
	const normal = { ...screen.normal, lines: redaction.maskRows(screen.normal.lines) };
	const other = { ...screen.other, lines: redaction.maskRows(screen.other.lines) };
	return { ...screen, normal, other };
}
