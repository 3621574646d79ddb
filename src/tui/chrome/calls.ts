// Hears the calls of programs once each. Those from before are nobody's news.
import type { Agent } from '../../domain/agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Call } from '../../protocol/observation.ts';
import { observationOf, type Reflection } from '../mirror.ts';
import { shownAgents } from '../view.ts';

export interface Called {
	readonly agent: Agent;
	readonly call: Call;
}

export class Calls {
	#heard: ReadonlyMap<AgentId, Call | null>;
	readonly #told = new Map<AgentId, Call>();
	readonly #sameAfterMs: number;

	/** What says the same as the one before is told again after `sameAfterMs`. */
	constructor(before: Reflection, sameAfterMs = 0) {
		this.#heard = callsOf(before);
		this.#sameAfterMs = sameAfterMs;
	}

	/** Those that came since the last look. */
	news(reflection: Reflection): readonly Called[] {
		const before = this.#heard;
		const now = callsOf(reflection);
		this.#heard = now;
		return shownAgents(reflection.state).flatMap((agent) => {
			const call = now.get(agent.id);
			const known = before.get(agent.id);
			// A bell and its reason may come within one millisecond.
			const isNew = call?.at !== known?.at || call?.text !== known?.text;
			if (!call || !isNew || this.#isRepeated(agent.id, call)) return [];
			this.#told.set(agent.id, call);
			return [{ agent, call }];
		});
	}

	#isRepeated(agent: AgentId, { at, text }: Call): boolean {
		const last = this.#told.get(agent);
		if (last?.text !== text) return false;
		return Date.parse(at) - Date.parse(last.at) < this.#sameAfterMs;
	}
}

function callsOf(reflection: Reflection): Map<AgentId, Call | null> {
	return new Map(
		shownAgents(reflection.state).map(({ id }) => [
			id,
			observationOf(reflection, id).words?.call ?? null,
		]),
	);
}
