// Tells the supervisor that somebody is at this terminal: whether it has the focus, and that it is used.
import type { Mirror } from './mirror.ts';

/** Keys come faster than anybody needs to know. */
const everyMs = 2000;

export class Presence {
	readonly #mirror: Pick<Mirror, 'ask'>;
	readonly #clock: () => number;
	#focused: boolean | null = null;
	#told = -Infinity;

	constructor(mirror: Pick<Mirror, 'ask'>, clock: () => number) {
		this.#mirror = mirror;
		this.#clock = clock;
	}

	/** A supervisor that has just been found knows nothing of this client. */
	begin(): void {
		this.#tell(true);
	}

	/** A key, a click or a paste. */
	used(): void {
		if (this.#clock() - this.#told >= everyMs) this.#tell(true);
	}

	focus(focused: boolean): void {
		this.#focused = focused;
		this.#tell(focused);
	}

	#tell(used: boolean): void {
		if (used) this.#told = this.#clock();
		// One that is gone or older needs no answer: there is nothing to be done about it.
		void this.#mirror.ask('presence', { focused: this.#focused, used });
	}
}
