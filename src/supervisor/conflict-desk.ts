// Keeps predicted which of the agents' commits conflict with each other, for all that wait to land. Asked
// anew a moment after a head or a base moved, of what moved alone; git does it in processes of its own that
// give way to all else.
import type { Agent } from '../domain/agent.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Clash, Prediction } from '../domain/queue/prediction.ts';
import { waitingIn } from '../domain/queue/queue.ts';
import type { State } from '../domain/state.ts';
import { branchTip } from '../git/base.ts';
import {
	ConflictMatrix,
	type MatrixBranch,
	type Prediction as Predicted,
} from '../git/conflict-matrix.ts';
import { type Closer, Lifetime } from '../lib/lifetime.ts';
import { landedBefore } from './landed.ts';
import type { Loop } from './loop.ts';
import type { Observatory } from './observatory.ts';
import type { World } from './world.ts';

/** Heads that move together are asked for together. */
const pauseMs = 250;
/** What git could not tell is asked again so much later. */
const againMs = 10_000;
/** Pairs grow with the square of them; of more, those that land last are left out. */
const mostAgents = 100;
/** Of the paths of all clashes of one agent so many characters are told: an observation is one frame. */
const mostText = 12_000;

export interface ConflictDeskParts {
	readonly loop: Loop;
	readonly observatory: Observatory;
	readonly world: () => World;
}

interface Wanted {
	readonly agent: Agent;
	readonly head: string;
}

export class ConflictDesk implements AsyncDisposable {
	readonly #parts: ConflictDeskParts;
	readonly #lifetime = new Lifetime();
	#matrix: ConflictMatrix | undefined;
	#due: Closer | undefined;
	/** What git is asked of, and of what it said all that is known. */
	#asked:
		| { readonly bases: State['bases']; readonly ending: AbortController }
		| undefined;
	#known = '';
	#told: ReadonlySet<AgentId> = new Set();
	#running: Promise<void> = Promise.resolve();

	constructor(parts: ConflictDeskParts) {
		this.#parts = parts;
		const { loop, observatory } = parts;
		this.#lifetime.add(observatory.onTell.on(() => this.#stir()));
		// Landings and what others do to the base are events as well.
		this.#lifetime.add(loop.onEvents.on(() => this.#stir()));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#lifetime.close();
		this.#asked?.ending.abort();
		await this.#running;
	}

	/** Something happened: a look follows soon at whether it counts. */
	#stir(): void {
		if (this.#lifetime.closed) return;
		// Of another base nothing that is being found out counts.
		if (this.#asked && this.#asked.bases !== this.#parts.loop.state.bases)
			this.#asked.ending.abort();
		if (this.#due || this.#asked) return;
		this.#due = this.#lifetime.timer(pauseMs, () => {
			this.#due = undefined;
			if (this.#standing() !== this.#known) this.#running = this.#predict();
		});
	}

	#wanted(): readonly Wanted[] {
		const { loop, observatory } = this.#parts;
		return waitingIn(loop.state, observatory.all)
			.flatMap((agent) => {
				const { head } = observatory.of(agent.id);
				return head === null ? [] : { agent, head };
			})
			.slice(0, mostAgents);
	}

	/** All that an answer depends on: heads by agent, and the bases that they are to land on. */
	#standing(): string {
		const heads = this.#wanted().map(({ agent: { id, base }, head }) => {
			return [id, head, base.branch].join(' ');
		});
		return JSON.stringify([heads.toSorted(), this.#parts.loop.state.bases]);
	}

	async #predict(): Promise<void> {
		const ending = new AbortController();
		const standing = this.#standing();
		this.#asked = { bases: this.#parts.loop.state.bases, ending };
		try {
			const told = new Set<AgentId>();
			const groups = Map.groupBy(this.#wanted(), ({ agent }) => agent.base.branch);
			for (const [base, wanted] of groups)
				for (const [agent, said] of await this.#predictOn(base, wanted, ending.signal)) {
					told.add(agent);
					this.#parts.observatory.predicted(agent, said);
				}
			for (const agent of this.#told)
				if (!told.has(agent)) this.#parts.observatory.predicted(agent, null);
			this.#told = told;
			this.#known = standing;
		} catch (error) {
			if (!ending.signal.aborted) this.#tryAgain(error);
		}
		this.#asked = undefined;
		this.#stir();
	}

	/** A commit may be gone by now; what moves on asks sooner. */
	#tryAgain(error: unknown): void {
		console.error('conflicts between agents cannot be predicted:', error);
		this.#known = this.#standing();
		this.#lifetime.timer(againMs, () => {
			this.#known = '';
			this.#stir();
		});
	}

	async #predictOn(
		base: string,
		wanted: readonly Wanted[],
		signal: AbortSignal,
	): Promise<ReadonlyMap<AgentId, Prediction>> {
		const world = this.#parts.world();
		const { repository } = world;
		const tip = await branchTip(repository, base);
		if (tip === null) return new Map();
		const branches: MatrixBranch[] = [];
		for (const { agent, head } of wanted) {
			const before = await landedBefore(world, agent, tip);
			branches.push({ name: agent.id, tip: head, before });
		}
		this.#matrix ??= new ConflictMatrix(repository);
		const predicted = await this.#matrix.predict(tip, branches, signal);
		return byAgent(tip, wanted, predicted);
	}
}

function byAgent(
	base: string,
	wanted: readonly Wanted[],
	{ withBase, between, unknown }: Predicted,
): ReadonlyMap<AgentId, Prediction> {
	const clashes = new Map<string, Clash[]>();
	const heads = new Map(wanted.map(({ agent, head }) => [agent.id as string, head]));
	for (const { names, files, count, withoutRenames } of between) {
		for (const [one, other] of [names, names.toReversed()] as [string, string][]) {
			const head = heads.get(other);
			if (head === undefined) continue;
			const clash = { agent: other as AgentId, head, files, count, withoutRenames };
			clashes.set(one, [...(clashes.get(one) ?? []), clash]);
		}
	}
	return new Map(
		wanted
			.filter(({ agent }) => !unknown.includes(agent.id))
			.map(({ agent: { id }, head }) => {
				const own = withBase.get(id);
				const inBase = own ? { files: own.files, count: own.count } : null;
				const among = withinBound(clashes.get(id) ?? []);
				return [id, { head, base, withBase: inBase, clashes: among }];
			}),
	);
}

/** All clashes, each with as many of its files as there is room for. */
export function withinBound(clashes: readonly Clash[]): readonly Clash[] {
	let room = mostText;
	return clashes.map((clash) => {
		const files = clash.files.filter((file) => {
			room -= file.length;
			return room >= 0;
		});
		return { ...clash, files };
	});
}
