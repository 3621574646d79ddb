// A demo without a terminal: every agent works, crashed ones are started again, all land by the
// very request that the key `m` makes. It outlives its supervisor: the next one goes on.
import type { Connection } from '../client/connection.ts';
import type { WeirEvent } from '../domain/event.ts';
import type { AgentId } from '../domain/ids.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { connectToGround, type DemoGround, isCleared, isGone } from './demo-ground.ts';

/** A scene that fails more often than this is broken. */
const tries = 5;

type Played = Outcome<{ readonly landed: number }>;

/** Plays until every agent has landed, or until one cannot. */
export async function runHeadless(
	ground: DemoGround,
	show: (event: WeirEvent) => void,
): Promise<Played> {
	const run = new HeadlessRun(ground, show);
	for (;;) {
		if (isCleared(ground)) return refuse('demo.ended', 'the demo was ended');
		const reached = await connectToGround(ground);
		if (!reached.ok) return reached;
		using connection = reached.value;
		const played = await run.playOn(connection);
		if (played) return played;
	}
}

class HeadlessRun {
	readonly #ground: DemoGround;
	readonly #show: (event: WeirEvent) => void;
	readonly #landed = new Set<AgentId>();
	readonly #starts = new Map<AgentId, number>();
	/** Agents whose program has ended and whose next step nobody has asked for yet. */
	readonly #ended = new Map<AgentId, number | null>();
	#last = 0;
	#failure: Played | null = null;

	constructor(ground: DemoGround, show: (event: WeirEvent) => void) {
		this.#ground = ground;
		this.#show = show;
	}

	/** Plays as long as the connection lives; null where its supervisor ended before the end. */
	async playOn(connection: Connection): Promise<Played | null> {
		const { promise, resolve } = Promise.withResolvers<Played | null>();
		const asked = new Set<AgentId>();
		const act = async (agent: AgentId, code: number | null) => {
			asked.add(agent);
			await this.#act(connection, agent, code);
			asked.delete(agent);
			const failed = this.#result();
			if (failed) resolve(failed);
		};
		const goOn = () => {
			const result = this.#result();
			if (result) return resolve(result);
			for (const [agent, code] of this.#ended) {
				if (!asked.has(agent)) void act(agent, code);
			}
		};
		const early: WeirEvent[] = [];
		let caughtUp = false;
		connection.onClose.on(() => resolve(this.#result()));
		connection.onPush.on((push) => {
			if (push.push !== 'events') return;
			if (!caughtUp) return early.push(...push.events);
			for (const event of push.events) this.#take(event);
			return goOn();
		});
		await this.#catchUp(connection);
		caughtUp = true;
		for (const event of early) this.#take(event);
		goOn();
		return promise;
	}

	/** Attaches, and reads what has happened before from the journal. */
	async #catchUp(connection: Connection): Promise<void> {
		const attached = await connection.request('attach', {});
		if (!attached.ok) return this.#fail(attached);
		for (let more = true; more; ) {
			const from = this.#last + 1;
			const past = await connection.request('log', { from, limit: 1000, agent: null });
			if (!past.ok) return this.#fail(past);
			for (const event of past.value.events) this.#take(event);
			more = past.value.more;
		}
	}

	#take(event: WeirEvent): void {
		if (event.seq <= this.#last) return;
		this.#last = event.seq;
		this.#show(event);
		switch (event.kind) {
			case 'agent.exited':
				this.#ended.set(event.data.agent, event.data.code);
				return;
			case 'setup.asked':
			case 'spawn.asked':
			case 'merge.asked':
				this.#ended.delete(event.data.agent);
				return;
			case 'worktree.settled':
			case 'setup.settled':
			case 'spawn.settled':
			case 'merge.settled':
				if (!event.data.outcome.ok) this.#fail(event.data.outcome);
				return;
			case 'merge.conflicted':
				this.#fail(refuse('demo.failed', `${event.data.agent} conflicts with its base`));
				return;
			case 'merge.landed':
				this.#landed.add(event.data.agent);
				return;
			default:
				return;
		}
	}

	/** Lands the work of an agent that is done, and starts one again that has crashed. */
	async #act(connection: Connection, agent: AgentId, code: number | null): Promise<void> {
		const answer =
			code === 0 ? await land(connection, agent) : await this.#again(connection, agent);
		if (!answer.ok) this.#fail(answer);
	}

	async #again(connection: Connection, agent: AgentId): Promise<Outcome<unknown>> {
		const count = (this.#starts.get(agent) ?? 0) + 1;
		if (count > tries) return refuse('demo.failed', `${agent} failed ${count} times`);
		this.#starts.set(agent, count);
		const env = this.#ground.environment;
		return connection.request(
			'respawn',
			{ agent, wait: false, env },
			{ timeoutMs: null },
		);
	}

	/** An answer that died with its supervisor is no failure: the next one knows what was asked. */
	#fail(outcome: Outcome<unknown>): void {
		if (outcome.ok || isGone(outcome)) return;
		this.#failure ??= outcome;
	}

	#result(): Played | null {
		if (this.#failure) return this.#failure;
		const { size } = this.#landed;
		return size === this.#ground.scenes.length ? ok({ landed: size }) : null;
	}
}

function land(connection: Connection, agent: AgentId): Promise<Outcome<unknown>> {
	return connection.request(
		'merge',
		{
			agent,
			into: null,
			strategy: null,
			message: null,
			include: 'committed',
			wait: false,
		},
		{ timeoutMs: null },
	);
}
