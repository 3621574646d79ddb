// Worktrees that are being made. To fill one may take minutes, so it is broken off by a kill of its agent,
// and all of it when every agent is being ended.
import type { AgentId } from '../domain/ids.ts';

export class Fillings {
	readonly #all = new AbortController();
	readonly #own = new Map<AgentId, AbortController>();

	/** Runs one; its signal is aborted when it is to be broken off. */
	async run<T>(agent: AgentId, fill: (signal: AbortSignal) => Promise<T>): Promise<T> {
		const own = new AbortController();
		this.#own.set(agent, own);
		try {
			return await fill(AbortSignal.any([own.signal, this.#all.signal]));
		} finally {
			this.#own.delete(agent);
		}
	}

	/** Whether there was one to break off; it settles as failed, unless its last file is there. */
	breakOff(agent: AgentId): boolean {
		const own = this.#own.get(agent);
		own?.abort();
		return own !== undefined;
	}

	/** From now on none is filled. */
	breakOffAll(): void {
		this.#all.abort();
	}
}
