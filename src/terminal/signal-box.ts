// Signals of one parse, and the last of each kind. A flood of bells or titles becomes one signal a
// parse; marks and notifications keep their order and are bounded.
import type { TerminalSignal } from '../protocol/holder.ts';

/** Marks and notifications told for one parse; the rest is not. */
const orderedLimit = 16;
/** Status records remembered; the oldest goes. */
const statusLimit = 64;

const lastOnly = new Set<TerminalSignal['kind']>([
	'status',
	'progress',
	'title',
	'bell',
	'directory',
]);
/** Saying the same again is no news. */
const quietWhenSame = new Set<TerminalSignal['kind']>(['progress', 'title', 'directory']);

export class SignalBox {
	#pending = new Map<string, TerminalSignal>();
	#last = new Map<string, TerminalSignal>();
	#ordered = 0;

	put(signal: TerminalSignal): void {
		let key = keyOf(signal);
		if (lastOnly.has(signal.kind)) {
			this.#pending.delete(key);
		} else if (this.#ordered >= orderedLimit) {
			return;
		} else {
			this.#ordered += 1;
			key = `${key} ${this.#ordered}`;
		}
		this.#pending.set(key, signal);
		if (this.#pending.size > statusLimit) dropOldest(this.#pending);
	}

	/** The signals since the last call that are news, in order. */
	take(): TerminalSignal[] {
		if (this.#pending.size === 0) return [];
		const news = [...this.#pending.values()].filter((signal) => this.#remember(signal));
		this.#pending.clear();
		this.#ordered = 0;
		return news;
	}

	/** The last of each kind, and of each id for status. */
	last(): TerminalSignal[] {
		return [...this.#last.values()];
	}

	#remember(signal: TerminalSignal): boolean {
		const key = keyOf(signal);
		const before = this.#last.get(key);
		if (quietWhenSame.has(signal.kind) && same(before, signal)) return false;
		this.#last.delete(key);
		if (signal.kind === 'status' && signal.state === 'clear') return true;
		this.#last.set(key, signal);
		if (this.#last.size > statusLimit) dropOldest(this.#last);
		return true;
	}
}

function keyOf(signal: TerminalSignal): string {
	return signal.kind === 'status' ? `status ${signal.id ?? ''}` : signal.kind;
}

function same(one: TerminalSignal | undefined, other: TerminalSignal): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function dropOldest(map: Map<string, unknown>): void {
	const [first] = map.keys();
	if (first !== undefined) map.delete(first);
}
