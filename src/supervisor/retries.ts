// Starts crashed agents again when their back-off is over.
import type { AgentId } from '../domain/ids.ts';
import type { Closer } from '../lib/lifetime.ts';
import { Lifetime } from '../lib/lifetime.ts';
import type { Loop } from './loop.ts';

export class Retries {
	readonly #loop: Loop;
	readonly #lifetime = new Lifetime();
	readonly #timers = new Map<AgentId, Closer>();

	constructor(loop: Loop) {
		this.#loop = loop;
		for (const id of Object.keys(loop.state.agents)) this.#arrange(id as AgentId);
		this.#lifetime.add(
			loop.onEvents.on((events) => {
				for (const event of events) {
					if ('agent' in event.data) this.#arrange(event.data.agent);
				}
			}),
		);
	}

	close(): Promise<void> {
		return this.#lifetime.close();
	}

	#arrange(agent: AgentId): void {
		void this.#timers.get(agent)?.();
		this.#timers.delete(agent);
		const life = this.#loop.state.agents[agent]?.life;
		if (life?.kind !== 'backing-off') return;
		const wait = Math.max(0, Date.parse(life.until) - Date.now());
		const cancel = this.#lifetime.timer(wait, () => {
			this.#timers.delete(agent);
			void this.#loop.submit({ kind: 'agent.retry', agent });
		});
		this.#timers.set(agent, cancel);
	}
}
