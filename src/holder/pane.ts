// One pane: a program, the emulator that knows its screen, and what both tell.
import { Emitter } from '../lib/emitter.ts';
import { FollowedFolder } from '../lib/followed-folder.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import type { Tidying } from '../lib/tidying.ts';
import type {
	ExitRecord,
	HolderRequest,
	HolderResponse,
	PaneInfo,
	RecordingStanding,
	SpawnRequest,
	TerminalColours,
	TerminalSignal,
} from '../protocol/holder.ts';
import { PaneMode, type RowsPush } from '../protocol/rows.ts';
import { Emulator } from '../terminal/emulator.ts';
import { foregroundOf } from '../terminal/foreground.ts';
import type { History } from '../terminal/history.ts';
import { Recorder } from '../terminal/recorder.ts';
import { Redaction } from '../terminal/redaction.ts';
import type { PastScreen } from '../terminal/screen-steps.ts';
import { expectedColours, withPalette } from '../terminal/theme-colours.ts';
import { Activity } from './activity.ts';
import { Program, type ProgramEnd } from './program.ts';
import type { Recording } from './recording.ts';
import { Recovery } from './recovery.ts';
import {
	findPrompt,
	type LineSources,
	type Lines,
	readLines,
	readScreen,
	searchLines,
} from './scrollback.ts';
import { SignalValve } from './signal-valve.ts';

// A key's echo comes within this or is no echo; what follows is painted with the next frame.
const echoMs = 60;
const betweenEchoesMs = 2;

/** What a pane needs of its holder. */
export interface PaneHouse {
	/** Keeps on disk how a program ended, before anyone is told; does not reject. */
	readonly record: (exit: ExitRecord) => Promise<void>;
	readonly history: History;
	/** Told how much programs print. */
	readonly tidying: Tidying;
	readonly log: (line: string) => void;
}

export class Pane implements Disposable {
	readonly number: number;
	readonly spec: SpawnRequest;
	readonly program: Program;
	/** The screen changed; `urgent` where somebody typed just now. */
	readonly onChange = new Emitter<{ readonly urgent: boolean }>();
	readonly onSignal = new Emitter<TerminalSignal>();
	/** It cannot be recorded, or can again. */
	readonly onRecording = new Emitter<RecordingStanding>();
	/** Once: program and tree have ended, all output is on the screen, and it is on record. */
	readonly onEnd = new Emitter<ExitRecord>();

	readonly #emulator: Emulator;
	readonly #recording: Recording | null;
	readonly #house: PaneHouse;
	readonly #recovery: Recovery;
	readonly #activity: Activity;
	readonly #valve = new SignalValve((signal) => this.onSignal.emit(signal));
	readonly #redaction: Redaction;
	readonly #viewers = new Set<object>();
	#size: { readonly columns: number; readonly rows: number };
	#typed: readonly string[] = [];
	#echoUntil = 0;
	#lastEcho = 0;
	#exit: ExitRecord | null = null;

	/** Starts the program of `spec`; refused with `spawn.failed` where it cannot be started. */
	static start(number: number, spec: SpawnRequest, house: PaneHouse): Outcome<Pane> {
		const started = Program.start(spec);
		return started.ok ? ok(new Pane(number, spec, started.value, house)) : started;
	}

