// A program's screen: bytes in; rows by version, answers and signals out.
//
// Parsing is synchronous and is its own flow control: nothing queues, the kernel's buffer fills and
// the program blocks. `xterm/guards` cuts the sequences that are known never to return, `xterm/work`
// bounds what a stretch of bytes may cost, and the caller bounds a turn by the size of its pieces.
// What does not return all the same is ended by a time limit; its engine is thrown away, as it is half
// changed, and an empty one takes its place until `restart` brings the screen back.
import { Emitter } from '../lib/emitter.ts';
import { ended, withinTime } from '../lib/time-limit.ts';
import type { TerminalSignal } from '../protocol/holder.ts';
import { PaneMode, type RowsPush, type ScreenRow } from '../protocol/rows.ts';
import { AnswerBox } from './answer-box.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { endOfHarmless } from './harmless.ts';
import { Intake } from './intake.ts';
import { KittyKeyboard } from './kitty-keyboard.ts';
import { answerQueries, schemeAnswer } from './queries.ts';
import { readSignals } from './read-signals.ts';
import type { Redaction } from './redaction.ts';
import { RowVersions } from './row-versions.ts';
import { hashOfScreen } from './screen-hash.ts';
import { ScreenModes } from './screen-modes.ts';
import { rowAnsi, rowText } from './screen-text.ts';
import { SignalBox } from './signal-box.ts';
import { darkColours, type ThemeColours } from './theme-colours.ts';
import type { Engine, KeepLine } from './xterm/engine.ts';
import { openEngine } from './xterm/open-engine.ts';
import type { SavedScreen } from './xterm/saved-screen.ts';

export interface EmulatorOptions {
	readonly columns: number;
	readonly rows: number;
	/** Lines kept above the screen. Few: deep history is the recording, parsed on demand. */
	readonly scrollback?: number;
	/** Name and version told to programs that ask (XTVERSION). */
	readonly identity?: string;
	readonly keep?: KeepLine;
	/**
	 * Hears of each line at which a prompt begins (OSC 133 A): what tells its number, which a resize
	 * changes; null once it has left memory.
	 */
	readonly prompted?: (lineNow: () => number | null) => void;
	/** Forces an engine, for tests; by default the self-test decides. */
	readonly engine?: 'exact' | 'public';
	/** False leaves printing to the library, for comparison. */
	readonly fastPrint?: boolean;
	/** What one write or resize may take, if not `stuckMs`. */
	readonly limitMs?: number;
}

export type EmulatorRows = Omit<RowsPush, 'pane'>;

const defaultScrollback = 200;
/** The dearest write of 64 KB takes a hundredth of it; a stopped machine must not look like a hang. */
const stuckMs = 2000;

export class Emulator implements Disposable {
	/** Answers for the program's input, in the order of its questions. */
	readonly onReply = new Emitter<string>();
	readonly onSignal = new Emitter<TerminalSignal>();
	/** The version grew. */
	readonly onChange = new Emitter<void>();

	readonly #options: EmulatorOptions;
	#engine: Engine;
	#modes: ScreenModes;
	readonly #keyboard = new KittyKeyboard();
	#intake = new Intake();
	readonly #answers = new AnswerBox();
	readonly #signals = new SignalBox();
	readonly #scrollbackLimit: number;
	#theme: ThemeColours = darkColours;
	#columns: number;
	#rows: number;
	readonly #versions: RowVersions;
	#state: readonly number[] = [];
	#hash: { readonly version: number; readonly value: string } | undefined;
	#disposed = false;

	constructor(options: EmulatorOptions) {
		this.#columns = options.columns;
		this.#rows = options.rows;
		this.#scrollbackLimit = options.scrollback ?? defaultScrollback;
		this.#versions = new RowVersions(options.rows);
		this.#options = options;
		this.#engine = this.#open();
		this.#modes = this.#wire();
		this.#settle();
	}

