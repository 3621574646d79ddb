// Writes that a layer refused, on their way into the journal: what is tried without end is counted here,
// and told ever more rarely.
import type { Agent } from '../domain/agent.ts';
import { type DenialLayer, denialsToTell } from '../domain/denial.ts';
import type { AgentId } from '../domain/ids.ts';
import { plainText } from '../lib/plain-text.ts';
import type { Loop } from './loop.ts';

/** Of one try; those beyond count as one. */
const mostPaths = 200;
const longestPath = 512;

interface Counted {
	readonly generation: number;
	readonly paths: Map<string, { readonly seen: number; readonly told: number }>;
}

export class DenialDesk {
	readonly #loop: Loop;
	readonly #counted = new Map<AgentId, Counted>();

	constructor(loop: Loop) {
		this.#loop = loop;
		loop.onEvents.on((events) => {
			for (const { kind, data } of events)
				if (kind === 'agent.removed') this.#counted.delete(data.agent);
		});
	}

	/** `path` is from the worktree on, or absolute where it lies outside of that. */
	async deny(
		{ id, generation }: Agent,
		written: {
			readonly path: string;
			readonly layer: DenialLayer;
			readonly tool: string;
		},
	): Promise<void> {
		const path = plainText(written.path, longestPath);
		const tool = plainText(written.tool, longestPath);
		const { paths } = this.#of(id, generation);
		const key = paths.has(path) || paths.size < mostPaths ? path : '';
		const { seen, told } = paths.get(key) ?? { seen: 0, told: 0 };
		const times = denialsToTell(seen + 1, told);
		paths.set(key, { seen: seen + 1, told: told + times });
		if (times === 0) return;
		const { layer } = written;
		const denied = { agent: id, generation, path, layer, tool, times };
		const recorded = await this.#loop.submit({ kind: 'write.deny', ...denied });
		// The agent is refused all the same.
		if (!recorded.ok)
			console.error(`a denial of ${id} is not recorded: ${recorded.refusal.message}`);
	}

	#of(agent: AgentId, generation: number): Counted {
		const known = this.#counted.get(agent);
		if (known?.generation === generation) return known;
		const counted = { generation, paths: new Map() };
		this.#counted.set(agent, counted);
		return counted;
	}
}
