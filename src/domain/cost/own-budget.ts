// What the human said of one budget beside the settings, and what they were told of it.
import type { Meter, SomeLimits } from './limits.ts';

export interface Warned {
	readonly meter: Meter;
	readonly limit: number;
	readonly at: string;
}

export interface OwnBudget {
	readonly limits: SomeLimits;
	/** It goes on beyond its limits, for the while that the human let it. */
	readonly lifted: boolean;
	readonly warned: readonly Warned[];
}

export const noBudget: OwnBudget = { limits: {}, lifted: false, warned: [] };

/** Of all agents on one day. */
export interface DayBudget extends OwnBudget {
	readonly day: string;
}

/** What was let go on beyond the former ones does not go on beyond these. */
export function withOwnLimits(budget: OwnBudget, said: SomeLimits): OwnBudget {
	const named = Object.entries(said).filter(([, limit]) => limit !== undefined);
	return {
		...budget,
		lifted: false,
		limits: { ...budget.limits, ...Object.fromEntries(named) },
	};
}

export function withWarning(budget: OwnBudget, warned: Warned): OwnBudget {
	const others = budget.warned.filter(({ meter }) => meter !== warned.meter);
	return { ...budget, warned: [...others, warned] };
}

/** Its turn is over: from now on its limits hold again. */
export function withoutLift<T extends { readonly budget: OwnBudget }>(agent: T): T {
	return agent.budget.lifted
		? { ...agent, budget: { ...agent.budget, lifted: false } }
		: agent;
}
