// Ends those who resolve a conflict that is over, and removes their worktrees; a snapshot of each stays. Where
// a person resolves it, not before their editor is closed.

import type { Agent } from '../domain/agent.ts';
import { whyNotRemove } from '../domain/agent-refusals.ts';
import { isByHand, needlessResolvers } from '../domain/resolving.ts';
import { Lane } from '../lib/lane.ts';
import { Lifetime } from '../lib/lifetime.ts';
import { commandLineOf, eachProcess } from '../lib/processes.ts';
import type { Loop } from './loop.ts';

/** What is under way in it, and an editor, may last: it is tried again, and more and more seldom. */
const againMs = 2000;
const seldomMs = 60_000;

export class ResolverDesk implements AsyncDisposable {
	readonly #loop: Loop;
	readonly #lifetime = new Lifetime();
	readonly #lane = new Lane(1);
	#waitMs = againMs;
	#again: (() => void | Promise<void>) | undefined;

	constructor(loop: Loop) {
		this.#loop = loop;
		this.#lifetime.add(
			loop.onEvents.on((events) => {
				if (events.every(({ kind }) => kind !== 'conflict.over')) return;
				this.#waitMs = againMs;
				this.takeOver();
			}),
		);
	}

	/** After a start as well: what a crash cut short. */
	takeOver(): void {
		if (needlessResolvers(this.#loop.state).length === 0) return;
		this.#lane
			.run(() => this.#removeAll())
			.catch((error: unknown) => console.error('a resolver stays:', error));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#lifetime.close();
		await this.#lane.run(() => Promise.resolve());
	}

	async #removeAll(): Promise<void> {
		for (const agent of needlessResolvers(this.#loop.state)) {
			if (this.#lifetime.closed) return;
			if (whyNotRemove(agent) === null && !isEdited(agent))
				await this.#loop.submit({ kind: 'agent.remove', agent: agent.id });
		}
		if (needlessResolvers(this.#loop.state).length === 0 || this.#again) return;
		this.#again = this.#lifetime.timer(this.#waitMs, () => {
			this.#again = undefined;
			this.takeOver();
		});
		this.#waitMs = Math.min(this.#waitMs * 2, seldomMs);
	}
}

/** A program runs that was told of one of its files, as an editor is. */
function isEdited(agent: Agent): boolean {
	if (!isByHand(agent)) return false;
	const within = `${agent.path}/`;
	for (const { pid } of eachProcess())
		if (commandLineOf(pid)?.some((word) => word.startsWith(within))) return true;
	return false;
}
