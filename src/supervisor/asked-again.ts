// After the machine went down nothing starts by itself: an agent starts once somebody asks for it.
// After the supervisor alone went down, what was asked before is carried out.
import { type Agent, machineLost } from '../domain/agent.ts';
import type { AgentId } from '../domain/ids.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { Loop } from './loop.ts';

export class AskedAgain {
	readonly #unasked: Set<AgentId>;

	/** `agents` are those of before the machine went down; none where only the supervisor did. */
	constructor(loop: Loop, agents: readonly AgentId[]) {
		this.#unasked = new Set(agents);
		if (agents.length === 0) return;
		loop.onEvents.on((events) => {
			for (const { actor, data } of events) {
				if (actor === 'human' && 'agent' in data) this.#unasked.delete(data.agent);
			}
		});
	}

	/** Refuses with `machine.lost`. */
	check(agent: Agent): Outcome<void> {
		if (!this.#unasked.has(agent.id)) return ok(undefined);
		return refuse(
			machineLost,
			`the machine went down before ${agent.name} was started`,
			`weir respawn ${agent.name}`,
		);
	}
}
