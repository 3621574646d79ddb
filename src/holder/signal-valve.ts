// A program may ring its bell a million times a second; whoever listens hears a bounded number.
import type { TerminalSignal } from '../protocol/holder.ts';

const perSecond = 50;
const flushMs = 100;

/**
 * Passes signals on as they come, up to `perSecond`; of what comes faster the latest of each kind
 * (and id, and mark) is told within `flushMs`.
 */
export class SignalValve implements Disposable {
	readonly #tell: (signal: TerminalSignal) => void;
	readonly #held = new Map<string, TerminalSignal>();
	#allowance = perSecond;
	#refilled = performance.now();
	#timer: NodeJS.Timeout | undefined;

	constructor(tell: (signal: TerminalSignal) => void) {
		this.#tell = tell;
	}

	take(signal: TerminalSignal): void {
		this.#refill();
		if (this.#held.size === 0 && this.#allowance >= 1) {
			this.#allowance -= 1;
			this.#tell(signal);
			return;
		}
		// Told in the order in which the latest of each came.
		this.#held.delete(keyOf(signal));
		this.#held.set(keyOf(signal), signal);
		this.#timer ??= setTimeout(() => this.flush(), flushMs);
	}

	/** Tells what is held back, now. */
	flush(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const held = [...this.#held.values()];
		this.#held.clear();
		for (const signal of held) this.#tell(signal);
	}

	[Symbol.dispose](): void {
		clearTimeout(this.#timer);
		this.#held.clear();
	}

	#refill(): void {
		const now = performance.now();
		const earned = ((now - this.#refilled) / 1000) * perSecond;
		this.#allowance = Math.min(perSecond, this.#allowance + earned);
		this.#refilled = now;
	}
}

// Ids are the program's own words: a few are told apart, the rest share a place.
const idsToldApart = 64;

function keyOf(signal: TerminalSignal): string {
	if (signal.kind === 'prompt') return `prompt ${signal.mark}`;
	if (signal.kind === 'status') return `status ${bucketOf(signal.id)}`;
	return signal.kind;
}

function bucketOf(id: string | null): number {
	let sum = 0;
	for (const char of id ?? '')
		sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % idsToldApart;
	return id === null ? -1 : sum;
}
