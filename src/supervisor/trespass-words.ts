// What the watch says of writes outside scopes, on its way into the journal: recorded as often as that may
// be, and kept for a look that is under way, which may have been there before.
import { isSpawning } from '../domain/agent.ts';
import type { TrespassPolicy } from '../domain/guard.ts';
import type { AgentId } from '../domain/ids.ts';
import { namedTrespasses } from '../domain/trespass.ts';
import type { OutsidePath } from '../guard/watch/watch-messages.ts';
import type { WatchNews } from '../guard/watch/watching.ts';
import type { Loop } from './loop.ts';
import { ObservationLimit } from './observation-limit.ts';
import { PutBackTimes } from './put-back-times.ts';

/** Outside paths that wait until they may be recorded. */
interface Held {
	paths: readonly OutsidePath[];
	more: number;
}

export class TrespassWords implements Disposable {
	readonly #loop: Loop;
	readonly #limit = new ObservationLimit((agent) => this.report(agent));
	readonly #putBack = new PutBackTimes();
	readonly #held = new Map<AgentId, Held>();
	readonly #heard = new Map<AgentId, Map<string, OutsidePath>>();

	constructor(loop: Loop) {
		this.#loop = loop;
	}

	hear(id: AgentId, news: Extract<WatchNews, { say: 'outside' }>): void {
		for (const one of news.paths) this.#heard.get(id)?.set(one.path, one);
		const held = this.#held.get(id) ?? { paths: [], more: 0 };
		const paths = [...held.paths, ...news.paths];
		held.paths = paths.slice(0, namedTrespasses);
		held.more += news.more + paths.length - held.paths.length;
		this.#held.set(id, held);
		this.report(id);
	}

	/** Records what waits, where that may be. */
	report(id: AgentId): void {
		const held = this.#held.get(id);
		const { agents, settings } = this.#loop.state;
		const agent = agents[id];
		if (!held || !agent) return;
		// Its start is recorded in a moment, and only what runs can be stopped.
		if (isSpawning(agent) && settings.guard.onWrite === 'freeze') return;
		if (!this.#limit.passes(id)) return;
		this.#held.delete(id);
		void this.#loop.submit({
			kind: 'trespass.report',
			agent: id,
			generation: agent.generation,
			paths: held.paths,
			more: held.more,
			policy: this.policyFor(id, held.paths),
		});
	}

	policyFor(id: AgentId, paths: readonly { readonly path: string }[]): TrespassPolicy {
		const { onWrite } = this.#loop.state.settings.guard;
		return this.#putBack.policyFor(id, paths, onWrite, performance.now());
	}

	/** From now on what is heard is kept for the look that begins. */
	listen(id: AgentId): void {
		this.#heard.set(id, new Map());
	}

	/** What was heard since; a look that records at once what it takes misses nothing and tells nothing twice. */
	take(id: AgentId): ReadonlyMap<string, OutsidePath> {
		const heard = this.#heard.get(id);
		this.#heard.delete(id);
		return heard ?? new Map<string, OutsidePath>();
	}

	forget(id: AgentId): void {
		this.#held.delete(id);
		this.#limit.forget(id);
		this.#putBack.forget(id);
	}

	[Symbol.dispose](): void {
		this.#limit[Symbol.dispose]();
	}
}
