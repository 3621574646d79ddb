// Has the records of agents' CLIs read while their programs run, and tells the core what they used. Who
// writes nothing costs nothing but a look now and then.
import type { RateLimit } from '../agents/usage.ts';
import { UsageReader } from '../agents/usage-reader.ts';
import { type Agent, isGone } from '../domain/agent.ts';
import { limitsOf } from '../domain/cost/budget.ts';
import type { WeirEvent } from '../domain/event.ts';
import type { AgentId } from '../domain/ids.ts';
import type { State } from '../domain/state.ts';
import { FolderBell } from '../lib/folder-bell.ts';
import { Lane } from '../lib/lane.ts';
import { type Closer, Lifetime } from '../lib/lifetime.ts';
import { localDay } from '../lib/local-day.ts';
import { plainText } from '../lib/plain-text.ts';
import type { EvidenceDesk } from './evidence.ts';
import type { Loop } from './loop.ts';
import { contextOf, placeOf, recordsOf } from './usage-place.ts';
import type { World } from './world.ts';

/** After something was written: what comes together is read together. */
const soonMs = 50;
/** Between two looks; of one that has limits less, so that it is stopped before its next request. */
const pauseMs = 2000;
const boundedPauseMs = 200;
/** Where nothing rings: of one that works, and of one that does not. */
const workingMs = 5000;
const restingMs = 60_000;
const tickMs = 1000;
/** Its last words may come after its end was seen. */
const lastLookMs = 1000;
const mostFolders = 16;

interface Read {
	readonly reader: UsageReader;
	/** Where it was said that its records lie. */
	readonly place: string;
	readonly bell: FolderBell;
	lookedAt: number;
}

export class UsageDesk implements AsyncDisposable {
	readonly #loop: Loop;
	readonly #world: World;
	readonly #evidence: Pick<EvidenceDesk, 'limited'>;
	readonly #lifetime = new Lifetime();
	readonly #lane = new Lane(1);
	readonly #read = new Map<AgentId, Read>();
	readonly #due = new Map<AgentId, { readonly at: number; readonly cancel: Closer }>();

