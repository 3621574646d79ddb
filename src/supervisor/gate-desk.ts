// Follows what stands in the worktrees of agents, so that gates run on it and nothing they said of another
// tree is shown as said of this one.
import { setTimeout as sleep } from 'node:timers/promises';
import { hasWorktree } from '../domain/agent.ts';
import type { WeirEvent } from '../domain/event.ts';
import { definitionOf } from '../domain/gates/gate.ts';
import type { AgentId } from '../domain/ids.ts';
import { branchTip } from '../git/base.ts';
import { treeOnDisk } from '../git/tree-on-disk.ts';
import type { WatchNews } from '../guard/watch/watching.ts';
import { Emitter } from '../lib/emitter.ts';
import { Lane } from '../lib/lane.ts';
import { type Closer, Lifetime } from '../lib/lifetime.ts';
import type { GateRoom } from './gate-room.ts';
import type { BegunRun, GateRuns, LiveRun, Wanted } from './gate-runs.ts';
import type { Loop } from './loop.ts';
import { worktreeOf } from './worktree-effects.ts';
import type { World } from './world.ts';

/** Files changed while they were read: it will not be quiet sooner. */
const againMs = 400;
/** What cannot be ended so soon is ended with its sandbox. */
const endsMs = 5000;
/** A worktree that cannot be watched is looked at so often. */
const pollMs = 5000;

interface Run extends Wanted {
	readonly definition: string | null;
	readonly ending: AbortController;
	live: LiveRun | null;
}

export class GateDesk implements GateRuns, AsyncDisposable {
	/** A run got its slot, or came to its end. */
	readonly onRun = new Emitter<AgentId>();

	readonly room: GateRoom;
	readonly #loop: Loop;
	readonly #world: () => World;
	readonly #lifetime = new Lifetime();
	readonly #lane = new Lane(2);
	readonly #due = new Map<AgentId, Closer>();
	readonly #polled = new Set<AgentId>();
	readonly #runs = new Map<string, Run>();

	constructor(loop: Loop, world: () => World, room: GateRoom) {
		this.room = room;
		this.#loop = loop;
		this.#world = world;
		this.#lifetime.add(
			loop.onEvents.on((events) => {
				for (const event of events) this.#follow(event);
			}),
		);
		this.#lifetime.interval(pollMs, () => {
			for (const agent of this.#polled) this.#lookSoon(agent, 0);
		});
	}

	/** After a start: what stands there now. */
	takeOver(): void {
		for (const agent of Object.values(this.#loop.state.agents))
			if (hasWorktree(agent)) this.#lookSoon(agent.id, 0);
	}

	hear(news: WatchNews): void {
		if (!('key' in news)) return;
		// Worktrees are watched under the ids of their agents.
		const id = news.key as AgentId;
		if (news.say === 'stirred') {
			if (this.#hasGates)
				void this.#loop.submit({ kind: 'tree.move', agent: id }, 'weir', 'watch');
		} else if (news.say === 'quiet') this.#lookSoon(id, 0);
		else if (news.say === 'watching') {
			this.#polled.delete(id);
			this.#lookSoon(id, 0);
		} else if (news.say === 'failed') this.#polled.add(id);
	}

	/** Its run is called off when the agent's files have moved on, or the gate is another one. */
	begin(id: string, wanted: Wanted): BegunRun {
		const tell = () => wanted.agent !== null && this.onRun.emit(wanted.agent);
		const ending = new AbortController();
		const definition = this.#definitionOf(wanted.gate);
		this.#runs.set(id, { ...wanted, definition, ending, live: null });
		if (this.#lifetime.closed) ending.abort();
		return {
			signal: ending.signal,
			onBegin: (output, usual) => {
				const run = this.#runs.get(id);
				if (!run) return;
				const began = new Date().toISOString();
				run.live = { ...wanted, began, output, usual };
				tell();
			},
			[Symbol.dispose]: () => {
				this.#runs.delete(id);
				tell();
			},
		};
	}

	/** Those of an agent that have a slot. */
	runsOf(agent: AgentId): LiveRun[] {
		return [...this.#runs.values()].flatMap(({ live }) =>
			live?.agent === agent ? [live] : [],
		);
	}

	/** Looks now, and resolves once what stands there is recorded. */
	look(id: AgentId): Promise<void> {
		return this.#lane
			.run(() => this.#look(id))
			.catch((error: unknown) =>
				console.error(`what stands in the worktree of ${id} cannot be told:`, error),
			);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#callOff(() => true);
		await this.#lifetime.close();
		await Promise.race([this.room.settled(), sleep(endsMs, null, { ref: false })]);
		await this.room[Symbol.asyncDispose]();
		this.onRun[Symbol.dispose]();
	}

	get #hasGates(): boolean {
		const { settings, settingsTrusted } = this.#loop.state;
		return settingsTrusted && Object.keys(settings.gates).length > 0;
	}

	#follow(event: WeirEvent): void {
		switch (event.kind) {
			case 'tree.settled':
				return this.#callOff(
					({ agent, tree }) => agent === event.data.agent && tree !== event.data.tree,
				);
			case 'base-gates.asked':
				return this.#callOff(
					({ base }) =>
						base?.branch === event.data.branch && base.effect !== event.data.effect,
				);
			case 'merge.asked':
				// What it comes to is asked about once it has landed.
				return this.#callOff(({ base }) => base?.branch === event.data.branch);
			case 'settings.loaded':
				this.#callOff((run) => run.agent !== null && this.#isFormer(run));
				return this.takeOver();
			case 'worktree.settled':
			case 'sync.settled':
			case 'after.settled':
			case 'restore.settled':
			case 'redress.settled':
			case 'merge.landed':
				return this.#lookSoon(event.data.agent, 0);
			case 'remove.asked':
			case 'agent.removed':
				this.#polled.delete(event.data.agent);
				return this.#callOff(({ agent }) => agent === event.data.agent);
			default:
				return;
		}
	}

	/** The gate that it runs is another one by now, or there is none of that name. */
	#isFormer({ gate, definition }: Run): boolean {
		return this.#definitionOf(gate) !== definition;
	}

	#definitionOf(name: string): string | null {
		const gate = this.#loop.state.settings.gates[name];
		return gate ? definitionOf(gate) : null;
	}

	#callOff(which: (run: Run) => boolean): void {
		for (const run of this.#runs.values()) if (which(run)) run.ending.abort();
	}

	#lookSoon(id: AgentId, afterMs: number): void {
		if (!this.#hasGates || this.#lifetime.closed || this.#due.has(id)) return;
		const cancel = this.#lifetime.timer(afterMs, () => {
			this.#due.delete(id);
			void this.look(id);
		});
		this.#due.set(id, cancel);
	}

	async #look(id: AgentId): Promise<void> {
		const agent = this.#loop.state.agents[id];
		if (!agent || !hasWorktree(agent) || this.#lifetime.closed) return;
		const world = this.#world();
		const worktree = await worktreeOf(world, agent);
		if (!worktree.ok) return;
		const tip = await branchTip(world.repository, agent.branch);
		const found = await treeOnDisk(worktree.value, tip ?? agent.base.commit);
		if (!found.ok) {
			if (found.refusal.code === 'tree.moving') this.#lookSoon(id, againMs);
			return;
		}
		await this.#loop.submit(
			{ kind: 'tree.settle', agent: id, tree: found.value },
			'weir',
			'watch',
		);
	}
}
