// What the inbox says of budgets: limits that are nearly used up, and by how much one is exceeded.
import { localDay } from '../../lib/local-day.ts';
import type { AgentId } from '../ids.ts';
import type { Question, State } from '../state.ts';
import {
	dayStandings,
	isOverBudget,
	type Standing,
	shareOf,
	standingsOf,
	standingWords,
	warnShare,
} from './budget.ts';
import type { Warned } from './own-budget.ts';

interface BudgetWarning {
	readonly id: string;
	readonly agent: AgentId | null;
	readonly text: string;
	readonly detail: string;
	readonly since: string;
}

/** Of which the human was warned and that still hold; who was stopped for it asks already. */
export function budgetWarnings(state: State, now: string): readonly BudgetWarning[] {
	const { dayBudget } = state;
	const agents = Object.values(state.agents).flatMap((agent) => {
		const { id, name, budget, life } = agent;
		if (life.kind !== 'running' || isOverBudget(state, id)) return [];
		const standings = standingsOf(state, agent, now);
		return warningsIn(budget.warned, standings).map(({ meter, at, text }) => ({
			id: `${id}.budget.${meter}.${Date.parse(at)}`,
			...{ agent: id, text: `it has used ${text}`, since: at },
			detail: `weir budget ${name} sets its limits`,
		}));
	});
	const day = localDay(now);
	if (dayBudget?.day !== day) return agents;
	const today = warningsIn(dayBudget.warned, dayStandings(state, now));
	return [
		...agents,
		...today.map(({ meter, at, text }) => ({
			id: `day.budget.${meter}.${Date.parse(at)}`,
			...{ agent: null, text: `agents have used ${text} today`, since: at },
			detail: 'weir budget sets the limits of today',
		})),
	];
}

function warningsIn(warned: readonly Warned[], standings: readonly Standing[]) {
	return warned.flatMap(({ meter, limit, at }) => {
		const standing = standings.find((one) => one.meter === meter && one.limit === limit);
		if (!standing || shareOf(standing) < warnShare) return [];
		return [{ meter, at, text: standingWords(standing) }];
	});
}

/** What was on its way when it was paused counts as well: how far beyond the limit that is by now. */
export function budgetDetail(
	state: State,
	{ agent: id, via }: Question,
	now: string,
): string | null {
	const agent = state.agents[id];
	if (via.kind !== 'budget' || !agent) return null;
	const all =
		via.of === 'day' ? dayStandings(state, now) : standingsOf(state, agent, now);
	const standing = all.find(({ meter }) => meter === via.meter);
	if (!standing) return null;
	const over = Math.round((shareOf(standing) - 1) * 100);
	return `by now ${standingWords(standing)}${over > 0 ? `, ${over} % over` : ''}`;
}
