// Has the worktrees of agents watched, and tells what is written outside their scopes. The watch tells at
// once; a look through weir's own index says what stands outside in truth, and finds what no watch saw.
import { type Agent, hasWorktree, isSpawning } from '../domain/agent.ts';
import type { WeirEvent } from '../domain/event.ts';
import { gatesOf } from '../domain/gates/gate-standing.ts';
import type { AgentId } from '../domain/ids.ts';
import { namedTrespasses } from '../domain/trespass.ts';
import { usualSaveMs } from '../guard/watch/saves.ts';
import type { OutsidePath } from '../guard/watch/watch-messages.ts';
import type { WatchNews } from '../guard/watch/watching.ts';
import { Watching } from '../guard/watch/watching.ts';
import { Lane } from '../lib/lane.ts';
import { type Closer, Lifetime } from '../lib/lifetime.ts';
import type { Loop } from './loop.ts';
import { restAfter } from './observatory.ts';
import { type FoundStrays, Strays } from './strays.ts';
import { TrespassWords } from './trespass-words.ts';
import type { World } from './world.ts';

/** What a program that has ended left behind may still write. */
const lingerMs = 60_000;
/** Between two looks at a worktree in which something was written. */
const lookMs = 30_000;
/** What was told is looked at so soon: it may be in order already. */
const soonMs = 1500;
/** Between two looks at a worktree that cannot be watched, and the rest that follows its cost. */
const pollMs = 5000;
const restPerPoll = 20;
const tickMs = 1000;

interface Standing {
	/** Null while it is being watched, else why it cannot be. */
	readonly polled: string | null;
	readonly touched: boolean;
	readonly lookedAt: number;
	readonly cost: number;
}

export class TrespassDesk implements AsyncDisposable {
	readonly #loop: Loop;
	readonly #world: World;
	readonly #strays: Strays;
	readonly #watching: Watching;
	readonly #lifetime = new Lifetime();
	readonly #lane = new Lane(1);
	readonly #words: TrespassWords;
	readonly #standings = new Map<AgentId, Standing>();
	/** New files beside those of a scope that the last look at a polled worktree found. */
	readonly #beside = new Map<AgentId, ReadonlySet<string>>();
	readonly #due = new Map<AgentId, Closer>();
	readonly #ending = new Map<AgentId, Closer>();

