// That the human has looked at what an agent has done: recorded, so that it holds for every client and
// after a restart. What is done and was looked at needs nobody any more.
import type { Agent } from './agent.ts';
import type { CommandOf } from './command.ts';
import { type Decision, Draft, unchanged, unknownAgent } from './decision.ts';
import type { EventOf } from './event.ts';
import type { State } from './state.ts';

/** Whether it is done and nobody has looked at it since. */
export function isUnseen({ life, report, seenAt }: Agent): boolean {
	if (life.kind !== 'running' || report.state !== 'done') return false;
	return seenAt === null || seenAt < report.since;
}

/** Only what is in the inbox for it is worth a record. */
export function decideSee(state: State, { agent: id }: CommandOf<'agent.see'>): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	if (!isUnseen(agent)) return unchanged;
	const { generation } = agent;
	return new Draft(state).add('agent.seen', { agent: id, generation }).done();
}

export function evolveSeen(agent: Agent, { at }: EventOf<'agent.seen'>): Agent {
	return { ...agent, seenAt: at };
}
