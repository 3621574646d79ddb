// Notices that an agent which is said to work gives no sign of it: prints nothing but its spinner and
// changes no file. Looks once in a while, and only while somebody works.
import type { AgentId } from '../domain/ids.ts';
import { patienceWith, withSpell } from '../domain/stalling.ts';

export interface StallParts {
	/** How long nobody is stuck, whatever it usually takes. */
	readonly leastMs: () => number;
	/** What its screen says without what turns by itself; null where it cannot be read. */
	readonly still: (agent: AgentId) => Promise<string | null>;
	/** How many milliseconds ago it last changed a file. */
	readonly changedAgo: (agent: AgentId) => Promise<number>;
	readonly tell: (agent: AgentId, generation: number, minutes: number | null) => void;
}

interface Watched {
	readonly generation: number;
	/** When it gave the last sign, on the clock that stands still while the machine sleeps. */
	sign: number;
	still: string | null;
	spells: readonly number[];
	stalled: boolean;
	timer: NodeJS.Timeout | undefined;
}

const longestPauseMs = 60_000;
/** Whoever goes on is not to look stuck for long. */
const stalledPauseMs = 5000;
const shortestPauseMs = 100;

export class StallWatch implements Disposable {
	readonly #parts: StallParts;
	readonly #watched = new Map<AgentId, Watched>();

	constructor(parts: StallParts) {
		this.#parts = parts;
	}

	/** It is said to work. */
	works(agent: AgentId, generation: number): void {
		if (this.#watched.get(agent)?.generation !== generation)
			this.adopt(agent, generation, { agoMs: 0, stalled: false });
	}

	/** It works, gave its last sign so long ago, and was stuck or not. */
	adopt(
		agent: AgentId,
		generation: number,
		{ agoMs, stalled }: { readonly agoMs: number; readonly stalled: boolean },
	): void {
		clearTimeout(this.#watched.get(agent)?.timer);
		const known: Watched = {
			...{ generation, stalled, sign: performance.now() - agoMs },
			...{ still: null, spells: [], timer: undefined },
		};
		this.#watched.set(agent, known);
		this.#plan(agent, known);
	}

	/** It did something; nothing where it is not said to work. */
	signs(agent: AgentId): void {
		const known = this.#watched.get(agent);
		if (known) this.#signs(agent, known, performance.now());
	}

	/** It does not work, or is gone. */
	rests(agent: AgentId): void {
		const known = this.#watched.get(agent);
		clearTimeout(known?.timer);
		this.#watched.delete(agent);
		if (known?.stalled) this.#parts.tell(agent, known.generation, null);
	}

	[Symbol.dispose](): void {
		for (const { timer } of this.#watched.values()) clearTimeout(timer);
		this.#watched.clear();
	}

	#plan(agent: AgentId, known: Watched): void {
		const longest = known.stalled ? stalledPauseMs : longestPauseMs;
		const due = known.sign + this.#patience(known) - performance.now();
		const pause = Math.min(
			longest,
			Math.max(known.stalled ? longest : due, shortestPauseMs),
		);
		clearTimeout(known.timer);
		known.timer = setTimeout(() => void this.#check(agent, known), pause);
	}

	async #check(agent: AgentId, known: Watched): Promise<void> {
		try {
			await this.#look(agent, known);
		} catch (error) {
			console.error('signs of work cannot be looked for:', error);
		}
		if (this.#watched.get(agent) === known) this.#plan(agent, known);
	}

	async #look(agent: AgentId, known: Watched): Promise<void> {
		const still = await this.#parts.still(agent);
		const moved = still !== null && known.still !== null && still !== known.still;
		known.still = still ?? known.still;
		if (moved) this.#signs(agent, known, performance.now());
		else if (performance.now() - known.sign >= this.#patience(known)) {
			const changed = performance.now() - (await this.#parts.changedAgo(agent));
			if (changed > known.sign) this.#signs(agent, known, changed);
			else this.#stalls(agent, known);
		}
	}

	#signs(agent: AgentId, known: Watched, at: number): void {
		if (this.#watched.get(agent) !== known) return;
		known.spells = withSpell(known.spells, at - known.sign);
		known.sign = Math.max(known.sign, at);
		if (!known.stalled) return;
		known.stalled = false;
		this.#parts.tell(agent, known.generation, null);
	}

	#stalls(agent: AgentId, known: Watched): void {
		if (known.stalled || this.#watched.get(agent) !== known) return;
		known.stalled = true;
		const minutes = Math.round(this.#patience(known) / 60_000);
		this.#parts.tell(agent, known.generation, minutes);
	}

	#patience({ spells }: Watched): number {
		return patienceWith(spells, this.#parts.leastMs());
	}
}