	/**
	 * Parses all of `bytes` before it returns; chunks may end anywhere. False where that had to be
	 * ended: the bytes are skipped and the screen is empty.
	 */
	write(bytes: Uint8Array): boolean {
		if (this.#disposed) return true;
		const rest = this.#intake.parseUsual(this.#engine, bytes);
		// What goes on in the middle of a sequence may be the end of any.
		const harmless = this.settled ? endOfHarmless(rest) : null;
		if (harmless === null)
			return this.#within(() => this.#intake.parse(this.#engine, rest));
		this.#intake.parse(this.#engine, rest.subarray(0, harmless));
		this.#intake.hold(rest.subarray(harmless));
		this.#tell();
		return true;
	}

	/** False where the screen could not take the size but by losing all that was on it. */
	resize(columns: number, rows: number): boolean {
		if (this.#disposed || (columns === this.#columns && rows === this.#rows)) return true;
		this.#columns = columns;
		this.#rows = rows;
		this.#versions.reset(rows);
		return this.#within(() => this.#engine.resize(columns, rows));
	}

	/** Colours told to programs from now on; whoever wants to hears that they turned dark or light. */
	setTheme(theme: ThemeColours): void {
		const before = schemeAnswer(this.#theme);
		this.#theme = theme;
		const now = schemeAnswer(theme);
		if (now === before || !this.#modes.hearsScheme || this.#disposed) return;
		this.#answers.put(now);
		this.#tell();
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
		return this.#intake.settledIn(this.#engine);
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

	/**
	 * Tells the number of a line in memory from now on, whatever wraps it anew; null once it has left, and
	 * on the alternate screen, from which none is to be had.
	 */
	follow(line: number): () => number | null {
		const { terminal } = this.#engine;
		const { active } = terminal.buffer;
		if (active.type === 'alternate') return () => null;
		const marker = terminal.registerMarker(
			line - this.trimmed - active.baseY - active.cursorY,
		);
		return () => (!marker || marker.isDisposed ? null : this.trimmed + marker.line);
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

	/** Changes when the visible prompt does. */
	screenHash(): string {
		if (this.#hash?.version === this.version) return this.#hash.value;
		const { active } = this.#engine.terminal.buffer;
		const hidden = (this.#modes.bits() & PaneMode.cursorHidden) !== 0;
		const value = hashOfScreen({
			alternate: active.type === 'alternate',
			columns: this.#columns,
			cursor: hidden ? null : { x: active.cursorX, y: active.cursorY },
			rows: this.#screen(),
		});
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
		this.#intake.release(this.#engine);
		const screen = this.#engine.save();
		if (!screen) return null;
		return encodeCheckpoint({
			screen: redaction ? masked(screen, redaction) : screen,
			ring: this.#scrollbackLimit,
			scrollback: this.#engine.scrollback,
			offset: this.#intake.offset,
			modes: this.#modes.save(),
			keyboard: this.#keyboard.save(),
		});
	}

	/** An emulator that goes on where a checkpoint was taken. Throws where it is damaged. */
	static fromCheckpoint(
		bytes: Uint8Array,
		options: Pick<EmulatorOptions, 'keep' | 'prompted'> = {},
	): Emulator {
		const saved = decodeCheckpoint(bytes);
		const { columns, rows } = saved.screen;
		const emulator = new Emulator({
			...options,
			columns,
			rows,
			scrollback: saved.ring,
			engine: 'exact',
		});
		emulator.#load(saved);
		emulator.#settle();
		return emulator;
	}

	/**
	 * Goes on where a checkpoint was taken, at the size that it has now; throws where it is damaged.
	 * Until then its lines count on from those that it lost.
	 */
	restart(bytes: Uint8Array): void {
		if (this.#disposed) return;
		const saved = decodeCheckpoint(bytes);
		const { columns, rows } = saved.screen;
		this.#engine.dispose();
		this.#engine = this.#open({ columns, rows });
		this.#modes = this.#wire();
		this.#versions.reset(this.#rows);
		this.#within(() => {
			this.#load(saved);
			this.#engine.resize(this.#columns, this.#rows);
		});
	}

	[Symbol.dispose](): void {
		if (this.#disposed) return;
		this.#disposed = true;
		this.#engine.dispose();
		for (const emitter of [this.onReply, this.onSignal, this.onChange])
			emitter[Symbol.dispose]();
	}

	#open(size?: { readonly columns: number; readonly rows: number }): Engine {
		const { columns, rows } = size ?? { columns: this.#columns, rows: this.#rows };
		const options = {
			...this.#options,
			columns,
			rows,
			scrollback: this.#scrollbackLimit,
		};
		return openEngine(options, this.#options.engine);
	}

	/** Hears what an engine that was just opened has to say. */
	#wire(): ScreenModes {
		const { terminal } = this.#engine;
		const modes = new ScreenModes(terminal, () => this.#engine.clearScreen());
		answerQueries(terminal, {
			theme: () => this.#theme,
			identity: this.#options.identity ?? 'weir',
			keyboard: this.#keyboard,
			modes,
			pen: () => this.#engine.pen,
			answer: (text) => this.#answers.put(text),
		});
		terminal.onData((text) => this.#answers.put(text));
		terminal.onBell(() => this.#signals.put({ kind: 'bell' }));
		readSignals(
			terminal,
			(signal) => {
				this.#signals.put(signal);
				if (signal.kind === 'prompt' && signal.mark === 'A') this.#markPrompt();
			},
			(text) => this.#answers.put(text),
		);
		return modes;
	}

	#markPrompt(): void {
		const { active } = this.#engine.terminal.buffer;
		if (!this.#options.prompted || active.type === 'alternate') return;
		this.#options.prompted(this.follow(this.trimmed + active.baseY + active.cursorY));
	}

	#load(saved: Checkpoint): void {
		this.#engine.restore(saved.screen);
		this.#intake.goOnFrom(saved.offset);
		this.#modes.restore(saved.modes);
		this.#keyboard.restore(saved.keyboard);
	}

	/** False where the work had to be ended: then the engine is a new and empty one. */
	#within(work: () => void): boolean {
		const done = withinTime(this.#options.limitMs ?? stuckMs, work) !== ended;
		if (!done) this.#replaceEngine();
		this.#tell();
		return done;
	}

	#tell(): void {
		for (const answer of this.#answers.take()) this.onReply.emit(answer);
		this.#settle();
		for (const signal of this.#signals.take()) this.onSignal.emit(signal);
	}

	#replaceEngine(): void {
		const lines = this.#engine.scrollback;
		this.#engine = this.#open();
		this.#engine.countFrom(lines);
		this.#modes = this.#wire();
		this.#keyboard.reset();
		this.#intake = new Intake();
		this.#versions.reset(this.#rows);
	}

	#screen(redaction?: Redaction): ScreenRow[] {
		const rows = Array.from({ length: this.#rows }, (_, index) =>
			this.#engine.row(index),
		);
		return redaction?.maskRows(rows) ?? rows;
	}

	/** Whether what a client sees beside the rows is another than at the last call. */
	#moved(): boolean {
		const { active } = this.#engine.terminal.buffer;
		const before = this.#state;
		this.#state = [
			active.cursorX,
			active.cursorY,
			this.#modes.cursorShape,
			this.#modes.bits(),
			this.#keyboard.flags(active.type === 'alternate'),
			this.#engine.scrollback,
		];
		return this.#state.some((value, at) => value !== before[at]);
	}

	/** Stamps what changed since the last call with one new version. */
	#settle(): void {
		const damaged = this.#engine.takeDamage((row) => this.#versions.touch(row));
		if (!this.#moved() && !damaged) return;
		this.#versions.advance();
		this.onChange.emit();
	}
}

function masked(screen: SavedScreen, redaction: Redaction): SavedScreen {
	const normal = { ...screen.normal, lines: redaction.maskRows(screen.normal.lines) };
	const other = { ...screen.other, lines: redaction.maskRows(screen.other.lines) };
	return { ...screen, normal, other };
}
