// Requests on what agents used and on their budgets.
import { type Agent, isGone } from '../domain/agent.ts';
import {
	dayLimits,
	dayStandings,
	isOverBudget,
	limitsOf,
	type Standing,
	shareOf,
	standingsOf,
} from '../domain/cost/budget.ts';
import { noLimits } from '../domain/cost/limits.ts';
import type { State } from '../domain/state.ts';
import { localDay } from '../lib/local-day.ts';
import { ok } from '../lib/outcome.ts';
import {
	type AgentCostJson,
	type BudgetJson,
	costJson,
	modelCosts,
	type StandingJson,
	type UsedJson,
} from '../protocol/cost.ts';
import { agentOf, type Handler } from './session.ts';
import { recordsOf } from './usage-place.ts';

export const handleCost: Handler<'cost'> = async ({ agent: name, since }, desk) => {
	const one = name === null ? null : agentOf(desk, name);
	if (one && !one.ok) return one;
	const { state } = desk.loop;
	const { prices } = state.settings;
	const counts = ({ day }: { readonly day: string }) => since === null || day >= since;
	const agents = (one ? [one.value] : Object.values(state.agents)).map((agent) => ({
		agent,
		spent: agent.usage.spent.filter(counts),
	}));
	const all = agents.flatMap(({ spent }) => spent);
	return ok({
		since,
		agents: agents
			.filter(({ spent }) => one !== null || spent.length > 0)
			.map(({ agent, spent }): AgentCostJson => {
				const models = modelCosts(spent, prices);
				return { ...ofAgent(agent), models, ...costJson(spent, prices) };
			}),
		days: [...Map.groupBy(all, ({ day }) => day)]
			.map(([day, rows]) => ({ day, ...costJson(rows, prices) }))
			.toSorted((before, after) => before.day.localeCompare(after.day)),
		total: costJson(all, prices),
		prices,
	});
};

function ofAgent(agent: Agent) {
	const { name, kind, usage } = agent;
	return { agent: name, kind, removed: isGone(agent), seen: usage.seen };
}

export const handleBudget: Handler<'budget'> = async ({ agent: name }, desk) => {
	const one = name === null ? null : agentOf(desk, name);
	if (one && !one.ok) return one;
	const { state } = desk.loop;
	const agents = one
		? [one.value]
		: Object.values(state.agents).filter((agent) => !isGone(agent));
	const now = new Date().toISOString();
	return ok({
		day: localDay(now),
		budgets: [
			...agents.map((agent) => budgetOf(state, agent, now)),
			...(one ? [] : [dayBudgetOf(state, now)]),
		],
	});
};

export const handleBudgetSet: Handler<'budget.set'> = async (request, desk, session) => {
	const one = request.agent === null ? null : agentOf(desk, request.agent);
	if (one && !one.ok) return one;
	const set = await desk.loop.submit(
		{ kind: 'budget.set', agent: one?.value.id ?? null, limits: request.limits },
		'human',
	);
	return set.ok ? handleBudget({ agent: request.agent }, desk, session) : set;
};

function budgetOf(state: State, agent: Agent, now: string): BudgetJson {
	const { limits, lifted } = agent.budget;
	return {
		agent: agent.name,
		limits: limitsOf(state, agent),
		own: limits,
		standings: standingsOf(state, agent, now).map(standingJson),
		lifted,
		paused: isOverBudget(state, agent.id),
	};
}

function dayBudgetOf(state: State, now: string): BudgetJson {
	const day = localDay(now);
	const own = state.dayBudget?.day === day ? state.dayBudget : null;
	return {
		agent: null,
		limits: { ...noLimits, ...dayLimits(state, day) },
		own: own?.limits ?? {},
		standings: dayStandings(state, now).map(standingJson),
		lifted: own?.lifted ?? false,
		paused: asksOfDay(state),
	};
}

function asksOfDay({ questions }: State): boolean {
	return Object.values(questions).some(
		({ via }) => via.kind === 'budget' && via.of === 'day',
	);
}

/** Where what it uses is read, for whoever asks why. */
export function usedBy(state: State, agent: Agent): UsedJson {
	const { marks, seen } = agent.usage;
	const files = marks.map(({ file }) => file).toReversed();
	return {
		recorded: recordsOf(state, agent) !== null,
		files: files.slice(0, mostFiles),
		more: Math.max(0, files.length - mostFiles),
		seen,
		standings: standingsOf(state, agent, new Date().toISOString()).map(standingJson),
	};
}

const mostFiles = 5;

function standingJson(standing: Standing): StandingJson {
	const share = shareOf(standing);
	return { ...standing, share: Number.isFinite(share) ? share : 1 };
}
