// Input of a program: written to the master of its pty at once, and kept where that is full. A master
// gives no sign of being writable that Node could wait for, so what is kept is tried again on output
// and on a timer.
import { writeSync } from 'node:fs';
import { errorCode } from '../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';

/** Input that a program has not taken yet; more is refused with `pane.busy`. */
export const inputLimit = 1024 * 1024;

const retryMs = { first: 1, last: 32 };

interface Piece {
	readonly bytes: Uint8Array;
	at: number;
	readonly settle: (taken: boolean) => void;
}

export class InputQueue implements Disposable {
	readonly #descriptor: number;
	#pieces: Piece[] = [];
	#pending = 0;
	#timer: NodeJS.Timeout | undefined;
	#delay = retryMs.first;
	#closed = false;

	constructor(descriptor: number) {
		this.#descriptor = descriptor;
	}

	get pending(): number {
		return this.#pending;
	}

	get closed(): boolean {
		return this.#closed;
	}

	write(bytes: Uint8Array): Outcome<true | Promise<boolean>> {
		if (this.#pending + bytes.length > inputLimit)
			return refuse(
				'pane.busy',
				`the program has not read ${this.#pending} bytes yet, ${bytes.length} more are over the limit of ${inputLimit}`,
			);
		const taken = this.#pieces.length === 0 ? this.#writeSome(bytes) : 0;
		const left = bytes.length - taken;
		if (left === 0) return ok(true);
		this.#pending += left;
		const waiting = new Promise<boolean>((settle) => {
			this.#pieces.push({ bytes: bytes.slice(taken), at: 0, settle });
		});
		this.#delay = retryMs.first;
		this.#schedule();
		return ok(waiting);
	}

	retry(): void {
		for (let piece = this.#pieces[0]; piece; piece = this.#pieces[0]) {
			const taken = this.#writeSome(piece.bytes.subarray(piece.at));
			piece.at += taken;
			this.#pending -= taken;
			if (taken > 0) this.#delay = retryMs.first;
			if (piece.at < piece.bytes.length) return;
			this.#pieces.shift();
			piece.settle(true);
		}
	}

	[Symbol.dispose](): void {
		this.#closed = true;
		clearTimeout(this.#timer);
		const pieces = this.#pieces;
		this.#pieces = [];
		this.#pending = 0;
		for (const piece of pieces) piece.settle(false);
	}

	#schedule(): void {
		if (this.#timer !== undefined || this.#closed || this.#pieces.length === 0) return;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			this.#delay = Math.min(this.#delay * 2, retryMs.last);
			this.retry();
			this.#schedule();
		}, this.#delay);
	}

	#writeSome(bytes: Uint8Array): number {
		if (this.#closed) return 0;
		let taken = 0;
		while (taken < bytes.length) {
			try {
				taken += writeSync(this.#descriptor, bytes, taken);
			} catch (error) {
				// EAGAIN: full. EIO: nobody holds the other side; the exit is on its way.
				const code = errorCode(error);
				if (code === 'EAGAIN' || code === 'EIO') return taken;
				throw error;
			}
		}
		return taken;
	}
}
