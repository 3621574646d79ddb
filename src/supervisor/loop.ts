// The one door: commands in, facts recorded, effects sent out. Decides nothing itself and performs
// nothing itself. Commands that come in one turn are recorded in one transaction.
import type { Command } from '../domain/command.ts';
import { decide } from '../domain/decide.ts';
import type { Origin, WeirEvent } from '../domain/event.ts';
import { evolve } from '../domain/evolve.ts';
import { react } from '../domain/react.ts';
import type { PendingEffect, State } from '../domain/state.ts';
import type { Journal, Room } from '../journal/journal.ts';
import { Emitter } from '../lib/emitter.ts';
import { type Outcome, ok } from '../lib/outcome.ts';

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
}

export class Loop implements Disposable {
	/** What has just been recorded; the state holds it already. */
	readonly onEvents = new Emitter<readonly WeirEvent[]>();

	readonly #parts: LoopParts;
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
	 * A fact is public only after that: what is shown has happened.
	 */
	submit(command: Command, actor = 'weir', cause = `command:${command.kind}`) {
		return new Promise<Outcome<readonly WeirEvent[]>>((settle) => {
			this.#queue.push({ command, origin: { actor, cause }, settle });
			if (this.#queue.length === 1) setImmediate(() => this.#turn());
		});
	}

	/** Takes all waiting commands at once; called by itself, and at the end of the process. */
	#turn(): void {
		const batch = this.#queue;
		this.#queue = [];
		let next = this.#state;
		const decided: Decided[] = [];
		const events: WeirEvent[] = [];
		for (const waiting of batch) {
			const at = new Date(this.#parts.clock()).toISOString();
			const decision = decide(next, waiting.command, { now: at });
			if (!decision.ok) {
				decided.push({ waiting, outcome: decision });
				continue;
			}
			const own: WeirEvent[] = [];
			for (const fact of decision.value) {
				const event: WeirEvent = { seq: next.seq + 1, at, ...waiting.origin, ...fact };
				next = evolve(next, event);
				own.push(event);
			}
			events.push(...own);
			decided.push({ waiting, outcome: ok(own) });
		}
		this.#record(next, events, decided);
	}

	#record(next: State, events: readonly WeirEvent[], decided: readonly Decided[]): void {
		const room: Room = decided.every(({ waiting }) => endsSomething(waiting.command))
			? 'reserve'
			: 'disk';
		const recorded =
			events.length === 0 ? ok([]) : this.#parts.journal.append(events, room);
		if (!recorded.ok) {
			for (const { waiting, outcome } of decided)
				waiting.settle(outcome.ok && outcome.value.length > 0 ? recorded : outcome);
			return;
		}
		this.#state = next;
		if (events.length > 0) this.onEvents.emit(events);
		for (const { waiting, outcome } of decided) waiting.settle(outcome);
		for (const event of events)
			for (const effect of react(next, event)) this.#parts.dispatch(effect);
	}

	[Symbol.dispose](): void {
		this.onEvents[Symbol.dispose]();
	}
}

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
