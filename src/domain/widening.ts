// A scope grows by the human's word alone, and who said it, when and why is in the journal.
import { type Agent, isGone } from './agent.ts';
import type { CommandOf, EffectOutcome } from './command.ts';
import { type Decision, Draft, refused, unknownAgent } from './decision.ts';
import { withoutStanding } from './denial.ts';
import type { EventData, EventOf } from './event.ts';
import { checkAddition } from './scope/checked-patterns.ts';
import type { PendingOf, State } from './state.ts';

/** An agent without a scope may write all but what must be named: naming that leaves the rest to it. */
const wholeWorktree = '**';

export function decideWiden(
	state: State,
	{ agent: id, patterns, why, request }: CommandOf<'scope.widen'>,
): Decision {
	const agent = state.agents[id];
	if (!agent || isGone(agent)) return unknownAgent(id);
	if (why.trim() === '')
		return refused({
			code: 'scope.no-reason',
			message: 'why it may write more is kept in the journal, and is empty',
			allow: `weir scope add ${agent.name} GLOB --why TEXT`,
		});
	const added = checkAddition(patterns, agent.scope.length);
	if (!added.ok) return added;
	const draft = new Draft(state);
	widen(draft, agent, { patterns, why, request });
	return draft.done();
}

/** What is allowed; a program that is held is let to it at once. */
export function widen(
	draft: Draft,
	agent: Agent,
	more: Pick<EventData<'scope.widened'>, 'patterns' | 'why' | 'request'>,
): void {
	const { id, generation } = agent;
	draft.add('scope.widened', { agent: id, ...more });
	if (isHeld(agent))
		draft.add('widen.asked', { effect: draft.effect, agent: id, generation });
}

/** Something refuses its program what its scope has not had. */
function isHeld({ life, guard }: Agent): boolean {
	return life.kind === 'running' && guard !== null && guard.prevention !== 'none';
}

export function settleWiden(
	state: State,
	{ id, data: { agent, generation } }: PendingOf<'widen'>,
	outcome: EffectOutcome<'widen'>,
): Decision {
	return new Draft(state)
		.add('widen.settled', { effect: id, agent, generation, outcome })
		.done();
}

/** What its program cannot write yet is said where it is said what holds it. */
export function evolveWideningSettled(
	agent: Agent,
	{ data: { outcome } }: EventOf<'widen.settled'>,
): Agent {
	const { guard } = agent;
	if (guard === null) return agent;
	if (outcome.ok) return { ...agent, guard: { ...guard, loose: outcome.value.loose } };
	const { message, allow = null } = outcome.refusal;
	return { ...agent, guard: { ...guard, reason: message, allow } };
}

export function evolveWidened(
	agent: Agent,
	{ data, at, actor }: EventOf<'scope.widened'>,
): Agent {
	const { patterns, why, request } = data;
	const before = agent.scope.length === 0 ? [wholeWorktree] : agent.scope;
	const widening = { at, actor, patterns, why, request };
	return {
		...agent,
		scope: [...before, ...patterns],
		widened: [...agent.widened, widening].slice(-widenedKept),
		denied: withoutStanding(agent.denied),
	};
}

const widenedKept = 20;
