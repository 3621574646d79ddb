// The time in which the user's terminal is weir's: taken over once, given back on every way out.
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:tty';
import { errorCode } from '../../lib/error-words.ts';
import type { ScreenSize } from '../../lib/terminal-fitness.ts';
import { enterSequence, leaveSequence } from './terminal-modes.ts';

const endings = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;
const resizeMs = 50;
/** How long the way out waits for a terminal that takes no bytes. */
const leaveMs = 300;

export interface SessionOptions {
	readonly input: ReadStream;
	readonly output: WriteStream & { readonly fd: number };
	readonly onInput: (bytes: Uint8Array) => void;
	/** The last size after a burst of changes. */
	readonly onResize: (size: ScreenSize) => void;
	/** The process was stopped and goes on: the screen must be drawn anew. */
	readonly onContinue: () => void;
	/** Asked to end; the terminal is restored already. */
	readonly onSignal: (signal: NodeJS.Signals) => void;
}

/**
 * Opening it enters raw mode and the alternate screen. It is left by `close`, by `suspend`, and by
 * itself when the process exits, fails or is told to end; never by SIGKILL, which nothing survives.
 */
export class TerminalSession implements Disposable {
	readonly #options: SessionOptions;
	readonly #fd: number;
	readonly #owned: boolean;
	readonly #undo: (() => void)[] = [];
	#entered = false;
	#closed = false;
	#lent = false;
	#resizing: NodeJS.Timeout | undefined;

	constructor(options: SessionOptions) {
		this.#options = options;
		const own = openAgain(options.output.fd);
		this.#owned = own !== undefined;
		this.#fd = own ?? options.output.fd;
		this.#listen();
		this.#enter();
	}

	/** Where to write. Non-blocking where possible: a stuck terminal cannot hold the process. */
	get fd(): number {
		return this.#fd;
	}

	get size(): ScreenSize {
		const { columns, rows } = this.#options.output;
		return { columns: columns || 80, rows: rows || 24 };
	}

	/** Gives the terminal back for another program's use; nothing may be written until `resume`. */
	suspend(): void {
		this.#lent = true;
		this.#leave();
		this.#options.input.pause();
	}

	/** Takes the terminal again; the screen must be drawn anew. */
	resume(): void {
		if (this.#closed) return;
		this.#lent = false;
		this.#options.input.resume();
		this.#enter();
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#leave();
		clearTimeout(this.#resizing);
		for (const undo of this.#undo.toReversed()) undo();
		this.#options.input.pause();
		if (this.#owned) closeSync(this.#fd);
	}

	[Symbol.dispose](): void {
		this.close();
	}

	#enter(): void {
		if (this.#entered) return;
		this.#entered = true;
		this.#raw(true);
		this.#write(enterSequence);
	}

	#leave(): void {
		if (!this.#entered) return;
		this.#entered = false;
		this.#write(leaveSequence());
		this.#raw(false);
	}

	#listen(): void {
		const { input, output, onInput, onSignal } = this.#options;
		this.#on(process, 'exit', () => this.#leave());
		this.#on(process, 'uncaughtExceptionMonitor', () => this.#leave());
		for (const signal of endings)
			this.#on(process, signal, () => {
				// Pressed for the program that has the terminal meanwhile.
				if (this.#lent && (signal === 'SIGINT' || signal === 'SIGQUIT')) return;
				this.#leave();
				onSignal(signal);
			});
		// Stopping the client for a key would leave a frozen screen behind; Ctrl+Z is a pane's.
		this.#on(process, 'SIGTSTP', () => undefined);
		this.#on(process, 'SIGCONT', () => this.#continue());
		this.#on(output, 'resize', () => this.#resized());
		this.#on(input, 'data', (bytes: Buffer) => onInput(bytes));
		// A terminal that is gone says so on both ends; SIGHUP tells the process.
		this.#on(input, 'error', () => undefined);
		this.#on(output, 'error', () => undefined);
	}

	#on(
		source: NodeJS.EventEmitter,
		name: string,
		listener: (...values: Buffer[]) => void,
	): void {
		source.on(name, listener);
		this.#undo.push(() => source.off(name, listener));
	}

	#continue(): void {
		if (!this.#entered) return;
		this.#entered = false;
		this.#enter();
		this.#options.onContinue();
	}

	#resized(): void {
		clearTimeout(this.#resizing);
		this.#resizing = setTimeout(() => this.#options.onResize(this.size), resizeMs);
	}

	#raw(on: boolean): void {
		try {
			this.#options.input.setRawMode(on);
		} catch (error) {
			// Leaving a terminal that is gone is no failure: there is nothing to restore.
			if (on) throw error;
		}
	}

	// Synchronous, because it must also work while the process exits.
	#write(text: string): void {
		let bytes: Uint8Array = Buffer.from(text);
		const deadline = performance.now() + leaveMs;
		while (bytes.length > 0 && performance.now() < deadline) {
			try {
				bytes = bytes.subarray(writeSync(this.#fd, bytes));
			} catch (error) {
				const code = errorCode(error);
				// Anything else means that the terminal is gone, and with it the need to write.
				if (code !== 'EAGAIN' && code !== 'EINTR') return;
				Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
			}
		}
	}
}

// The same terminal with flags of its own, so that not blocking does not change what others share.
function openAgain(fd: number): number | undefined {
	const flags = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
	for (const path of [`/proc/self/fd/${fd}`, '/dev/tty'])
		try {
			return openSync(path, flags);
		} catch {
			// Not on this system, or not permitted: the next one, and then the shared descriptor.
		}
	return undefined;
}
