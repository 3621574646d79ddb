// Has gates look at each branch where landings go, once it has moved and nothing lands there: also where a
// crash came between. What there is to be told of it the core decides.
import { standingOfBase } from '../domain/alarm/base-gates.ts';
import type { WeirEvent } from '../domain/event.ts';
import { definitionOf } from '../domain/gates/gate.ts';
import type { State } from '../domain/state.ts';
import { digest } from '../lib/digest.ts';
import { Lane } from '../lib/lane.ts';
import { Lifetime } from '../lib/lifetime.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { gatesAt } from './landing-gates.ts';
import type { Loop } from './loop.ts';
import type { World } from './world.ts';

/** Landings of one round move it one after the other: only the last of them is asked about. */
const pauseMs = 100;

export class BaseGateDesk implements AsyncDisposable {
	readonly #loop: Loop;
	readonly #world: () => World;
	readonly #lifetime = new Lifetime();
	readonly #lane = new Lane(1);
	readonly #due = new Set<string>();

	constructor(loop: Loop, world: () => World) {
		this.#loop = loop;
		this.#world = world;
		this.#lifetime.add(
			loop.onEvents.on((events) => {
				for (const event of events) this.#follow(event);
			}),
		);
	}

	/** After a start: what was not asked any more, or not to its end. */
	takeOver(): void {
		for (const branch of Object.keys(this.#loop.state.baseGates)) this.#soon(branch);
	}

	/** Asks about what the branch is now; the events that this brought. */
	ask(branch: string, anew: boolean): Promise<Outcome<readonly WeirEvent[]>> {
		return this.#lane.run(() => this.#ask(branch, anew));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#lifetime.close();
		await this.#lane.run(() => Promise.resolve());
	}

	#follow({ kind, data }: WeirEvent): void {
		if (kind === 'merge.settled' || kind === 'undo.settled')
			this.#soon(this.#loop.state.landings[data.landing]?.branch ?? '');
		else if (kind === 'base.moved.by-others' || kind === 'settings.loaded')
			this.takeOver();
	}

	#soon(branch: string): void {
		if (this.#due.has(branch) || !(branch in this.#loop.state.baseGates)) return;
		this.#due.add(branch);
		this.#lifetime.timer(pauseMs, () => {
			this.#due.delete(branch);
			this.ask(branch, false).catch((error: unknown) =>
				console.error(`gates cannot be asked about ${branch}:`, error),
			);
		});
	}

	async #ask(branch: string, anew: boolean): Promise<Outcome<readonly WeirEvent[]>> {
		const { state } = this.#loop;
		// It waits for no slot that this takes, and what it lands is the newest then.
		if (!anew && isLandedOn(state, branch)) return ok([]);
		const commit = state.bases[branch] ?? null;
		if (commit === null || this.#lifetime.closed)
			return refuse('base.unknown', `${branch} is no branch that work lands on`);
		const gates = await gatesAt(this.#world(), commit);
		if (!gates.ok) return gates;
		const former = Object.keys(standingOfBase(state, branch).gates);
		if (gates.value.length === 0 && former.length === 0) return ok([]);
		const set = gates.value.map(([name, gate]) => [name, definitionOf(gate)]);
		const by = digest(JSON.stringify(set), 16);
		const command = { kind: 'base-gates.run', branch, commit, by, anew } as const;
		return this.#loop.submit(command, anew ? 'human' : 'weir', 'watch');
	}
}

function isLandedOn(state: State, branch: string): boolean {
	return Object.values(state.effects).some(
		({ kind, data }) => kind === 'merge' && data.branch === branch,
	);
}
