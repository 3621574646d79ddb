// Looks at screens: one of an agent at a time, the soonest of those that were asked for.
import type { AgentId } from '../domain/ids.ts';

interface Planned {
	readonly due: number;
	readonly timer: NodeJS.Timeout;
}

export class Looks implements Disposable {
	readonly #look: (agent: AgentId) => Promise<void>;
	readonly #planned = new Map<AgentId, Planned>();
	/** Looked at now; what is asked for meanwhile comes after it. */
	readonly #busy = new Map<AgentId, number | null>();
	#closed = false;

	constructor(look: (agent: AgentId) => Promise<void>) {
		this.#look = look;
	}

	within(agent: AgentId, milliseconds: number): void {
		if (this.#closed) return;
		const waiting = this.#busy.get(agent);
		if (waiting !== undefined) {
			this.#busy.set(agent, Math.min(milliseconds, waiting ?? milliseconds));
			return;
		}
		const due = performance.now() + milliseconds;
		const known = this.#planned.get(agent);
		if (known && known.due <= due) return;
		clearTimeout(known?.timer);
		const timer = setTimeout(() => void this.#run(agent), milliseconds);
		this.#planned.set(agent, { due, timer });
	}

	cancel(agent: AgentId): void {
		clearTimeout(this.#planned.get(agent)?.timer);
		this.#planned.delete(agent);
	}

	[Symbol.dispose](): void {
		this.#closed = true;
		for (const agent of this.#planned.keys()) this.cancel(agent);
	}

	async #run(agent: AgentId): Promise<void> {
		this.#planned.delete(agent);
		this.#busy.set(agent, null);
		try {
			await this.#look(agent);
		} finally {
			const next = this.#busy.get(agent) ?? null;
			this.#busy.delete(agent);
			if (next !== null) this.within(agent, next);
		}
	}
}
