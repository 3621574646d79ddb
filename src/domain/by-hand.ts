// A worktree in which a person resolves a conflict: no program of an agent runs there, and what they leave is
// committed for them.
import { type Refusal, refusal } from '../lib/outcome.ts';
import type { Agent } from './agent.ts';
import type { CommandOf, EffectOutcome } from './command.ts';
import { reportOf } from './creation.ts';
import { type Decision, Draft, refused, unknownAgent } from './decision.ts';
import type { EventOf } from './event.ts';
import { isByHand } from './resolving.ts';
import { type PendingOf, pendingOf, type State } from './state.ts';

/** Asks for what was resolved to be committed. */
export function decideConclude(
	state: State,
	{ agent: id }: CommandOf<'conflict.conclude'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const no = whyNotConclude(state, agent);
	if (no) return refused(no);
	const draft = new Draft(state);
	return draft
		.add('conclude.asked', {
			effect: draft.effect,
			agent: id,
			message: messageOf(state, agent),
		})
		.done();
}

export function settleConclude(
	state: State,
	pending: PendingOf<'conclude'>,
	outcome: EffectOutcome<'conclude'>,
): Decision {
	const { agent } = pending.data;
	return new Draft(state)
		.add('conclude.settled', { effect: pending.id, agent, outcome })
		.done();
}

/** Its worktree is there, and it is the person's turn. */
export function evolveAtHand(agent: Agent, event: EventOf<'worktree.settled'>): Agent {
	const { at } = event;
	return {
		...agent,
		life: { kind: 'ended', exit: { code: 0, signal: null, cause: 'exit', at } },
		report: reportOf(event, 'idle', 'you resolve it by hand'),
	};
}

function whyNotConclude(state: State, agent: Agent): Refusal | null {
	if (!isByHand(agent) || agent.life.kind !== 'ended')
		return refusal(
			'conflict.not-by-hand',
			`${agent.name} is not there to be resolved by hand`,
			'weir list',
		);
	return pendingOf(state, agent.id).some(({ kind }) => kind !== 'publish')
		? refusal(
				'conflict.under-way',
				`${agent.name} is being committed or merged already`,
				'wait a moment',
			)
		: null;
}

function messageOf(state: State, { base, resolves }: Agent): string {
	const author = resolves && state.agents[resolves.agent];
	return `Merge ${author?.branch ?? 'a branch'} into ${base.branch}\n`;
}
