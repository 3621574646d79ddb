// What the journal says of budgets and of what was used, folded in.
import type { EventData, EventOf } from '../event.ts';
import type { State } from '../state.ts';
import {
	type DayBudget,
	noBudget,
	type OwnBudget,
	withOwnLimits,
	withWarning,
} from './own-budget.ts';
import { withSeen } from './usage.ts';

/** What was said of that day. */
export function dayBudgetOf({ dayBudget }: State, day: string): DayBudget {
	return dayBudget?.day === day ? dayBudget : { day, ...noBudget };
}

/** The human's word on limits. */
export function evolveSet(state: State, { data }: EventOf<'budget.set'>): State {
	return withBudgetSet(state, data);
}

/** The state with limits set as a command or an event says. */
export function withBudgetSet(state: State, data: EventData<'budget.set'>): State {
	return withBudget(state, data, (budget) => withOwnLimits(budget, data.limits));
}

export function evolveWarned(
	state: State,
	{ data, at }: EventOf<'budget.warned'>,
): State {
	const { meter, limit } = data;
	return withBudget(state, data, (budget) => withWarning(budget, { meter, limit, at }));
}

export function evolveLifted(state: State, { data }: EventOf<'budget.lifted'>): State {
	return withBudget(state, data, (budget) => ({ ...budget, lifted: true }));
}

function withBudget(
	state: State,
	{ whose, day }: Pick<EventData<'budget.set'>, 'whose' | 'day'>,
	change: (budget: OwnBudget) => OwnBudget,
): State {
	if (whose === null) {
		if (day === null) return state;
		return { ...state, dayBudget: { day, ...change(dayBudgetOf(state, day)) } };
	}
	const agent = state.agents[whose];
	if (!agent) return state;
	const changed = { ...agent, budget: change(agent.budget) };
	return { ...state, agents: { ...state.agents, [whose]: changed } };
}

export function evolveSeenUsage(
	state: State,
	{ data, at }: EventOf<'usage.seen'>,
): State {
	const agent = state.agents[data.agent];
	if (!agent) return state;
	const changed = { ...agent, usage: withSeen(agent.usage, data, at) };
	return { ...state, agents: { ...state.agents, [agent.id]: changed } };
}
