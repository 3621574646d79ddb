// What a gate said goes back to the agent, as one message that waits until the agent can take it.
import type { Agent } from '../agent.ts';
import type { CommandOf, EffectOutcome } from '../command.ts';
import { type Decision, Draft, refused, unknownAgent } from '../decision.ts';
import type { EventOf } from '../event.ts';
import { messageId } from '../ids.ts';
import { whyNotSend } from '../message.ts';
import type { PendingOf, State } from '../state.ts';
import { withGate } from './gate-standing.ts';
import { noGate } from './standing.ts';

export function decideGateTell(
	state: State,
	{ agent: id, gate }: CommandOf<'gate.tell'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const verdict = agent.gates[gate]?.verdict;
	if (!verdict || verdict.word === 'passed')
		return refused({
			code: 'gate.not-red',
			message: `${gate} is not red for ${agent.name}: there is nothing to tell`,
			allow: `weir gates ${agent.name}`,
		});
	const no = whyNotSend(state, [agent]);
	if (no) return refused(no);
	const draft = new Draft(state);
	const { tree } = verdict;
	return draft
		.add('words.asked', { effect: draft.effect, agent: id, gate, tree, by: 'human' })
		.done();
}

/** Where it can take no message any more, nothing is sent: its files still say what is red. */
export function settleWords(
	state: State,
	{ id, data: { agent: to, gate, by } }: PendingOf<'words'>,
	outcome: EffectOutcome<'words'>,
): Decision {
	const draft = new Draft(state);
	draft.add('words.settled', { effect: id, agent: to, gate, by, outcome });
	const agent = state.agents[to];
	if (outcome.ok && agent && !whyNotSend(state, [agent]))
		draft.add('message.queued', {
			message: messageId(draft.seq),
			agents: [to],
			text: outcome.value.text,
		});
	return draft.done();
}

export function evolveTold(agent: Agent, { data }: EventOf<'words.settled'>): Agent {
	if (data.by !== 'weir' || !data.outcome.ok) return agent;
	const { told } = agent.gates[data.gate] ?? noGate;
	return withGate(agent, data.gate, { told: told + 1 });
}
