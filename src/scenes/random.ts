/** Draws the same numbers for the same seed on every machine; not for secrets. */
export class Random {
	#state: number;

	constructor(seed: number | string) {
		this.#state = typeof seed === 'number' ? seed >>> 0 : hash(seed);
	}

	/** In [0, 1). The generator is mulberry32 (Tommy Ettinger, public domain). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number from `low` to `high`, both included. */
	between(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	/** A factor around 1, at most `share` above or below it. */
	jitter(share: number): number {
		return 1 + (this.next() * 2 - 1) * share;
	}

	pick<T>(items: readonly [T, ...T[]]): T {
		return items[this.between(0, items.length - 1)] ?? items[0];
	}

	/** A copy in another order (Fisher-Yates). */
	shuffled<T>(items: readonly T[]): T[] {
		const rest = [...items];
		const order: T[] = [];
		while (rest.length > 0)
			order.push(...rest.splice(this.between(0, rest.length - 1), 1));
		return order;
	}
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
	let state = 0x811c9dc5;
	for (let at = 0; at < text.length; at += 1) {
		state = Math.imul(state ^ text.charCodeAt(at), 0x01000193) >>> 0;
	}
	return state;
}
