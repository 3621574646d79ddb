// Which agents are to be seen while only some are asked for.
import type { Agent } from '../../domain/agent.ts';
import type { AgentId } from '../../domain/ids.ts';

export interface Filter {
	/** Empty for all. */
	readonly filter: string;
	readonly focus: AgentId | null;
}

/** Those whose names hold the letters, and the one in focus: nobody loses what is looked at. */
export function filtered(
	agents: readonly Agent[],
	{ filter, focus }: Filter,
): readonly Agent[] {
	if (filter === '') return agents;
	return agents.filter((agent) => agent.id === focus || holds(agent, filter));
}

export function holds({ name }: Agent, filter: string): boolean {
	return name.includes(filter.trim().toLowerCase());
}
