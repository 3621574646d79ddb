// What weir sees of the agents' worktrees beside the journal: diff, head, predicted conflicts.
// Looked at after something happened, never on a timer while nothing does.
import type { AgentId } from '../domain/ids.ts';
import { Emitter } from '../lib/emitter.ts';
import { Lane } from '../lib/lane.ts';
import { Lifetime } from '../lib/lifetime.ts';
import { noObservation, type Observation } from '../protocol/client.ts';

/** A look costs a `git status`; more often than this it would cost more than it tells. */
const pauseMs = 700;

export interface ObservatoryParts {
	/** Looks at the worktree; null where there is none. */
	readonly look: (agent: AgentId) => Promise<Omit<Observation, 'progress'> | null>;
}

export interface Observed {
	readonly agent: AgentId;
	readonly observation: Observation;
}

export class Observatory {
	/** Only what differs from what was seen before. */
	readonly onTell = new Emitter<Observed>();

	readonly #parts: ObservatoryParts;
	readonly #lifetime = new Lifetime();
	readonly #seen = new Map<AgentId, Observation>();
	readonly #waiting = new Map<AgentId, () => void | Promise<void>>();
	readonly #lane = new Lane(2);

	constructor(parts: ObservatoryParts) {
		this.#parts = parts;
	}

	of(agent: AgentId): Observation {
		return this.#seen.get(agent) ?? noObservation;
	}

	get all(): Readonly<Record<AgentId, Observation>> {
		return Object.fromEntries(this.#seen);
	}

	/** Something may have changed: a look follows soon, one for all that happens until then. */
	stir(agent: AgentId): void {
		if (this.#lifetime.closed || this.#waiting.has(agent)) return;
		const cancel = this.#lifetime.timer(pauseMs, () => {
			this.#waiting.delete(agent);
			void this.look(agent);
		});
		this.#waiting.set(agent, cancel);
	}

	/** Looks now. */
	async look(agent: AgentId): Promise<Observation> {
		const found = await this.#lane.run(async () => this.#parts.look(agent));
		if (found) this.#set(agent, { ...this.of(agent), ...found });
		return this.of(agent);
	}

	progress(agent: AgentId, progress: Observation['progress']): void {
		this.#set(agent, { ...this.of(agent), progress });
	}

	forget(agent: AgentId): void {
		void this.#waiting.get(agent)?.();
		this.#waiting.delete(agent);
		this.#seen.delete(agent);
	}

	close(): Promise<void> {
		return this.#lifetime.close();
	}

	#set(agent: AgentId, observation: Observation): void {
		if (this.#lifetime.closed) return;
		const same = JSON.stringify(this.of(agent)) === JSON.stringify(observation);
		this.#seen.set(agent, observation);
		if (!same) this.onTell.emit({ agent, observation });
	}
}
