// What was asked for by keys, done in its order: what needs lines that are not there yet, or takes a
// while, lets the rest wait.

/** What has to come first, and whether the errand is to be done again after it. */
export interface Wait {
	readonly until: Promise<void>;
	readonly again: boolean;
}

export type Errand = () => Wait | undefined;

/** Keys that wait; more are dropped. */
const errandsLimit = 256;

export class Errands {
	#waiting: Errand[] = [];
	#busy = false;

	push(errand: Errand): void {
		if (this.#waiting.length >= errandsLimit) return;
		this.#waiting.push(errand);
		this.#work();
	}

	/** Forgets what waits; what is under way ends by itself. */
	clear(): void {
		this.#waiting = [];
	}

	#work(): void {
		while (!this.#busy) {
			const errand = this.#waiting.shift();
			if (!errand) return;
			this.#busy = true;
			const wait = errand();
			if (wait?.again) this.#waiting.unshift(errand);
			if (wait) void this.#goOnAfter(wait.until);
			else this.#busy = false;
		}
	}

	async #goOnAfter(until: Promise<void>): Promise<void> {
		await until;
		this.#busy = false;
		this.#work();
	}
}