	constructor(loop: Loop, world: World, watching = new Watching()) {
		this.#loop = loop;
		this.#world = world;
		this.#strays = new Strays(loop, world);
		this.#watching = this.#lifetime.add(watching);
		this.#words = this.#lifetime.add(new TrespassWords(loop));
		this.#lifetime.add(watching.onNews.on((news) => this.#hear(news)));
		this.#lifetime.add(
			loop.onEvents.on((events) => {
				for (const event of events) this.#follow(event);
			}),
		);
		this.#lifetime.interval(tickMs, () => this.#tick());
	}

	/** After a start: what runs is watched, and what was written meanwhile is found. */
	takeOver(): void {
		for (const agent of Object.values(this.#loop.state.agents)) {
			if (!hasWorktree(agent)) continue;
			if (this.#isWatchworthy(agent)) void this.#watch(agent.id);
			else if (agent.life.kind !== 'preparing') this.#lookSoon(agent.id, soonMs);
		}
	}

	/** What its set-up has left is to be there. */
	async acceptSetup({ id, name, setup }: Agent): Promise<void> {
		if (setup === null) return;
		await this.#strays.acceptSetup(id).catch((error: unknown) => {
			console.error(
				`what the set-up of ${name} left cannot be told from trespasses:`,
				error,
			);
		});
	}

	/** What a job of weir's writes there is not told; what others write meanwhile, the next look finds. */
	async quietly<T>(id: AgentId, job: () => Promise<T>): Promise<T> {
		this.#watching.mute(id, true);
		await this.#watching.mark(id);
		try {
			return await job();
		} finally {
			this.#watching.mute(id, false);
		}
	}

	/** All of it, and the commit by which it is put back; null while it cannot be seen. */
	async standsOutside(id: AgentId) {
		const found = await this.#strays.compare(id);
		return found && { ...found, paths: found.paths.map(({ path }) => path) };
	}

	/** Looks now. */
	look(agent: AgentId): Promise<void> {
		return this.#lane
			.run(() => this.#look(agent))
			.catch((error: unknown) => {
				console.error(`the worktree of ${agent} cannot be compared:`, error);
			});
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.#lifetime.close();
	}

	#follow(event: WeirEvent): void {
		switch (event.kind) {
			case 'spawn.asked':
				return void this.#watch(event.data.agent);
			case 'agent.started':
				return this.#words.report(event.data.agent);
			case 'agent.exited':
				return this.#endLater(event.data.agent);
			case 'setup.asked':
			case 'remove.asked':
			case 'restore.asked':
			case 'agent.removed':
				return this.#unwatch(event.data.agent);
			case 'sync.asked':
			case 'after.asked':
				return this.#watching.mute(event.data.agent, true);
			case 'sync.settled':
			case 'after.settled':
				this.#watching.mute(event.data.agent, false);
				return this.#lookSoon(event.data.agent, 0);
			case 'scope.widened':
				void this.#judge(event.data.agent);
				return this.#lookSoon(event.data.agent, soonMs);
			case 'redress.settled':
				return this.#lookSoon(event.data.agent, 0);
			case 'merge.landed':
				return this.#lookSoon(event.data.agent, soonMs);
			case 'settings.loaded':
				for (const agent of this.#standings.keys()) void this.#judge(agent);
				return this.takeOver();
			default:
				return;
		}
	}

	async #watch(id: AgentId): Promise<void> {
		void this.#ending.get(id)?.();
		this.#ending.delete(id);
		if (this.#standings.has(id)) return;
		this.#stand(id, { polled: null, touched: true, lookedAt: 0, cost: 0 });
		const agent = this.#loop.state.agents[id];
		if (agent) await this.acceptSetup(agent);
		const found = await this.#strays.orderOf(id);
		if (this.#lifetime.closed || !this.#standings.has(id)) return;
		if (!found) return this.#unwatch(id);
		this.#watching.watch(id, found.order, found.reference);
	}

	async #judge(id: AgentId): Promise<void> {
		const found = await this.#strays.orderOf(id);
		if (!found || !this.#standings.has(id)) return;
		const { order, reference } = found;
		this.#watching.judge(id, order.rules, order.commit, reference);
	}

	#endLater(id: AgentId): void {
		if (!this.#standings.has(id) || this.#ending.has(id)) return;
		this.#lookSoon(id, soonMs);
		const cancel = this.#lifetime.timer(lingerMs, () => {
			this.#ending.delete(id);
			void this.#end(id);
		});
		this.#ending.set(id, cancel);
	}

	async #end(id: AgentId): Promise<void> {
		await this.look(id);
		const agent = this.#loop.state.agents[id];
		if (!agent || !this.#isWatchworthy(agent)) this.#unwatch(id);
	}

	/** Its program runs, or what gates said of its files is to be told from what they would say now. */
	#isWatchworthy(agent: Agent): boolean {
		if (agent.life.kind === 'running' || isSpawning(agent)) return true;
		return gatesOf(this.#loop.state).length > 0 && mayLook(agent);
	}

	#unwatch(id: AgentId): void {
		void this.#ending.get(id)?.();
		this.#ending.delete(id);
		void this.#due.get(id)?.();
		this.#due.delete(id);
		this.#words.forget(id);
		this.#beside.delete(id);
		this.#strays.forget(id);
		this.#watching.unwatch(id);
		if (!this.#standings.delete(id)) return;
		this.#world.observatory.watched(id, null);
		// There may be room for one that had none.
		for (const [other, { polled }] of this.#standings)
			if (polled !== null) this.#watchAgain(other);
	}

	#watchAgain(id: AgentId): void {
		this.#standings.delete(id);
		void this.#watch(id);
	}

	#hear(news: WatchNews): void {
		if (news.say === 'burst') {
			for (const id of this.#standings.keys()) this.#lookSoon(id, soonMs);
			return;
		}
		// The desk calls worktrees by their agents.
		const id = news.key as AgentId;
		const standing = this.#standings.get(id);
		if (!standing) return;
		if (news.say === 'watching') {
			this.#world.observatory.watched(id, null);
			this.#lookSoon(id, 0);
		} else if (news.say === 'failed') {
			this.#stand(id, { ...standing, polled: news.why });
			this.#world.observatory.watched(id, news.why);
			this.#lookSoon(id, 0);
		} else if (news.say === 'touched') this.#stand(id, { ...standing, touched: true });
		else if (news.say === 'doubted') this.#lookSoon(id, soonMs);
		else if (news.say === 'outside') {
			this.#words.hear(id, news);
			this.#lookSoon(id, soonMs);
		}
	}

	#stand(id: AgentId, standing: Standing): void {
		this.#standings.set(id, standing);
	}

	#lookSoon(id: AgentId, afterMs: number): void {
		if (this.#lifetime.closed || this.#due.has(id)) return;
		const cancel = this.#lifetime.timer(afterMs, () => {
			this.#due.delete(id);
			void this.look(id);
		});
		this.#due.set(id, cancel);
	}

	#tick(): void {
		const now = performance.now();
		for (const [id, standing] of this.#standings) {
			const { polled, touched, lookedAt, cost } = standing;
			const agent = this.#loop.state.agents[id];
			if (!agent || lookedAt === 0) continue;
			const works = agent.report.state === 'working';
			const rest =
				polled !== null
					? Math.max(pollMs, cost * restPerPoll)
					: touched
						? lookMs
						: works
							? Math.max(lookMs, restAfter(cost, this.#standings.size))
							: Number.POSITIVE_INFINITY;
			if (now - lookedAt >= rest) this.#lookSoon(id, 0);
		}
	}

	async #look(id: AgentId): Promise<void> {
		const agent = this.#loop.state.agents[id];
		if (!agent || this.#lifetime.closed || !mayLook(agent)) return;
		const begun = performance.now();
		const mark = await this.#watching.mark(id);
		this.#words.listen(id);
		const found = await this.#strays.find(id);
		const cost = performance.now() - begun;
		const before = this.#standings.get(id);
		const lookedAt = performance.now();
		if (before)
			this.#stand(id, { ...before, touched: before.touched && !found, lookedAt, cost });
		const passing = await this.#passingOf(id, found);
		const heard = this.#words.take(id);
		if (!found || this.#lifetime.closed) return;
		const settled = this.#settle(id, found.paths, { heard, passing });
		if (mark !== null) this.#watching.stand(id, settled.standing, mark);
		await settled.recorded;
		if (found.moved) await this.#judge(id);
	}

	/**
	 * What was there as part of a save is gone by now, or will be told by the watch. Where none watches, new
	 * files beside those of the scope are told when a second look still finds them.
	 */
	async #passingOf(id: AgentId, found: FoundStrays | null): Promise<Set<string>> {
		if (!found) return new Set();
		if (this.#standings.get(id)?.polled == null)
			return new Set(await this.#watching.passing(id));
		const now = new Set(found.beside);
		const first = now.difference(this.#beside.get(id) ?? new Set());
		this.#beside.set(id, now);
		if (first.size > 0) this.#lookSoon(id, usualSaveMs);
		return first;
	}

	/** Asks for it in this very turn: what is heard from now on is recorded after it. */
	#settle(
		id: AgentId,
		found: readonly OutsidePath[],
		{ heard, passing }: { heard: ReadonlyMap<string, OutsidePath>; passing: Set<string> },
	) {
		const known = new Set(
			this.#loop.state.agents[id]?.trespasses?.paths.map(({ path }) => path),
		);
		const isKnown = ({ path }: OutsidePath) => known.has(path);
		const seen = found.filter(
			(one) => isKnown(one) || heard.has(one.path) || !passing.has(one.path),
		);
		const all = new Set(found.map(({ path }) => path));
		const paths = [...seen, ...[...heard.values()].filter(({ path }) => !all.has(path))];
		// Those that have a name already keep it.
		const sorted = paths.toSorted(
			(one, other) => Number(isKnown(other)) - Number(isKnown(one)),
		);
		const named = sorted.slice(0, namedTrespasses);
		const fresh = named.filter((one) => !isKnown(one));
		const recorded = this.#loop.submit({
			kind: 'trespass.settle',
			agent: id,
			paths: named,
			more: paths.length - named.length,
			policy: this.#words.policyFor(id, fresh),
		});
		return { recorded, standing: paths.map(({ path }) => path) };
	}
}

/** Its files are its own: weir neither fills nor removes them just now. */
function mayLook(agent: Agent): boolean {
	if (!hasWorktree(agent) || agent.life.kind === 'removing') return false;
	return agent.life.kind !== 'preparing' || agent.life.step === 'spawn';
}
