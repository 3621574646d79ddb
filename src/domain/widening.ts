// A scope grows by the human's word alone, and who said it, when and why is in the journal.
import { type Agent, isGone } from './agent.ts';
import type { CommandOf, EffectOutcome } from './command.ts';
import { type Decision, Draft, refused, unchanged, unknownAgent } from './decision.ts';
import { withoutStanding } from './denial.ts';
import type { EventData, EventOf } from './event.ts';
import { checkAddition } from './scope/checked-patterns.ts';
import { notCovered, widerBy } from './scope/wider.ts';
import { widens } from './scope-request.ts';
import type { PendingOf, State } from './state.ts';

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
	const named = patterns.filter((pattern) => isNamed(agent.scope, pattern));
	const fresh = [...new Set([...notCovered(agent.scope, patterns), ...named])];
	if (fresh.length === 0) return unchanged;
	const draft = new Draft(state);
	widen(draft, state, agent, { patterns: fresh, why, request });
	return draft.done();
}

/** A path from the top may be wanted though it is covered: a submodule is given by its name alone. */
function isNamed(scope: readonly string[], pattern: string): boolean {
	return /^\/[^*?[]+$/.test(pattern) && !scope.includes(pattern);
}

/** What is allowed; a program that is held is let to it at once, and whoever asked for it hears so. */
export function widen(
	draft: Draft,
	state: State,
	agent: Agent,
	more: Pick<EventData<'scope.widened'>, 'patterns' | 'why' | 'request'>,
): void {
	const { id, generation } = agent;
	draft.add('scope.widened', { agent: id, ...more });
	const wider = widerBy(agent.scope, more.patterns);
	for (const { id: question, agent: asker, scope, answer } of Object.values(
		state.questions,
	)) {
		const other = asker === id && answer === null && question !== more.request;
		if (other && scope && notCovered(wider, scope).length === 0)
			draft.add('question.answered', { question, choice: widens.key, text: null });
	}
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
	const widening = { at, actor, patterns, why, request };
	return {
		...agent,
		scope: widerBy(agent.scope, patterns),
		widened: [...agent.widened, widening].slice(-widenedKept),
		denied: withoutStanding(agent.denied),
	};
}

const widenedKept = 20;
