// Knows when the human has looked at an agent that is done: its pane had the focus, and a moment passed
// after the last key. A pane that has the focus while nobody is there was looked at by nobody.

import type { AgentId } from '../domain/ids.ts';
import { isUnseen } from '../domain/seen.ts';
import type { Closer, Lifetime } from '../lib/lifetime.ts';
import type { Mirror } from './mirror.ts';

/** Long enough to tell a look from a pane that was passed on the way to another. */
const momentMs = 1000;

export interface LooksOptions {
	readonly mirror: Pick<Mirror, 'now' | 'ask'>;
	/** The agent whose pane has the focus and can be seen. */
	readonly looked: () => AgentId | null;
	readonly lifetime: Pick<Lifetime, 'timer'>;
}

export class Looks {
	readonly #options: LooksOptions;
	#pending: Closer | undefined;
	#outside = false;

	constructor(options: LooksOptions) {
		this.#options = options;
	}

	/** A key, a click or a paste. */
	used(): void {
		void this.#pending?.();
		this.#pending = this.#options.lifetime.timer(momentMs, () => this.#look());
	}

	/** The user's terminal got the focus or lost it. */
	focus(focused: boolean): void {
		this.#outside = !focused;
	}

	#look(): void {
		const { mirror, looked } = this.#options;
		const id = this.#outside ? null : looked();
		const agent = id === null ? undefined : mirror.now.state.agents[id];
		// A supervisor that is gone or older is asked again with the next key.
		if (agent && isUnseen(agent)) void mirror.ask('see', { agent: agent.id });
	}
}
