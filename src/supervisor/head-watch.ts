// Has an agent looked at as soon as it has committed, whatever its program shows of it: conflicts are
// predicted of heads.
import { hasWorktree } from '../domain/agent.ts';
import type { WeirEvent } from '../domain/event.ts';
import type { AgentId } from '../domain/ids.ts';
import { watchHead } from '../guard/watch-head.ts';
import { type Closer, Lifetime } from '../lib/lifetime.ts';
import type { Loop } from './loop.ts';
import { worktreeOf } from './worktree-effects.ts';
import type { World } from './world.ts';

/** One that commits without end is looked at no oftener than that. */
const betweenMs = 2000;

export class HeadWatch {
	readonly #loop: Loop;
	readonly #world: () => World;
	readonly #lifetime = new Lifetime();
	readonly #watched = new Map<AgentId, Disposable>();
	readonly #resting = new Map<AgentId, { again: boolean; readonly cancel: Closer }>();

	constructor(loop: Loop, world: () => World) {
		this.#loop = loop;
		this.#world = world;
		this.#lifetime.add(
			loop.onEvents.on((events) => {
				for (const event of events) this.#follow(event);
			}),
		);
	}

	/** After a start: those that are there. */
	takeOver(): void {
		for (const agent of Object.values(this.#loop.state.agents))
			if (hasWorktree(agent)) void this.#watch(agent.id);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#lifetime.close();
		for (const id of [...this.#watched.keys()]) this.#drop(id);
	}

	#follow({ kind, data }: WeirEvent): void {
		if (kind === 'worktree.settled' || kind === 'restore.settled')
			void this.#watch(data.agent);
		else if (kind === 'agent.removed') this.#drop(data.agent);
	}

	async #watch(id: AgentId): Promise<void> {
		const agent = this.#loop.state.agents[id];
		if (!agent || !hasWorktree(agent)) return;
		const worktree = await worktreeOf(this.#world(), agent);
		const now = this.#loop.state.agents[id];
		if (!worktree.ok || !now || !hasWorktree(now) || this.#lifetime.closed) return;
		const { privateDir, branch } = worktree.value;
		this.#drop(id);
		this.#watched.set(
			id,
			watchHead(privateDir, branch, () => this.#moved(id)),
		);
	}

	#moved(id: AgentId): void {
		const resting = this.#resting.get(id);
		if (resting) {
			resting.again = true;
			return;
		}
		if (this.#lifetime.closed) return;
		this.#world().observatory.stir(id);
		const cancel = this.#lifetime.timer(betweenMs, () => {
			const again = this.#resting.get(id)?.again ?? false;
			this.#resting.delete(id);
			if (again) this.#moved(id);
		});
		this.#resting.set(id, { again: false, cancel });
	}

	#drop(id: AgentId): void {
		this.#watched.get(id)?.[Symbol.dispose]();
		this.#watched.delete(id);
		void this.#resting.get(id)?.cancel();
		this.#resting.delete(id);
	}
}
