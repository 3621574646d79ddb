// Has messages delivered to the agents that they wait for, one at a time to each, once it is idle.
import { deliverable } from '../domain/message.ts';
import { type Closer, Lifetime } from '../lib/lifetime.ts';
import type { Loop } from './loop.ts';

/** A program that looks idle may be between two of its steps. */
const steadyMs = 400;

export class MessageDesk {
	readonly #loop: Loop;
	readonly #lifetime = new Lifetime();
	#due: Closer | undefined;

	constructor(loop: Loop) {
		this.#loop = loop;
		this.#lifetime.add(loop.onEvents.on(() => this.#arrange()));
		this.#arrange();
	}

	close(): Promise<void> {
		return this.#lifetime.close();
	}

	#arrange(): void {
		if (this.#due || deliverable(this.#loop.state).length === 0) return;
		this.#due = this.#lifetime.timer(steadyMs, () => {
			this.#due = undefined;
			for (const { message, agent } of deliverable(this.#loop.state))
				void this.#loop.submit({ kind: 'message.deliver', message, agent });
		});
	}
}