	private constructor(
		number: number,
		spec: SpawnRequest,
		program: Program,
		house: PaneHouse,
	) {
		const { columns, rows } = spec;
		this.number = number;
		this.spec = spec;
		this.program = program;
		this.#house = house;
		this.#size = { columns, rows };
		this.#redaction = new Redaction(spec.redact);
		this.#emulator = new Emulator({ columns, rows });
		this.#emulator.setTheme(expectedColours(spec.env));
		// Before the recording begins: its first checkpoint holds the banner.
		if (spec.banner !== undefined) this.#emulator.write(Buffer.from(spec.banner));
		this.#activity = new Activity((active) => {
			const foreground = foregroundOf(program.pid);
			this.#valve.take({ kind: 'activity', active, foreground });
		});
		this.#recording = spec.recording === null ? null : this.#record(spec.recording);
		this.#recovery = new Recovery({
			...house,
			emulator: this.#emulator,
			terminal: program.terminal,
			recording: this.#recording,
			log: (line) => house.log(`${spec.pane}: ${line}`),
			done: () => this.onChange.emit({ urgent: false }),
		});
		program.terminal.unhurried = true;
		this.#emulator.onSignal.on((signal) => this.#valve.take(signal));
		this.#emulator.onReply.on((reply) => this.#reply(reply));
		program.terminal.onData.on((bytes) => this.#print(bytes));
		program.onEnd.on((end) => void this.#end(end));
	}

	get exit(): ExitRecord | null {
		return this.#exit;
	}

	/** Whether there is still something to end. */
	get running(): boolean {
		return this.#exit === null;
	}

	get modes(): number {
		return this.#emulator.modes;
	}

	get version(): number {
		return this.#emulator.version;
	}

	rowsSince(version: number | null): Omit<RowsPush, 'pane'> {
		return this.#emulator.rows(version);
	}

	info(): PaneInfo {
		return {
			pane: this.spec.pane,
			number: this.number,
			generation: this.spec.generation,
			process: this.program.process,
			columns: this.#size.columns,
			rows: this.#size.rows,
			exit: this.#exit,
			paused: this.program.paused,
			stopping: this.program.stopping,
			signals: this.#exit === null ? this.#emulator.signals() : [],
			silentMs: Math.round(this.#activity.silentMs),
			recording: this.#recordingStanding(),
			owner: this.spec.owner,
		};
	}

	addViewer(viewer: object): void {
		this.#viewers.add(viewer);
		this.program.terminal.unhurried = false;
	}

	removeViewer(viewer: object): void {
		this.#viewers.delete(viewer);
		this.program.terminal.unhurried = this.#viewers.size === 0;
	}

	/** As `Pty.write`. What the program prints next is painted at once. */
	write(bytes: Uint8Array): Outcome<true | Promise<boolean>> {
		const written = this.program.terminal.write(bytes);
		if (!written.ok) return written;
		this.#echoUntil = performance.now() + echoMs;
		this.#activity.typed(bytes);
		this.program.terminal.hearEcho();
		return written;
	}

	/** Whether something of this name was written before; from now on it was. */
	hasTyped(name: string): boolean {
		if (this.#typed.includes(name)) return true;
		this.#typed = [...this.#typed, name].slice(-typedKept);
		return false;
	}

	resize(columns: number, rows: number): void {
		if (columns === this.#size.columns && rows === this.#size.rows) return;
		this.#size = { columns, rows };
		this.#activity.resized();
		this.#house.tidying.use();
		// First the emulator: the program redraws for the new size as soon as it hears of it.
		if (this.#emulator.resize(columns, rows)) this.#recording?.recorder.resize();
		else void this.#recovery.begin(0);
		this.program.terminal.resize(columns, rows);
		this.onChange.emit({ urgent: false });
	}

	/** The screen as text, secrets replaced. */
	text(ansi: boolean): {
		readonly lines: readonly string[];
		readonly screenHash: string;
		readonly scrollback: number;
		readonly pastes: boolean;
	} {
		const emulator = this.#emulator;
		const secrets = this.#redaction;
		this.#hearAll();
		const lines = ansi ? emulator.ansi(secrets) : emulator.text(secrets);
		const { scrollback, modes } = emulator;
		const pastes = (modes & PaneMode.bracketedPaste) !== 0;
		return { lines, screenHash: emulator.screenHash(), scrollback, pastes };
	}

	/** Lines above the screen; refused where the recording cannot be read. */
	lines(request: HolderRequest<'history'>): Promise<Outcome<Lines>> {
		this.#house.tidying.use();
		return readLines(this.#lineSources(), request);
	}

	/** The next match in the lines above the screen. */
	search(request: HolderRequest<'search'>): Promise<Outcome<HolderResponse<'search'>>> {
		return searchLines(this.#lineSources(), request);
	}

	/** The nearest line at which a prompt begins; refused where nothing is recorded. */
	prompt(request: HolderRequest<'prompt'>): Promise<Outcome<HolderResponse<'prompt'>>> {
		return findPrompt(this.#lineSources(), request);
	}

	/** Its screen at another time; refused where it is not recorded. */
	pastScreen(request: HolderRequest<'screen'>): Promise<Outcome<PastScreen | null>> {
		return readScreen(this.#lineSources(), request);
	}

	screenHash(): string {
		this.#hearAll();
		return this.#emulator.screenHash();
	}

	/** What a program is told that asks for colours. */
	setColours(colours: TerminalColours): void {
		this.#emulator.setTheme(withPalette(colours));
	}

	/** Where its recording is to be: it goes on there, if that is another folder than before. */
	recordIn(folder: string): void {
		if (this.#recording?.folder.goTo(folder)) this.#recording.recorder.moved();
	}

	redact(secrets: readonly string[]): void {
		this.#redaction.add(secrets);
	}

	/** Frees the screen. The program must have ended. */
	[Symbol.dispose](): void {
		this.#activity[Symbol.dispose]();
		this.#recovery[Symbol.dispose]();
		this.#valve[Symbol.dispose]();
		this.program[Symbol.dispose]();
		this.#emulator[Symbol.dispose]();
		this.#recording?.folder[Symbol.dispose]();
		for (const emitter of [this.onChange, this.onSignal, this.onRecording, this.onEnd])
			emitter[Symbol.dispose]();
	}

	/** What waits for the beat is on the screen, too, for who asks what stands there. */
	#hearAll(): void {
		this.program.terminal.tellAll();
	}

	#lineSources(): LineSources {
		const [emulator, redaction] = [this.#emulator, this.#redaction];
		const { history } = this.#house;
		return { emulator, redaction, recording: this.#recording, history };
	}

	#record(path: string): Recording {
		const [emulator, redaction] = [this.#emulator, this.#redaction];
		const folder = new FollowedFolder(path);
		const recorder = new Recorder({ directory: folder, emulator, redaction });
		recorder.onTrouble.on(() => {
			const { trouble, lost } = recorder.status();
			this.onRecording.emit({ trouble, lost });
		});
		return { folder, recorder };
	}

	/** A program that has ended prints nothing that could be missing. */
	#recordingStanding(): RecordingStanding | null {
		const status = this.#recording?.recorder.status();
		if (!status) return null;
		return { trouble: this.#exit ? null : status.trouble, lost: status.lost };
	}

	#print(bytes: Uint8Array): void {
		const parsed = this.#emulator.write(bytes);
		const now = performance.now();
		const urgent = now < this.#echoUntil && now - this.#lastEcho >= betweenEchoesMs;
		if (urgent) this.#lastEcho = now;
		// Before the recording: an echo waits for no disk.
		this.onChange.emit({ urgent });
		// What hung must not be recorded: it would hang who reads the recording.
		if (parsed) this.#recording?.recorder.output(bytes);
		else void this.#recovery.begin(bytes.length);
		this.#activity.output();
		this.#house.tidying.note(bytes.length);
	}

	// A program that asks and never reads must not fill the queue in which keys wait.
	#reply(reply: string): void {
		const { terminal } = this.program;
		if (terminal.pending < replyLimit) terminal.write(Buffer.from(reply));
	}

	async #end({ code, signal, stopped, survivors }: ProgramEnd): Promise<void> {
		this.#valve.flush();
		this.#activity[Symbol.dispose]();
		await this.#recording?.recorder.close();
		const { pane, generation } = this.spec;
		const at = new Date().toISOString();
		const exit = { pane, generation, code, signal, stopped, at, survivors };
		await this.#house.record(exit);
		this.#exit = exit;
		this.onEnd.emit(exit);
	}
}

// Asked again is only what was under way when a supervisor ended.
const typedKept = 64;

const replyLimit = 64 * 1024;
