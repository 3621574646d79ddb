// Drives a program as a person would: a real pty, a terminal emulator around it, keys in, screens
// out. Waits are for what appears, never for time.
import { constants } from 'node:os';
import type { IPty } from 'node-pty';
import { spawn } from 'node-pty';
import { keyBytes } from './key-bytes.ts';
import { endProcesses, treeOf } from './process-tree.ts';
import type { ScreenCell, TerminalOptions } from './terminal-screen.ts';
import { TerminalScreen } from './terminal-screen.ts';

export interface ProgramOptions extends Partial<TerminalOptions> {
	readonly cwd?: string;
	/** Over a clean environment of PATH, HOME and the like; undefined takes a variable out. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** The terminal answers nothing before `answer`. */
	readonly answersLate?: boolean;
	/** A terminal that is far away; at hand where it is not said. */
	readonly line?: Line;
}

/** What lies between a program and its terminal. */
interface Line {
	/** How much later everything arrives, either way. */
	readonly delayMs?: number;
	/** What is typed arrives one byte after another, so long apart. */
	readonly gapMs?: number;
	/** What is printed arrives no faster; the rest waits in the program's terminal. */
	readonly bytesPerSecond?: number;
}

export interface ProgramExit {
	readonly code: number;
	readonly signal: string | null;
}

/** Text that must be on the screen, a pattern over its lines, or a question about it. */
export type Expectation = string | RegExp | ((screen: TerminalScreen) => boolean);

/** Longer than any honest answer on a busy machine, short of the shortest limit of a test. */
const patienceMs = 50_000;
const recorderLimit = 16 * 1024 * 1024;

/** Starts `argv` in a pty of its own. The caller closes it, or says `await using`. */
export function openProgram(
	argv: readonly string[],
	options: ProgramOptions = {},
): Program {
	return new Program(argv, options);
}

export class Program implements AsyncDisposable {
	readonly terminal: TerminalScreen;
	readonly pid: number;
	/** Settles when the program has ended and its last output is on the screen. */
	readonly exit: Promise<ProgramExit>;
	readonly #pty: IPty;
	readonly #argv: readonly string[];
	readonly #line: Line;
	readonly #watchers = new Set<() => void>();
	/** On its way to the program, and when the last byte of it arrives. */
	readonly #typed: number[] = [];
	#arrives = 0;
	/** On its way to the terminal. */
	readonly #printed: (() => void)[] = [];
	#heldAnswers: string[] | undefined;
	#recorded: Buffer[] = [];
	#recordedBytes = 0;
	#outputBytes = 0;
	#drawn: Promise<void> = Promise.resolve();
	/** Its terminal is closed: the descriptor may be another program's by now. */
	#gone = false;
	#ended: ProgramExit | undefined;
	/** Called at the end of an update, of which the next may be in the same output. */
	#updated = false;
	#closing: Promise<void> | undefined;

