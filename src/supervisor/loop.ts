// The one door: commands in, facts recorded, effects sent out. Decides nothing itself and performs
// nothing itself. Commands that come in one turn are recorded in one transaction.
import type { Command } from '../domain/command.ts';
import { decide } from '../domain/decide.ts';
import type { Origin, WeirEvent } from '../domain/event.ts';
import { evolve } from '../domain/evolve.ts';
import { isObservation } from '../domain/observation.ts';
import { react } from '../domain/react.ts';
import type { PendingEffect, State } from '../domain/state.ts';
import type { Journal, Room } from '../journal/journal.ts';
import { Emitter } from '../lib/emitter.ts';
import { messageOf } from '../lib/error-words.ts';
import { type Outcome, ok, type Refusal, refuse } from '../lib/outcome.ts';
import type { Withheld } from './withheld.ts';

interface Waiting {
	readonly command: Command;
	readonly origin: Origin;
	readonly settle: (outcome: Outcome<readonly WeirEvent[]>) => void;
}

interface Decided {
	readonly waiting: Waiting;
	readonly outcome: Outcome<readonly WeirEvent[]>;
}

export interface LoopParts {
	readonly journal: Journal;
	readonly state: State;
	/** Milliseconds of wall clock. */
	readonly clock: () => number;
	readonly dispatch: (effect: PendingEffect) => void;
	/** What a command says without its secrets: they are neither decided about nor recorded. */
	readonly withheld: Pick<Withheld, 'out' | 'outOfSaid'>;
}

export class Loop implements Disposable {
	/** What has just been recorded; the state holds it already. */
	readonly onEvents = new Emitter<readonly WeirEvent[]>();

	/** What has happened cannot be recorded, and was tried for a while: whoever waits for it is told. */
	readonly onFull = new Emitter<Refusal>();

	/** Once, at the end. */
	readonly onEnd = new Emitter<void>();

	readonly #parts: LoopParts;
	#closed = false;
	#state: State;
	#queue: Waiting[] = [];

	constructor(parts: LoopParts) {
		this.#parts = parts;
		this.#state = parts.state;
	}

	get state(): State {
		return this.#state;
	}

	/**
	 * The facts that the command brought, once they are on the disk, or the refusal that it met.
	 * A fact is public only after that: what is shown has happened. Observations reach the disk soon.
	 */
	submit(command: Command, actor = 'weir', cause = `command:${command.kind}`) {
		return new Promise<Outcome<readonly WeirEvent[]>>((settle) => {
			const { withheld } = this.#parts;
			const isSaid = actor === 'human' || command.kind === 'settings.load';
			const bare = isSaid ? withheld.outOfSaid(command) : withheld.out(command);
			this.#queue.push({ command: bare, origin: { actor, cause }, settle });
			if (this.#queue.length === 1) setImmediate(() => this.#turn());
		});
	}

	/**
	 * As `submit`, for what has happened in the world whether it can be recorded or not: on a full
	 * disk it is told again, ever less often, until there is room.
	 */
	async report(command: Command, cause?: string): Promise<Outcome<readonly WeirEvent[]>> {
		for (let wait = firstRetryMs; ; wait = Math.min(wait * 2, lastRetryMs)) {
			const recorded = await this.submit(command, 'weir', cause);
			if (recorded.ok || recorded.refusal.code !== 'journal.full') return recorded;
			if (this.#closed) return recorded;
			if (wait === lastRetryMs) this.onFull.emit(recorded.refusal);
			await this.#pause(wait);
		}
	}

	#pause(milliseconds: number): Promise<void> {
		return new Promise((resolve) => {
			const finish = () => {
				clearTimeout(timer);
				stop();
				resolve();
			};
			const timer = setTimeout(finish, milliseconds);
			const stop = this.onEnd.on(finish);
		});
	}

	/** Takes all waiting commands at once. */
	#turn(): void {
		const batch = this.#queue;
		this.#queue = [];
		try {
			this.#take(batch);
		} catch (error) {
			// A broken assumption ends what was asked, not who was asked.
			console.error('a turn of the loop failed:', error);
			const message = messageOf(error);
			for (const { settle } of batch) settle(refuse('internal', message));
		}
	}

	#take(batch: readonly Waiting[]): void {
		let next = this.#state;
		const decided: Decided[] = [];
		const events: WeirEvent[] = [];
		for (const waiting of batch) {
			const own = this.#decide(next, waiting);
			decided.push({ waiting, outcome: own });
			if (!own.ok) continue;
			next = own.value.reduce(evolve, next);
			events.push(...own.value);
		}
		const ends = batch.filter(({ command }) => endsSomething(command));
		const room: Room = ends.length === batch.length ? 'reserve' : 'disk';
		const safe = events.every(isObservation) ? 'soon' : 'now';
		const recorded =
			events.length === 0 ? ok([]) : this.#parts.journal.append(events, { room, safe });
		if (recorded.ok) return this.#accept(next, events, decided);
		const full = recorded.refusal.code === 'journal.full';
		// What came to its end may use the reserve; it must not fall with what stands beside it.
		const again = full && room === 'disk' && ends.length > 0;
		for (const { waiting, outcome } of decided) {
			if (again && endsSomething(waiting.command)) continue;
			waiting.settle(outcome.ok && outcome.value.length > 0 ? recorded : outcome);
		}
		if (again) this.#take(ends);
	}

	#decide(state: State, { command, origin }: Waiting): Outcome<readonly WeirEvent[]> {
		const at = new Date(this.#parts.clock()).toISOString();
		const decision = decide(state, command, { now: at });
		if (!decision.ok) return decision;
		return ok(
			decision.value.map((fact, index) => ({
				seq: state.seq + index + 1,
				at,
				...origin,
				...fact,
			})),
		);
	}

	#accept(next: State, events: readonly WeirEvent[], decided: readonly Decided[]): void {
		this.#state = next;
		for (const { waiting, outcome } of decided) waiting.settle(outcome);
		this.#tell(events);
		for (const event of events)
			for (const effect of react(next, event)) this.#parts.dispatch(effect);
	}

	/** A listener that fails must not keep the effects of what is recorded from being asked for. */
	#tell(events: readonly WeirEvent[]): void {
		try {
			if (events.length > 0) this.onEvents.emit(events);
		} catch (error) {
			console.error('a listener to events failed:', error);
		}
	}

	[Symbol.dispose](): void {
		this.#closed = true;
		this.onEvents[Symbol.dispose]();
		this.onFull[Symbol.dispose]();
		this.onEnd.emit();
		this.onEnd[Symbol.dispose]();
	}
}

const firstRetryMs = 250;
const lastRetryMs = 1000;

/** What must be recorded even on a full disk, from the reserve: that something came to its end. */
function endsSomething(command: Command): boolean {
	return (
		command.kind === 'effect.settle' ||
		command.kind === 'agent.exit' ||
		command.kind === 'agent.kill' ||
		command.kind === 'shell.exit' ||
		command.kind === 'supervisor.stop'
	);
}
