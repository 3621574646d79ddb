// A program in a pseudo terminal. The only file that knows node-pty (1.1.0, pinned): it uses the
// documented API plus the master's descriptor, which is there but not in the typings.
import { closeSync, readSync } from 'node:fs';
import { constants } from 'node:os';
import { type IPty, spawn } from 'node-pty';
import { Emitter } from '../lib/emitter.ts';
import { duplicate, readNow, setCloseOnExec } from '../lib/native.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { guardedArgv } from '../lib/trampoline.ts';
import { type Command, findCommand } from './command.ts';
import { InputQueue } from './input-queue.ts';
import { ReadBuffer } from './read-buffer.ts';
import { forgetTeller, type Teller, tellThisBeat, tellThisTurn } from './turns.ts';

export interface PtyOptions extends Command {
	readonly columns: number;
	readonly rows: number;
	/** A mark of `newMark` for the program and all its offspring. */
	readonly mark?: string | null;
}

export interface PtyExit {
	/** Null where a signal ended the program. 126 and 127 also mean it could not be executed. */
	readonly code: number | null;
	readonly signal: string | null;
}

// Beyond so much that was not told its terminal is not read.
const sliceBytes = 8 * 1024;
/** What is read of a terminal after its program has ended: a child of it may print without end. */
const restBytes = 1024 * 1024;

// A pane that prints much is not made to wait: its program would wait with it. A terminal of Linux
// gives so much at once at most.
const muchBytes = 4 * 1024 - 1;

// Behind so much in one read there is more.
const busyBytes = 1024;

// What a program prints within this of bytes for it is taken for its answer to them.
const answerMs = 60;

// After so many beats without a word a program that nobody looks at is listened to again.
const silentBeats = 10;

/**
 * Starts a program behind the trampoline, which lets it inherit no descriptor of ours. Refused
 * with `spawn.failed` where the command or its folder is not there.
 */
export function startPty(options: PtyOptions): Outcome<Pty> {
	const found = findCommand(options);
	if (!found.ok) return found;
	const [file, ...args] = guardedArgv(options.argv, { mark: options.mark ?? null });
	try {
		const terminal = spawn(file, args, {
			cols: options.columns,
			rows: options.rows,
			cwd: options.cwd,
			env: { TERM: 'xterm-256color', ...options.env },
			// Buffers: bytes stay exact for the recording and the emulator decodes them anyway.
			encoding: null,
		});
		return ok(new Pty(terminal));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return refuse('spawn.failed', `no terminal could be made: ${reason}`);
	}
}

export class Pty implements Disposable, Teller {
	readonly pid: number;
	/**
	 * What the program printed; about `sliceBytes` at most. Good only until the listener returns: the
	 * memory is used again.
	 */
	readonly onData = new Emitter<Uint8Array>();
	/** Once, after the last data. */
	readonly onExit = new Emitter<PtyExit>();

	readonly #terminal: IPty;
	readonly #input: InputQueue;
	/** The master once more, see `#letGo`. */
	#master: number | null;
	#unhurried = false;
	/** Beats without a word while it is heard by the beat alone; null while each print wakes this process. */
	#silence: number | null = null;
	/** An echo is looked for once more at the end of this turn. */
	#expecting = false;
	#typedAt = Number.NEGATIVE_INFINITY;
	readonly #taken = new ReadBuffer(sliceBytes);
	#held = false;
	#ended = false;