	constructor(loop: Loop, world: World, evidence: Pick<EvidenceDesk, 'limited'>) {
		this.#loop = loop;
		this.#world = world;
		this.#evidence = evidence;
		this.#lifetime.add(
			loop.onEvents.on((events) => {
				for (const event of events) this.#follow(event);
			}),
		);
		this.#lifetime.interval(tickMs, () => this.#tick());
		this.#lifetime.add(() => {
			for (const { bell } of this.#read.values()) bell[Symbol.dispose]();
		});
	}

	/** After a start: what was used while no supervisor ran. */
	takeOver(): void {
		for (const agent of Object.values(this.#loop.state.agents))
			if (agent.generation > 0 && !isGone(agent)) this.#lookSoon(agent.id, 0);
	}

	/** Whether it has limits of what its records tell. */
	isBounded(id: AgentId): boolean {
		const agent = this.#loop.state.agents[id];
		return agent !== undefined && isBounded(this.#loop.state, agent);
	}

	/** Reads what it has written by now, and tells it; resolves once that is recorded. */
	look(id: AgentId): Promise<void> {
		return this.#look(id);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#lifetime.close();
		await this.#lane.run(() => Promise.resolve());
	}

	#follow({ kind, data }: WeirEvent): void {
		if (kind === 'agent.started') this.#lookSoon(data.agent, soonMs);
		else if (kind === 'agent.state') this.#lookSoon(data.agent, soonMs);
		else if (kind === 'agent.exited') this.#lookSoon(data.agent, lastLookMs);
		else if (kind === 'agent.removed') this.#forget(data.agent);
		else if (kind === 'settings.loaded')
			for (const id of [...this.#read.keys()]) this.#lookAnew(id);
	}

	#forget(id: AgentId): void {
		this.#read.get(id)?.bell[Symbol.dispose]();
		this.#read.delete(id);
	}

	/** Where its records lie may be another place by now. */
	#lookAnew(id: AgentId): void {
		const agent = this.#loop.state.agents[id];
		const place = agent && placeOf(this.#loop.state, agent);
		if (JSON.stringify(place) === this.#read.get(id)?.place) return;
		this.#forget(id);
		this.#lookSoon(id, 0);
	}

	#lookSoon(id: AgentId, afterMs: number): void {
		if (this.#lifetime.closed) return;
		const known = this.#read.get(id);
		const agent = this.#loop.state.agents[id];
		const pause = agent && isBounded(this.#loop.state, agent) ? boundedPauseMs : pauseMs;
		const at = Math.max(performance.now() + afterMs, (known?.lookedAt ?? 0) + pause);
		const due = this.#due.get(id);
		if (due && due.at <= at) return;
		void due?.cancel();
		const cancel = this.#lifetime.timer(at - performance.now(), () => {
			this.#due.delete(id);
			this.#look(id).catch((error: unknown) =>
				console.error(`what ${id} used cannot be read:`, error),
			);
		});
		this.#due.set(id, { at, cancel });
	}

	#tick(): void {
		const now = performance.now();
		for (const agent of Object.values(this.#loop.state.agents)) {
			if (agent.life.kind !== 'running') continue;
			this.#checkClock(agent);
			this.#tellLimit(agent);
			const rest = agent.report.state === 'working' ? workingMs : restingMs;
			const known = this.#read.get(agent.id);
			if (known && now - known.lookedAt >= rest) this.#lookSoon(agent.id, 0);
		}
	}

	/** Over once its time has come, whatever is written. */
	#tellLimit({ id, generation, life }: Agent): void {
		if (life.kind !== 'running') return;
		const limit = this.#read.get(id)?.reader.limit ?? null;
		const holds = limit !== null && Date.parse(limit.until) > Date.now();
		this.#evidence.limited(id, generation, holds ? limitWords(limit) : null);
	}

	/** Nothing is recorded of a check that finds nothing. */
	#checkClock(agent: Agent): void {
		const { id, life, budget } = agent;
		const { hours } = limitsOf(this.#loop.state, agent);
		if (hours === null || budget.lifted || life.kind !== 'running' || life.paused) return;
		void this.#loop.submit({ kind: 'budget.check', agent: id, asks: false });
	}

	#look(id: AgentId): Promise<void> {
		return this.#lane.run(async () => {
			const agent = this.#loop.state.agents[id];
			if (!agent || isGone(agent) || this.#lifetime.closed) return;
			const known = this.#read.get(id) ?? this.#begin(agent);
			if (!known) return;
			known.lookedAt = performance.now();
			const context = contextOf(agent, this.#world.environments.of(id));
			const folders = await known.reader.read(context, Date.now());
			if (this.#lifetime.closed) return;
			known.bell.listen(agent.life.kind === 'running' ? folders : []);
			this.#tellLimit(agent);
			await this.#tell(agent, known.reader);
		});
	}

	#begin(agent: Agent): Read | null {
		const records = recordsOf(this.#loop.state, agent);
		if (!records) return null;
		const reader = new UsageReader(records, agent.usage);
		const bell = new FolderBell(() => this.#lookSoon(agent.id, soonMs), mostFolders);
		const place = JSON.stringify(placeOf(this.#loop.state, agent));
		const read = { reader, place, bell, lookedAt: 0 };
		this.#read.set(agent.id, read);
		return read;
	}

	async #tell({ id, generation }: Agent, reader: UsageReader): Promise<void> {
		const seen = reader.take();
		if (!seen) return;
		const told = await this.#loop.submit({
			...{ kind: 'usage.tell', agent: id, generation },
			...seen,
		});
		if (told.ok) return;
		reader.giveBack(seen);
		console.error(`what ${id} used is not recorded: ${told.refusal.message}`);
	}
}

/** `limited until 21:50: You've hit your session limit` */
function limitWords({ until, why }: RateLimit): string {
	const time = new Date(until).toTimeString().slice(0, 5);
	const day = localDay(until);
	const when = day === localDay(Date.now()) ? time : `${day} ${time}`;
	return `limited until ${when}: ${plainText(why.split(' · ')[0] ?? why, longestWhy)}`;
}

const longestWhy = 100;

function isBounded(state: State, agent: Agent): boolean {
	const { usd, tokens } = limitsOf(state, agent);
	const { day } = state.settings.budget;
	const today = state.dayBudget?.limits ?? {};
	return [usd, tokens, day.usd, day.tokens, today.usd, today.tokens].some(
		(limit) => limit != null,
	);
}
