// The way to the terminal's descriptor. One write at a time and nothing waits behind it: while the
// terminal is busy frames are not made, and the next one starts from what was submitted last.
import { write as writeLater, writeSync } from 'node:fs';

/** Larger frames always go asynchronously: writing them could block. */
const synchronousLimit = 2048;
/** A write that took longer found the terminal's buffer full. */
const quickMs = 2;
const firstRetryMs = 2;
const lastRetryMs = 32;

export interface WriterOptions {
	/** The terminal, usually 1. Blocking or not. */
	readonly fd: number;
	/** Called when a submitted frame has been taken in whole, after `ready` was false. */
	readonly onReady: () => void;
	/** Called once when the terminal is gone (EPIPE, EIO and the like). */
	readonly onGone: (error: Error) => void;
}

export class TerminalWriter implements Disposable {
	readonly #options: WriterOptions;
	#busy = false;
	#gone = false;
	#quick = true;
	#retry: NodeJS.Timeout | undefined;

	constructor(options: WriterOptions) {
		this.#options = options;
	}

	/** Whether a frame may be submitted. */
	get ready(): boolean {
		return !this.#busy && !this.#gone;
	}

	/** Sends one frame. Throws when not `ready`. The bytes must not change any more. */
	submit(bytes: Uint8Array): void {
		if (!this.ready) throw new Error('the terminal is busy: ask ready first');
		if (!this.#quick || bytes.length >= synchronousLimit) return this.#send(bytes);
		const started = performance.now();
		const written = this.#now(bytes);
		this.#quick = performance.now() - started < quickMs;
		if (written < bytes.length && !this.#gone) this.#send(bytes.subarray(written));
	}

	/** Resolves when no frame is under way any more, at the latest after so many milliseconds. */
	async drained(milliseconds: number): Promise<void> {
		const deadline = performance.now() + milliseconds;
		while (this.#busy && !this.#gone && performance.now() < deadline)
			await new Promise((later) => setTimeout(later, firstRetryMs));
	}

	/** Forgets the rest of a frame under way: for the way out, which writes by itself. */
	[Symbol.dispose](): void {
		this.#gone = true;
		clearTimeout(this.#retry);
	}

	// Bytes taken by a synchronous write; 0 where the terminal would make us wait.
	#now(bytes: Uint8Array): number {
		try {
			return writeSync(this.#options.fd, bytes);
		} catch (error) {
			if (!mustWait(error)) this.#leave(error);
			return 0;
		}
	}

	#send(bytes: Uint8Array): void {
		this.#busy = true;
		this.#continue(bytes, performance.now(), firstRetryMs);
	}

	#continue(bytes: Uint8Array, started: number, retryMs: number): void {
		writeLater(this.#options.fd, bytes, (error, written) => {
			if (this.#gone) return;
			if (error && !mustWait(error)) return this.#leave(error);
			const rest = bytes.subarray(error ? 0 : written);
			if (rest.length === 0) return this.#done(started);
			if (!error) return this.#continue(rest, started, firstRetryMs);
			// A non-blocking descriptor cannot be waited for here, only asked again.
			const later = Math.min(retryMs * 2, lastRetryMs);
			this.#retry = setTimeout(() => this.#continue(rest, started, later), retryMs);
		});
	}

	#done(started: number): void {
		this.#busy = false;
		this.#quick = performance.now() - started < quickMs;
		this.#options.onReady();
	}

	#leave(error: unknown): void {
		if (this.#gone) return;
		this.#gone = true;
		this.#options.onGone(error instanceof Error ? error : new Error(String(error)));
	}
}

function mustWait(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return code === 'EAGAIN' || code === 'EWOULDBLOCK' || code === 'EINTR';
}
