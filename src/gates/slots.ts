// How many gates run at a time. The most urgent goes first, among equals who has waited longest; a heavy
// one is not overtaken for ever by light ones.

interface Waiting {
	readonly weight: number;
	readonly urgency: number;
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
	async run<T>(
		{ weight, urgency, signal }: SlotWish,
		job: (slot: number) => Promise<T>,
	): Promise<T> {
		signal.throwIfAborted();
		const taken = Math.min(weight, this.#count());
		await this.#enter(taken, urgency, signal);
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

	#enter(weight: number, urgency: number, signal: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			const leave = () => {
				this.#waiting = this.#waiting.filter((other) => other !== waiting);
				reject(signal.reason);
				this.#admit();
			};
			const waiting: Waiting = {
				weight,
				urgency,
				enter: () => {
					signal.removeEventListener('abort', leave);
					resolve();
				},
			};
			signal.addEventListener('abort', leave, { once: true });
			this.#waiting.push(waiting);
			this.#waiting.sort((one, other) => other.urgency - one.urgency);
			this.#admit();
		});
	}

	#admit(): void {
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
	/** The greater, the sooner. */
	readonly urgency: number;
	readonly signal: AbortSignal;
}