	constructor(terminal: IPty) {
		this.#terminal = terminal;
		this.pid = terminal.pid;
		const descriptor = masterOf(terminal);
		// A master that leaks into another agent lets it type here (node-pty issue 657).
		setCloseOnExec(descriptor);
		this.#input = new InputQueue(descriptor);
		this.#master = duplicate(descriptor);
		terminal.onData((data) => this.#take(data as unknown as Uint8Array));
		onClosed(terminal, () => this.#closed());
		terminal.onExit(({ exitCode, signal }) => this.#end(exitCode, signal));
	}

	/** Bytes that wait for the program to read. */
	get pending(): number {
		return this.#input.pending;
	}

	/** Bytes that were read and not told yet. */
	get unread(): number {
		return this.#taken.length;
	}

	/** Whether nobody waits for what it prints, so that it may come with the next beat. */
	set unhurried(value: boolean) {
		this.#unhurried = value;
		if (value) return;
		this.#listen();
		if (this.#taken.length > 0) tellThisTurn(this);
	}

	/**
	 * Types into the program. The promise settles when the terminal has taken the bytes (true) or
	 * when the program ended before (false); refused with `pane.busy` over `inputLimit`.
	 */
	write(bytes: Uint8Array): Outcome<true | Promise<boolean>> {
		if (this.#input.closed) return refuse('pane.ended', 'the program has ended');
		this.#typedAt = performance.now();
		this.#listen();
		return this.#input.write(bytes);
	}

	/**
	 * Tells what is there now: the kernel echoes within the write, and to wait for a sign of it takes
	 * longer than to look.
	 */
	hearEcho(): void {
		// A stream that was paused may hold what came before.
		if (this.#held || this.#ended || this.#taken.full) return;
		this.#readOn();
		if (this.#taken.length > 0) return this.tell();
		// The kernel has a worker for it, which takes some microseconds.
		this.#expecting = true;
		tellThisTurn(this);
	}

	/** Tells all that the program has printed by now, as far as the kernel has it. */
	tellAll(): void {
		// A stream that was paused may hold what came before.
		if (this.#held || this.#ended || this.#taken.full) return this.tell();
		this.#readOn();
		this.tell(restBytes);
	}

	resize(columns: number, rows: number): void {
		if (!this.#input.closed) this.#terminal.resize(columns, rows);
	}

	/** Closes the terminal; what still sits on it hears SIGHUP. Ends without `onExit`. */
	[Symbol.dispose](): void {
		const open = !this.#input.closed;
		this.#ended = true;
		forgetTeller(this);
		this.#input[Symbol.dispose]();
		this.#letGo();
		this.onData[Symbol.dispose]();
		this.onExit[Symbol.dispose]();
		// node-pty follows it with a SIGHUP by pid, which after the end could be a stranger's.
		const { destroy } = this.#terminal as IPty & { destroy?: () => void };
		if (open) destroy?.call(this.#terminal);
	}

	/** Reads no more until `release`; what was read already waits. The program blocks when it prints. */
	hold(): void {
		this.#held = true;
		this.#terminal.pause();
	}

	/** Makes the program draw its screen anew, as it does for another size. */
	redraw(): void {
		if (this.#input.closed) return;
		const { cols, rows } = this.#terminal;
		this.#terminal.resize(cols, rows + 1);
		this.#terminal.resize(cols, rows);
	}

	release(): void {
		if (!this.#held || this.#ended) return;
		this.#held = false;
		this.#terminal.resume();
		this.#listen();
		if (this.#taken.length > 0) tellThisTurn(this);
	}

	/**
	 * Tells what was read, unless it is held; then what comes meanwhile, until it was `share` bytes in
	 * all. The kernel fetches the next four kilobytes while these are parsed: who reads on before
	 * waits for that, and both cores take turns.
	 */
	tell(share = 0): void {
		if (this.#ended || this.#held) return;
		if (this.#silence !== null) this.#hear(this.#silence);
		if (this.#expecting && !this.#taken.full) this.#readOn();
		this.#expecting = false;
		const paused = this.#taken.full;
		for (let told = 0; ; this.#read()) {
			const piece = this.#tellAll();
			told += piece;
			if (piece < busyBytes || told >= share || this.#held || this.#ended) break;
		}
		if (paused && !this.#held) this.#terminal.resume();
	}

	#take(data: Uint8Array): void {
		this.#taken.add(data);
		if (this.#mayWait()) this.#hearByBeat();
		else tellThisTurn(this);
		// node-pty reads with a high water mark of 0, so a paused stream keeps one read at most.
		if (this.#taken.full) this.#terminal.pause();
	}

	/** Whether nobody looks, and it is too little to make its program wait; looks whether that is all. */
	#mayWait(): boolean {
		if (!this.#unhurried || this.#isAnswering()) return false;
		const { length } = this.#taken;
		if (length >= busyBytes && length < muchBytes) this.#readOn();
		return this.#taken.length < muchBytes;
	}

	/** To be woken for each print costs more than to ask ten times a second. */
	#hearByBeat(): void {
		tellThisBeat(this);
		const handle = readHandleOf(this.#terminal);
		if (handle === null) return;
		this.#silence ??= 0;
		// The stream is not told: it would begin to read again.
		handle.readStop();
	}

	/** What has come since the last beat, and whether there is to be another one. */
	#hear(silence: number): void {
		const before = this.#taken.length;
		const open = this.#readOn();
		const heard = this.#taken.length - before;
		this.#silence = heard > 0 || before > 0 ? 0 : silence + 1;
		if (open && heard < muchBytes && this.#silence < silentBeats) tellThisBeat(this);
		else this.#listen();
	}

	/** Each print wakes this process from now on. */
	#listen(): void {
		if (this.#silence === null) return;
		this.#silence = null;
		readHandleOf(this.#terminal)?.readStart();
	}

	/**
	 * A terminal gives four kilobytes at most, and a turn of the loop for each costs more than reading
	 * all that is there: what a stream of Node brings first is read on by hand. False where nothing will
	 * come any more.
	 */
	#readOn(): boolean {
		while (!this.#taken.full) {
			const count = this.#read();
			if (count === null) return false;
			if (count === 0) return true;
		}
		return true;
	}

	/** Reads once; answers how much that was, null where nothing will come any more. */
	#read(): number | null {
		const master = this.#master;
		return master === null ? null : this.#taken.read((into) => readNow(master, into));
	}

	#isAnswering(): boolean {
		return performance.now() - this.#typedAt < answerMs;
	}

	/**
	 * node-pty closes a terminal 200 ms after its program's end, whether everything has been read or
	 * not: a pane that is held, or a machine that was busy for so long, would lose the last words.
	 */
	#closed(): void {
		this.#input[Symbol.dispose]();
		const rest = [unreadIn(this.#terminal), ...unreadOf(this.#master)];
		for (const some of rest) if (some !== null) this.#take(some);
	}

	/** Answers how much that was. */
	#tellAll(): number {
		const { length } = this.#taken;
		if (length === 0) return 0;
		this.onData.emit(this.#taken.take());
		this.#input.retry();
		return length;
	}

	/**
	 * A program closes its terminal before it ends, and node-pty closes the master as soon as it reads
	 * of that: the kernel would hang up on the program in between, and its exit would be a SIGHUP.
	 */
	#letGo(): void {
		if (this.#master !== null) closeSync(this.#master);
		this.#master = null;
	}

	#end(exitCode: number, signal: number | undefined): void {
		this.#letGo();
		if (this.#ended) return;
		this.#tellAll();
		this.#ended = true;
		forgetTeller(this);
		this.#input[Symbol.dispose]();
		this.onExit.emit(
			signal
				? { code: null, signal: signalName(signal) }
				: { code: exitCode, signal: null },
		);
	}
}

function masterOf(terminal: IPty): number {
	if ('fd' in terminal && typeof terminal.fd === 'number') return terminal.fd;
	throw new Error('node-pty gives no descriptor; its version must be 1.1.0');
}

/** What the paused stream of a terminal keeps. */
function unreadIn(terminal: IPty): Uint8Array | null {
	const { _socket: stream } = terminal as IPty & {
		_socket?: { read?: () => Uint8Array | null };
	};
	if (stream?.read === undefined)
		throw new Error('node-pty has no stream; it must be 1.1.0');
	return stream.read();
}

interface ReadHandle {
	readStart(): void;
	readStop(): void;
}

/** What libuv reads the terminal with; null once that is closed. */
function readHandleOf(terminal: IPty): ReadHandle | null {
	const { _socket: stream } = terminal as IPty & {
		_socket?: { _handle?: ReadHandle | null };
	};
	const { _handle: handle = null } = stream ?? {};
	return handle;
}

/** What the kernel keeps for a master; it never waits, as node-pty has it set so. */
function* unreadOf(master: number | null): Generator<Uint8Array> {
	if (master === null) return;
	for (let read = 0; read < restBytes; ) {
		const bytes = Buffer.alloc(sliceBytes);
		let count: number;
		try {
			count = readSync(master, bytes);
		} catch {
			// EIO: nobody has the terminal open. EAGAIN: somebody has, and says nothing now.
			return;
		}
		if (count === 0) return;
		read += count;
		yield bytes.subarray(0, count);
	}
}

// The descriptor's number is free from here on, and may be the next pane's: what is written or
// resized by number after this reaches the wrong program. The exit is told only later.
function onClosed(terminal: IPty, run: () => void): void {
	const { on } = terminal as IPty & { on?: (event: 'close', run: () => void) => void };
	if (on === undefined) throw new Error('node-pty has no `on`; it must be 1.1.0');
	on.call(terminal, 'close', run);
}

function signalName(number: number): string {
	const names = Object.entries(constants.signals);
	return names.find(([, value]) => value === number)?.[0] ?? `SIG${number}`;
}
