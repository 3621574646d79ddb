// The outer terminal of the benchmark. Drains and times in C (programs/outer.c); a terminal
// emulator beside it shows the screen while a session is set up and checked, and not while timed.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { TerminalScreen } from '../tests/support/terminal-screen.ts';
import type { World } from './world.ts';

export interface ScreenSize {
	readonly columns: number;
	readonly rows: number;
}

export interface OuterOptions {
	readonly cwd?: string;
	readonly env?: Readonly<Record<string, string>>;
	/** How fast the outer terminal reads at most; 0 is unlimited. */
	readonly bytesPerSecond: number;
	/** 200x50 if unsaid. */
	readonly size?: ScreenSize;
	/** Two bytes whose time is taken from the start on, for `first`. */
	readonly firstMark?: string;
}

/** Key-to-glyph times in nanoseconds, keys that never came back, and the bytes read meanwhile. */
export interface EchoRun {
	readonly times: readonly number[];
	readonly missed: number;
	readonly bytes: number;
	readonly ns: number;
}

/** Nanoseconds from the trigger to each mark; -1 for a mark that did not come. */
export interface MarksRun {
	readonly seen: readonly number[];
	readonly bytes: number;
	readonly ns: number;
	readonly longestGap: number;
}

/** Nanoseconds from the start of the tool; -1 for what did not come in time. */
export interface FirstRun {
	readonly byte: number;
	readonly mark: number;
}

export interface PeakRun {
	readonly bytes: number;
	readonly ns: number;
	/** Bytes read within the second in which most were read. */
	readonly peak: number;
}

export const outerSize: ScreenSize = { columns: 200, rows: 50 };
const echoGapMicroseconds = [5_000, 40_000] as const;
const echoTimeoutMicroseconds = 2_000_000;

/** Starts `argv` in a pty, drained at the given rate. */
export async function openOuter(
	world: World,
	argv: readonly string[],
	options: OuterOptions,
): Promise<Outer> {
	const size = options.size ?? outerSize;
	const { columns, rows } = size;
	const firstMark = Buffer.from(options.firstMark ?? '').toString('hex');
	const child = spawn(
		world.programs.outer,
		[columns, rows, options.bytesPerSecond, firstMark, ...argv].map(String),
		{
			...(options.cwd === undefined ? {} : { cwd: options.cwd }),
			env: { ...terminalEnvironment(), ...options.env },
			stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
		},
	);
	const outer = new Outer(child, size);
	await outer.open();
	return outer;
}

export class Outer implements AsyncDisposable {
	readonly screen: TerminalScreen;
	readonly #child: ChildProcess;
	readonly #input: Writable;
	readonly #answers: ((line: string) => void)[] = [];
	#changed: () => void = () => {};
	#pid = 0;

