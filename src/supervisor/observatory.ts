// What weir sees of the agents' worktrees beside the journal: diff, head, predicted conflicts.
// Looked at after something happened and while an agent works, never while nothing happens.
import type { AgentId } from '../domain/ids.ts';
import type { Prediction } from '../domain/queue/prediction.ts';
import type { RecordingStanding } from '../domain/recording-fault.ts';
import { Emitter } from '../lib/emitter.ts';
import { Lane } from '../lib/lane.ts';
import { type Closer, Lifetime } from '../lib/lifetime.ts';
import {
	noObservation,
	type Observation,
	type ProgramWords,
} from '../protocol/observation.ts';

/** A look costs a `git status`; more often than this it would cost more than it tells. */
const pauseMs = 700;
const restMs = 5000;
/** How long a row of landings may keep the other agents from being looked at. */
const lazyMs = 20_000;
/** One agent is looked at for at most a hundredth of the time, all together for a fiftieth. */
const restPerCost = 100;
const restPerCostOfAll = 50;

export interface ObservatoryParts {
	/** Looks at the worktree; null where there is none. */
	readonly look: (
		agent: AgentId,
	) => Promise<Omit<Observation, 'progress' | 'words' | 'recording' | 'rests'> | null>;
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
	/** When a working agent is to be looked at again, on the monotonic clock. */
	readonly #due = new Map<AgentId, number>();
	/** Agents whose look waits for its turn. */
	readonly #queued = new Set<AgentId>();
	#round: Closer | null = null;
	#working = 0;

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
		if (this.#queued.has(agent)) return;
		const cancel = this.#lifetime.timer(pauseMs, () => {
			this.#waiting.delete(agent);
			void this.look(agent);
		});
		this.#waiting.set(agent, cancel);
	}

	/**
	 * A landing has come to its end. Where the base moved, what merges into it cleanly may be another
	 * now, for every agent; while more landings wait, their looks would only hold those up.
	 */
	landingEnded(
		{ moved, more }: { readonly moved: boolean; readonly more: boolean },
		agents: () => readonly AgentId[],
	): void {
		if (!moved && this.#round === null) return;
		const begin = () => {
			this.#round = null;
			for (const agent of agents()) this.stir(agent);
		};
		if (more) {
			this.#round ??= this.#lifetime.timer(lazyMs, begin);
			return;
		}
		void this.#round?.();
		begin();
	}

	/** For an agent that works on: a look once in a while, the rarer the more a look costs. */
	stirWorking(agents: readonly AgentId[]): void {
		const now = performance.now();
		this.#working = agents.length;
		for (const agent of agents) if (now >= (this.#due.get(agent) ?? 0)) this.stir(agent);
	}

	/** Looks now. */
	async look(agent: AgentId): Promise<Observation> {
		let cost = 0;
		this.#queued.add(agent);
		const found = await this.#lane.run(async () => {
			this.#queued.delete(agent);
			const begun = performance.now();
			const seen = await this.#parts.look(agent);
			cost = performance.now() - begun;
			return seen;
		});
		this.#due.set(agent, performance.now() + restAfter(cost, this.#working));
		if (found) this.#set(agent, { ...this.of(agent), ...found });
		return this.of(agent);
	}

	progress(agent: AgentId, progress: Observation['progress']): void {
		this.#set(agent, { ...this.of(agent), progress });
	}

	/** What its program says by now; undefined for a program that is gone. */
	hear(agent: AgentId, words: ProgramWords | undefined): void {
		const { words: before, ...seen } = this.of(agent);
		if (before || words) this.#set(agent, words ? { ...seen, words } : seen);
	}

	/** How the recording of its output stands; told from the first trouble on. */
	recording(agent: AgentId, standing: RecordingStanding): void {
		const { recording: before, ...seen } = this.of(agent);
		const amiss = standing.trouble !== null || standing.lost > 0;
		if (before || amiss)
			this.#set(agent, amiss ? { ...seen, recording: standing } : seen);
	}

	/** Why its files cannot be watched and are looked at now and then; null where they are. */
	watched(agent: AgentId, unwatched: string | null): void {
		const { unwatched: before, ...seen } = this.of(agent);
		if (before !== undefined || unwatched !== null)
			this.#set(agent, unwatched === null ? seen : { ...seen, unwatched });
	}

	/** Files were written, and nobody writes now: whoever shows them reads them anew. */
	rested(agent: AgentId): void {
		const seen = this.#seen.get(agent);
		if (seen) this.#set(agent, { ...seen, rests: (seen.rests ?? 0) + 1 });
	}

	/** Which others its commits conflict with; null where it does not wait to land. */
	predicted(agent: AgentId, said: Prediction | null): void {
		// It was removed while git was asked.
		if (!this.#seen.has(agent)) return;
		const { predicted: before, ...seen } = this.of(agent);
		if (before || said) this.#set(agent, said ? { ...seen, predicted: said } : seen);
	}

	/** The gates that run on its work. */
	gates(agent: AgentId, running: NonNullable<Observation['gates']>): void {
		const { gates: before, ...seen } = this.of(agent);
		const any = Object.keys(running).length > 0;
		if (before || any) this.#set(agent, any ? { ...seen, gates: running } : seen);
	}

	/** Its program prints nothing more that could be missing from its recording. */
	ended(agent: AgentId): void {
		const { recording } = this.of(agent);
		if (recording) this.recording(agent, { ...recording, trouble: null });
	}

	forget(agent: AgentId): void {
		void this.#waiting.get(agent)?.();
		this.#waiting.delete(agent);
		this.#seen.delete(agent);
		this.#due.delete(agent);
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

/** How long, in milliseconds, a working agent is left alone after a look that took `cost`. */
export function restAfter(cost: number, working: number): number {
	return Math.max(restMs, cost * Math.max(restPerCost, restPerCostOfAll * working));
}
