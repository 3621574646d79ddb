// How many gates run at a time. The most urgent goes first, among equals who has waited longest; a heavy
// one is not overtaken for ever by light ones.

interface Waiting {
	readonly weight: number;
	readonly wish: SlotWish;
	readonly enter: () => void;
}

export class Slots {
	readonly #count: () => number;
	#taken = 0;
	#waiting: Waiting[] = [];

	constructor(count: () => number) {
		this.#count = count;
	}

	get running(): number {
		return this.#taken;
	}

	get all(): number {
		return this.#count();
	}

	/**
	 * Runs a job when there is room for its weight; one that is heavier than all slots takes them all.
	 * Throws the signal's reason where it is called off while it waits.
	 */
	async run<T>(wish: SlotWish, job: (slot: number) => Promise<T>): Promise<T> {
		wish.signal.throwIfAborted();
		const taken = Math.min(wish.weight, this.#count());
		await this.#enter(taken, wish);
		const slot = this.#slot();
		try {
			return await job(slot);
		} finally {
			this.#slots.delete(slot);
			this.#taken -= taken;
			this.#admit();
		}
	}

	readonly #slots = new Set<number>();

	/** The lowest number that nobody has. */
	#slot(): number {
		let slot = 1;
		while (this.#slots.has(slot)) slot += 1;
		this.#slots.add(slot);
		return slot;
	}

	#enter(weight: number, wish: SlotWish): Promise<void> {
		const { signal } = wish;
		return new Promise((resolve, reject) => {
			const leave = () => {
				this.#waiting = this.#waiting.filter((other) => other !== waiting);
				reject(signal.reason);
				this.#admit();
			};
			const waiting: Waiting = {
				weight,
				wish,
				enter: () => {
					signal.removeEventListener('abort', leave);
					resolve();
				},
			};
			signal.addEventListener('abort', leave, { once: true });
			this.#waiting.push(waiting);
			this.#admit();
		});
	}

	#admit(): void {
		this.#waiting.sort((one, other) => other.wish.urgency - one.wish.urgency);
		for (;;) {
			const [next] = this.#waiting;
			// Slots may have become fewer since it began to wait.
			const fits = next && this.#taken + next.weight <= this.#count();
			if (!next || (!fits && this.#taken > 0)) return;
			this.#waiting.shift();
			this.#taken += next.weight;
			next.enter();
		}
	}
}

export interface SlotWish {
	readonly weight: number;
	/** The greater, the sooner; it may grow while it waits. */
	readonly urgency: number;
	readonly signal: AbortSignal;
}