	constructor(child: ChildProcess, size: ScreenSize) {
		this.screen = new TerminalScreen(size);
		const [input, output, , copy] = child.stdio;
		if (!input || !output || !copy) throw new Error('the outer terminal has no pipes');
		this.#child = child;
		this.#input = input;
		createInterface({ input: output }).on('line', (line) =>
			this.#answers.shift()?.(line),
		);
		child.once('exit', () => {
			for (const answer of this.#answers.splice(0)) answer('{"error":"it ended"}');
		});
		// It may be ended by the signal that ends us: its exit answers whoever waits.
		input.on('error', () => undefined);
		// Nobody waits for the answer to a tool that has just ended.
		this.screen.onAnswer = (answer) => void this.write(answer).catch(() => undefined);
		(copy as Readable).on('data', (chunk: Buffer) => {
			void this.screen.write(chunk).then(() => this.#changed());
		});
	}

	/** The process started in the pty. */
	get pid(): number {
		return this.#pid;
	}

	async open(): Promise<void> {
		// Written by outer.c before it reads a command.
		const hello = (await this.#answer()) as { pid: number };
		this.#pid = hello.pid;
	}

	async write(text: string): Promise<void> {
		await this.#ask(`write ${Buffer.from(text).toString('hex')}`);
	}

	/** Whether `screen` follows what is read, as it does at first; off while times are taken. */
	async watch(on: boolean): Promise<void> {
		await this.#ask(`tee ${on ? 1 : 0}`);
	}

	/** Resolves once the screen meets the condition; rejects with the screen after `limitMs`. */
	waitFor(
		what: string,
		met: (lines: readonly string[]) => boolean,
		limitMs = 20_000,
	): Promise<void> {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				this.#changed = () => {};
				const shown = this.screen.lines().join('\n').trimEnd();
				reject(new Error(`the tool never showed ${what}; it showed:\n${shown}`));
			}, limitMs);
			this.#changed = () => {
				if (!met(this.screen.lines())) return;
				this.#changed = () => {};
				clearTimeout(timer);
				resolve();
			};
			this.#changed();
		});
	}

	/** Types `count` glyphs (at most 300 in a session), each after a random gap. */
	async echo(count: number, seed: number): Promise<EchoRun> {
		const [low, high] = echoGapMicroseconds;
		return (await this.#ask(
			`echo ${count} ${seed} ${low} ${high} ${echoTimeoutMicroseconds}`,
		)) as EchoRun;
	}

	/** Creates the trigger file and waits for marks of two bytes each. */
	async marks(
		trigger: string,
		marks: readonly string[],
		limitMs: number,
	): Promise<MarksRun> {
		const hex = marks.map((mark) => Buffer.from(mark).toString('hex'));
		return (await this.#ask(
			`marks ${limitMs * 1_000} ${trigger} ${hex.join(',')}`,
		)) as MarksRun;
	}

	/** Lets so much time pass; what was read in it, and the most in any second of it. */
	async peak(milliseconds: number): Promise<PeakRun> {
		return (await this.#ask(`peak ${milliseconds * 1_000}`)) as PeakRun;
	}

	/** When the first byte and the first mark were read; waits for the mark. */
	async first(limitMs: number): Promise<FirstRun> {
		return (await this.#ask(`first ${limitMs * 1_000}`)) as FirstRun;
	}

	async resize({ columns, rows }: ScreenSize): Promise<void> {
		this.screen.resize(columns, rows);
		await this.#ask(`resize ${columns} ${rows}`);
	}

	/** Bytes read since the start. */
	async bytes(): Promise<number> {
		return ((await this.#ask('bytes')) as { bytes: number }).bytes;
	}

	/**
	 * Resolves when nothing was read for half a second: tools lay out, and pass new sizes on, late
	 * (tmux 3.3a after 250 ms). Gives up waiting, without an error, after ten.
	 */
	async settle(): Promise<void> {
		let quiet = 0;
		for (let before = -1, looks = 0; quiet < 5 && looks < 100; looks += 1) {
			const bytes = await this.bytes();
			quiet = bytes === before ? quiet + 1 : 0;
			before = bytes;
			await sleep(100);
		}
	}

	/** Hangs up; resolves when the tool's first process is gone. */
	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#child.exitCode === null && this.#child.signalCode === null) {
			const gone = once(this.#child, 'exit');
			this.#input.write('quit\n');
			await gone;
		}
		this.screen[Symbol.dispose]();
	}

	#ask(command: string): Promise<unknown> {
		const answer = this.#answer();
		this.#input.write(`${command}\n`);
		return answer;
	}

	async #answer(): Promise<unknown> {
		const line = await new Promise<string>((settle) => this.#answers.push(settle));
		const answer = JSON.parse(line) as { error?: string };
		if (answer.error) throw new Error(`the outer terminal: ${answer.error}`);
		return answer;
	}
}

function terminalEnvironment(): Record<string, string> {
	const kept = ['PATH', 'HOME', 'USER', 'SHELL'];
	const env: Record<string, string> = {};
	for (const name of kept) env[name] = process.env[name] ?? '';
	return { ...env, LANG: 'C.UTF-8', TERM: 'xterm-256color', COLORTERM: 'truecolor' };
}
