// The supervisor's state as the client knows it: a snapshot, and events folded by the same `evolve`.
// It holds no state of its own, and comes back by itself when the supervisor was replaced.
import type { Connection } from '../client/connection.ts';
import type { WeirEvent } from '../domain/event.ts';
import { evolve } from '../domain/evolve.ts';
import type { AgentId } from '../domain/ids.ts';
import type { NoticeWords } from '../domain/notice.ts';
import { initialState, type State } from '../domain/state.ts';
import { Emitter } from '../lib/emitter.ts';
import { Lifetime } from '../lib/lifetime.ts';
import { type Outcome, refuse } from '../lib/outcome.ts';
import type {
	ClientOperation,
	ClientPush,
	ClientRequest,
	ClientResponses,
} from '../protocol/client.ts';
import type { Observation } from '../protocol/observation.ts';
import type { RepositoryFacts } from '../protocol/requests/supervisor-requests.ts';

/** How long a supervisor that was told to end may take to be replaced. */
const replacementMs = 5000;
/** Between tries to come back. */
const retryMs = 500;

export interface Reflection {
	readonly state: State;
	readonly observed: Readonly<Record<AgentId, Observation>>;
	readonly repository: RepositoryFacts | null;
	readonly link: 'connecting' | 'live' | 'lost';
}

export interface MirrorOptions {
	/** Connects; with `start`, starts the supervisor where there is none. */
	readonly connect: (start: boolean) => Promise<Outcome<Connection>>;
}

export class Mirror implements AsyncDisposable {
	/** After every change of `now`. */
	readonly onChange = new Emitter<void>();
	/** Events as they come, after they were folded; not those of a snapshot. */
	readonly onEvents = new Emitter<readonly WeirEvent[]>();
	/** The connection was lost (with what keeps it from coming back, if known) or is there again. */
	readonly onLink = new Emitter<{
		readonly live: boolean;
		readonly why: string | null;
	}>();
	/** Something that the human is to be told of. */
	readonly onNotice = new Emitter<NoticeWords>();
	/** The supervisor was told to end, and no other one has come. */
	readonly onEnd = new Emitter<void>();
	readonly #options: MirrorOptions;
	readonly #lifetime = new Lifetime();
	#connection: Connection | undefined;
	#stopped = false;
	#now: Reflection = {
		state: initialState,
		observed: {},
		repository: null,
		link: 'connecting',
	};

	constructor(options: MirrorOptions) {
		this.#options = options;
	}

	get now(): Reflection {
		return this.#now;
	}

	/** The first connection: its refusal is the caller's to tell. */
	async open(): Promise<Outcome<null>> {
		return this.#attach(true);
	}

	/** Asks the supervisor; refused while there is none. */
	async ask<O extends ClientOperation>(
		operation: O,
		body: ClientRequest<O>,
		timeoutMs: number | null = null,
	): Promise<Outcome<ClientResponses[O]>> {
		const connection = this.#connection;
		if (!connection)
			return refuse(
				'supervisor.gone',
				'the supervisor is not there; weir is looking for it',
			);
		return connection.request(operation, body, { timeoutMs });
	}

	[Symbol.asyncDispose](): Promise<void> {
		this.#connection?.[Symbol.dispose]();
		this.#connection = undefined;
		return this.#lifetime.close();
	}

	async #attach(start: boolean): Promise<Outcome<null>> {
		const met = await this.#options.connect(start);
		if (!met.ok) return met;
		const connection = met.value;
		if (this.#lifetime.closed) {
			connection[Symbol.dispose]();
			return refuse('client.closed', 'the client was closed');
		}
		const early: ClientPush[] = [];
		let ready = false;
		connection.onPush.on((push) => {
			if (ready) this.#take(push);
			else early.push(push);
		});
		connection.onClose.on(() => this.#lose(connection));
		const answer = await connection.request('attach', {});
		if (!answer.ok) {
			connection[Symbol.dispose]();
			return answer;
		}
		this.#connection = connection;
		this.#stopped = false;
		const { state, observed, repository } = answer.value;
		this.#set({ state, observed, repository, link: 'live' });
		ready = true;
		for (const push of early) this.#take(push);
		return { ok: true, value: null };
	}

	#take(push: ClientPush): void {
		const { state, observed } = this.#now;
		if (push.push === 'notice') return this.onNotice.emit(push.notice);
		if (push.push === 'observed') {
			const { agent, observation } = push;
			return this.#set({ ...this.#now, observed: { ...observed, [agent]: observation } });
		}
		// What the snapshot holds already comes again when the two cross.
		const events = push.events.filter(({ seq }) => seq > state.seq);
		if (events.length === 0) return;
		if (events.some(({ kind }) => kind === 'supervisor.stopped')) this.#stopped = true;
		this.#set({ ...this.#now, state: events.reduce(evolve, state) });
		this.onEvents.emit(events);
	}

	#lose(connection: Connection): void {
		if (this.#connection !== connection || this.#lifetime.closed) return;
		this.#connection = undefined;
		this.#set({ ...this.#now, link: 'lost' });
		this.onLink.emit({ live: false, why: null });
		void this.#comeBack();
	}

	// One that ended by itself is started again. One that was told to end is only waited for: whoever
	// replaces it starts the next one, and where it was stopped for good it must stay so.
	async #comeBack(): Promise<void> {
		const stopped = this.#stopped;
		const end = performance.now() + replacementMs;
		while (!this.#lifetime.closed) {
			const attached = await this.#attach(!stopped);
			if (attached.ok) return this.onLink.emit({ live: true, why: null });
			if (this.#lifetime.closed) return;
			if (stopped && performance.now() > end) return this.onEnd.emit();
			this.onLink.emit({ live: false, why: attached.refusal.message });
			await this.#pause(retryMs);
		}
	}

	#pause(milliseconds: number): Promise<void> {
		return new Promise((done) => {
			const pause = this.#lifetime.child();
			pause.add(done);
			pause.timer(milliseconds, () => void pause.close());
		});
	}

	#set(reflection: Reflection): void {
		this.#now = reflection;
		this.onChange.emit();
	}
}

/** What weir sees of an agent; nothing before the first look. */
export function observationOf(reflection: Reflection, agent: AgentId): Observation {
	return reflection.observed[agent] ?? nothingSeen;
}

// The protocol's own constant would load its schemas.
const nothingSeen: Observation = {
	head: null,
	diff: null,
	conflicts: null,
	ahead: null,
	progress: null,
};
