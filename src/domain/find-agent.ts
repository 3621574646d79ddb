// The agent that somebody named.
import { type Outcome, ok, refusal } from '../lib/outcome.ts';
import { type Agent, isGone } from './agent.ts';
import type { AgentId } from './ids.ts';

/** The agent of this name or id: one that is there before one that was removed. */
export function findAgent(
	agents: Readonly<Record<AgentId, Agent>>,
	name: string,
): Outcome<Agent> {
	const all = Object.values(agents);
	const found =
		all.find((agent) => agent.name === name && !isGone(agent)) ??
		all.findLast((agent) => agent.name === name) ??
		all.find((agent) => agent.id === name);
	if (found) return ok(found);
	const names = all.filter((agent) => !isGone(agent)).map((agent) => agent.name);
	const known =
		names.length === 0
			? 'there are no agents'
			: `there are ${names.slice(0, 12).join(', ')}${names.length > 12 ? ` and ${names.length - 12} more` : ''}`;
	return {
		ok: false,
		refusal: refusal(
			'agent.unknown',
			`no agent is called ${/^[\w.-]+$/.test(name) ? name : JSON.stringify(name)}; ${known}`,
			'weir list',
		),
	};
}

/** The agent that was removed last under this name, else as `findAgent`. */
export function findRemoved(
	agents: Readonly<Record<AgentId, Agent>>,
	name: string,
): Outcome<Agent> {
	const removed = Object.values(agents)
		.filter((agent) => agent.name === name && isGone(agent))
		.toSorted((one, other) => removedAt(one).localeCompare(removedAt(other)));
	const last = removed.at(-1);
	return last ? ok(last) : findAgent(agents, name);
}

function removedAt({ life }: Agent): string {
	return life.kind === 'removed' ? life.at : '';
}