	constructor(argv: readonly string[], options: ProgramOptions) {
		const { columns = 80, rows = 24, cwd = process.cwd(), line = {} } = options;
		this.#line = line;
		const [file = '', ...rest] = argv;
		this.#argv = argv;
		this.terminal = new TerminalScreen({ ...options, columns, rows });
		const env = environment(options.env);
		const setting = { cols: columns, rows, cwd, env, encoding: null };
		this.#pty = spawn(file, rest, { ...setting, name: env.TERM ?? 'xterm-256color' });
		this.pid = this.#pty.pid;
		this.#heldAnswers = options.answersLate ? [] : undefined;
		this.terminal.onAnswer = (answer) => {
			if (this.#heldAnswers) this.#heldAnswers.push(answer);
			else this.type(answer);
		};
		// With encoding null node-pty hands out buffers, whatever its types say.
		this.#pty.onData((data: unknown) => {
			const output = data as Buffer;
			this.#hold(output.length);
			this.#later(() => this.#receive(output));
		});
		this.terminal.onUpdate = () => {
			this.#updated = true;
			this.#notify();
			this.#updated = false;
		};
		onClosed(this.#pty, () => {
			this.#gone = true;
		});
		this.exit = new Promise((settle) => {
			this.#pty.onExit(({ exitCode, signal }) => {
				const exit = { code: exitCode, signal: signalName(signal) };
				this.#later(() => void this.#end(exit).then(settle));
			});
		});
	}

	/** Sends text as if typed; nothing is translated. */
	type(text: string): void {
		const { delayMs = 0, gapMs = 0 } = this.#line;
		if (delayMs + gapMs === 0) return this.#send(text);
		for (const byte of Buffer.from(text)) {
			this.#arrives = Math.max(performance.now() + delayMs, this.#arrives + gapMs);
			this.#typed.push(byte);
			// Timers may overtake each other: each sends what is next.
			const arrive = () => this.#send(Buffer.from(this.#typed.splice(0, 1)));
			setTimeout(arrive, this.#arrives - performance.now());
		}
	}

	/** The terminal answers what it was asked so far, and at once from now on. */
	answer(): void {
		for (const answer of this.#heldAnswers ?? []) this.type(answer);
		this.#heldAnswers = undefined;
	}

	/** Presses keys by name, one after another: `key('ctrl+space', 'x', 'enter')`. */
	key(...names: string[]): void {
		for (const name of names)
			this.type(keyBytes(name, this.terminal.modes.applicationCursorKeysMode));
	}

	/** Pastes as a terminal does: bracketed where the program asked for it. */
	paste(text: string): void {
		const bracketed = this.terminal.modes.bracketedPasteMode;
		this.type(bracketed ? `\x1b[200~${text}\x1b[201~` : text);
	}

	/**
	 * Resolves with the screen's lines once the expectation is met; what is drawn within a synchronized
	 * update is seen at its end. Rejects, with the screen in the message, when the program ends first or
	 * `limitMs` have passed.
	 */
	async waitFor(expected: Expectation, limitMs = patienceMs): Promise<string[]> {
		// What was seen: by the time that whoever waits goes on, another update may be under way.
		let seen: string[] | undefined;
		const met = () => {
			if (this.#isWhole && meets(this.terminal, expected)) seen = this.screen();
			return seen !== undefined || this.#ended !== undefined;
		};
		await this.#until(met, describe(expected), limitMs);
		if (!seen) throw this.#failure(`the program ended before ${describe(expected)}`);
		return seen;
	}

	/** Resolves when nothing was printed for `quietMs`; for pictures, not for tests. */
	async waitIdle(quietMs = 300, limitMs = patienceMs): Promise<void> {
		const deadline = Date.now() + limitMs;
		for (let before = -1; before !== this.#outputBytes; ) {
			if (Date.now() > deadline) throw this.#failure('the program never fell silent');
			before = this.#outputBytes;
			await new Promise((done) => setTimeout(done, quietMs));
		}
		await this.#drawn;
	}

	/** The screen as text lines, without blanks at their ends. */
	screen(): string[] {
		return this.terminal.lines();
	}

	cell(x: number, y: number): ScreenCell {
		return this.terminal.cell(x, y);
	}

	resize(columns: number, rows: number): void {
		this.terminal.resize(columns, rows);
		if (!this.#gone) this.#pty.resize(columns, rows);
	}

	/** Everything printed since the start or the last `forget`, at most its last 16 MB. */
	bytes(): Buffer {
		return Buffer.concat(this.#recorded);
	}

	/** Empties the recorder. */
	forget(): void {
		this.#recorded = [];
		this.#recordedBytes = 0;
	}

	/** Bytes printed since the start, recorded or not. */
	get outputBytes(): number {
		return this.#outputBytes;
	}

	/** Ends the program and what it started, session and descendants, politely first. */
	close(): Promise<void> {
		this.#closing ??= this.#close();
		return this.#closing;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	/** Nobody would see the screen in the middle of an update. */
	get #isWhole(): boolean {
		if (this.#updated || this.#ended !== undefined) return true;
		return !this.terminal.modes.synchronizedOutputMode;
	}

	async #close(): Promise<void> {
		await endProcesses(() => treeOf(this.pid));
		await this.exit;
		this.terminal[Symbol.dispose]();
	}

	#send(data: string | Buffer): void {
		if (!this.#gone) this.#pty.write(data);
	}

	/** Nothing more comes before the line has carried so many bytes. */
	#hold(bytes: number): void {
		const { bytesPerSecond } = this.#line;
		if (bytesPerSecond === undefined) return;
		this.#pty.pause();
		setTimeout(
			() => {
				if (!this.#gone) this.#pty.resume();
			},
			(bytes / bytesPerSecond) * 1000,
		);
	}

	#later(run: () => void): void {
		const { delayMs = 0 } = this.#line;
		if (delayMs === 0) return run();
		this.#printed.push(run);
		setTimeout(() => this.#printed.shift()?.(), delayMs);
	}

	#receive(data: Buffer): void {
		this.#outputBytes += data.length;
		this.#record(data);
		this.#drawn = this.terminal.write(data).then(() => this.#notify());
	}

	#record(data: Buffer): void {
		this.#recorded.push(data);
		this.#recordedBytes += data.length;
		while (this.#recordedBytes > recorderLimit)
			this.#recordedBytes -= this.#recorded.shift()?.length ?? 0;
	}

	async #end(exit: ProgramExit): Promise<ProgramExit> {
		await this.#drawn;
		this.#ended = exit;
		this.#notify();
		return exit;
	}

	#notify(): void {
		for (const watcher of this.#watchers) watcher();
	}

	#until(met: () => boolean, what: string, limitMs: number): Promise<void> {
		return new Promise((resolve, reject) => {
			const settle = (then: () => void) => {
				clearTimeout(timer);
				this.#watchers.delete(check);
				then();
			};
			const check = () => {
				if (met()) settle(resolve);
			};
			const timer = setTimeout(() => {
				settle(() => reject(this.#failure(`waited ${limitMs} ms for ${what}`)));
			}, limitMs);
			this.#watchers.add(check);
			check();
		});
	}

	#failure(what: string): Error {
		const exit = this.#ended ? `, exit ${JSON.stringify(this.#ended)}` : '';
		const shown = this.screen().join('\n').trimEnd().replaceAll(/^/gm, '| ');
		return new Error(`${what} (${this.#argv.join(' ')}${exit})\n${shown}`);
	}
}

// Not in the public interface of node-pty.
function onClosed(pty: IPty, run: () => void): void {
	(pty as IPty & { on(event: 'close', run: () => void): void }).on('close', run);
}

function meets(screen: TerminalScreen, expected: Expectation): boolean {
	if (typeof expected === 'function') return expected(screen);
	const text = screen.lines().join('\n');
	return typeof expected === 'string' ? text.includes(expected) : expected.test(text);
}

function describe(expected: Expectation): string {
	if (typeof expected === 'string') return JSON.stringify(expected);
	return expected instanceof RegExp ? String(expected) : 'a condition of the test';
}

// Clean on purpose: what the test runner carries (TMUX, CI, colour switches) changes programs.
function environment(over: ProgramOptions['env'] = {}): Record<string, string> {
	const kept = ['PATH', 'HOME', 'USER', 'SHELL', 'TMPDIR', 'XDG_RUNTIME_DIR'];
	const base: Record<string, string | undefined> = {
		...Object.fromEntries(kept.map((name) => [name, process.env[name]])),
		LANG: 'C.UTF-8',
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		...over,
	};
	const set: Record<string, string> = {};
	for (const [name, value] of Object.entries(base))
		if (value !== undefined) set[name] = value;
	return set;
}

function signalName(number: number | undefined): string | null {
	if (!number) return null;
	const entry = Object.entries(constants.signals).find(([, value]) => value === number);
	return entry?.[0] ?? String(number);
}
