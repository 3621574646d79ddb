// Keeps what happens while nobody is at this terminal, and knows when somebody is back.
import { type AwayLine, awaySummary, isTold } from '../domain/away.ts';
import type { WeirEvent } from '../domain/event.ts';
import type { State } from '../domain/state.ts';

/** No key for so long is an absence. */
const awayMs = 10 * 60_000;
const eventsKept = 200;

export class Away {
	/** Milliseconds of wall clock. */
	readonly #clock: () => number;
	#usedAt: number;
	#events: readonly WeirEvent[] = [];

	constructor(clock: () => number) {
		this.#clock = clock;
		this.#usedAt = clock();
	}

	hear(event: WeirEvent): void {
		if (isTold(event)) this.#events = [...this.#events, event].slice(-eventsKept);
	}

	/** Somebody is here; after an absence with what there is to say about it. */
	used(state: State): readonly AwayLine[] {
		const now = this.#clock();
		const events = this.#events;
		const long = now - this.#usedAt >= awayMs;
		this.#usedAt = now;
		this.#events = [];
		return long ? awaySummary(events, state, new Date(now).toISOString()) : [];
	}
}
