// What follows from what agents use: the human is warned once, a program is paused where it stands and the
// human says how it goes on. Nothing is ever killed for it.
import { localDay } from '../../lib/local-day.ts';
import type { Agent } from '../agent.ts';
import type { CommandOf } from '../command.ts';
import {
	type Context,
	type Decision,
	Draft,
	unchanged,
	unknownAgent,
} from '../decision.ts';
import type { EventData } from '../event.ts';
import type { Choice } from '../events/question-events.ts';
import { type AgentId, questionId } from '../ids.ts';
import { goOn } from '../redress.ts';
import type { Question, State } from '../state.ts';
import {
	amountWords,
	dayStandings,
	isOverBudget,
	type Standing,
	shareOf,
	standingsOf,
	standingWords,
	warnShare,
} from './budget.ts';
import { dayBudgetOf, withBudgetSet } from './budget-record.ts';
import type { Meter } from './limits.ts';
import type { OwnBudget } from './own-budget.ts';
import { withSeen } from './usage.ts';

/** Replies of it were read that were not told before. */
export function decideTell(
	state: State,
	command: CommandOf<'usage.tell'>,
	{ now }: Context,
): Decision {
	const { kind: _, ...data } = command;
	const agent = state.agents[data.agent];
	if (!agent) return unknownAgent(data.agent);
	const draft = new Draft(state).add('usage.seen', data);
	const after = { ...agent, usage: withSeen(agent.usage, data, now) };
	check(draft, { ...state, agents: { ...state.agents, [agent.id]: after } }, after, now);
	return draft.done();
}

export function decideCheck(
	state: State,
	{ agent: id, asks }: CommandOf<'budget.check'>,
	{ now }: Context,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unchanged;
	const draft = new Draft(state);
	check(draft, state, agent, now, asks);
	return draft.done();
}

/** Who was stopped by what is no limit any more goes on; who is beyond a new one stops. */
export function decideSet(
	state: State,
	{ agent: id, limits }: CommandOf<'budget.set'>,
	{ now }: Context,
): Decision {
	const agent = id === null ? null : state.agents[id];
	if (agent === undefined) return unknownAgent(id as AgentId);
	const day = agent === null ? localDay(now) : null;
	const set = { whose: id, day, limits };
	const draft = new Draft(state).add('budget.set', set);
	const after = withBudgetSet(state, set);
	for (const question of budgetQuestions(after))
		if (!isExceeded(after, question, now)) letGoOn(draft, after, question);
	if (agent === null) checkDay(draft, after, now, { stopped: null, asking: null });
	else checkAgent(draft, after, after.agents[agent.id] ?? agent, now);
	return draft.done();
}

function isExceeded(state: State, { agent: id, via }: Question, now: string): boolean {
	const agent = state.agents[id];
	if (via.kind !== 'budget' || !agent) return false;
	const all =
		via.of === 'day' ? dayStandings(state, now) : standingsOf(state, agent, now);
	return all.some((one) => one.meter === via.meter && shareOf(one) >= 1);
}

/** Those in which weir asks how a program that it paused goes on. */
export function budgetQuestions({ questions }: State): readonly Question[] {
	return Object.values(questions).filter(({ via }) => via.kind === 'budget');
}

/** Nobody asks any more: its program runs on. */
export function letGoOn(draft: Draft, state: State, { id, agent }: Question): void {
	draft.add('question.closed', { question: id, reason: 'replaced' });
	const known = state.agents[agent];
	if (known) goOn(draft, state, known);
}

/** Warns and stops where that is due. The state holds what is being told already. */
function check(
	draft: Draft,
	state: State,
	agent: Agent,
	now: string,
	asks = false,
): void {
	const stopped = checkAgent(draft, state, agent, now);
	const asking = asks ? agent.id : null;
	checkDay(draft, state, now, { stopped: stopped ? agent.id : null, asking });
}

function checkAgent(draft: Draft, state: State, agent: Agent, now: string): boolean {
	const own = standingsOf(state, agent, now);
	warn(draft, agent.budget, own, { whose: agent.id, day: null });
	const spent = agent.budget.lifted ? undefined : own.find(isSpent);
	return spent ? stop(draft, state, agent, { of: 'agent', ...spent }) : false;
}

/** Who uses nothing of what is measured, and does not ask to, is let alone. */
function checkDay(
	draft: Draft,
	state: State,
	now: string,
	{
		stopped,
		asking,
	}: { readonly stopped: AgentId | null; readonly asking: AgentId | null },
): void {
	const day = localDay(now);
	const budget = dayBudgetOf(state, day);
	const standings = dayStandings(state, now);
	warn(draft, budget, standings, { whose: null, day });
	const spent = budget.lifted ? undefined : standings.find(isSpent);
	if (!spent) return;
	for (const agent of Object.values(state.agents)) {
		const uses = agent.id === asking || usedOn(agent, day);
		if (uses && agent.id !== stopped && !agent.budget.lifted)
			stop(draft, state, agent, { of: 'day', ...spent });
	}
}

function usedOn({ usage }: Agent, day: string): boolean {
	return usage.spent.some((row) => row.day === day);
}

/** How often it was started bounds its next start, and not what runs. */
function isSpent(standing: Standing): boolean {
	return standing.meter !== 'tries' && shareOf(standing) >= 1;
}

function warn(
	draft: Draft,
	{ warned }: OwnBudget,
	standings: readonly Standing[],
	of: Pick<EventData<'budget.warned'>, 'whose' | 'day'>,
): void {
	for (const standing of standings) {
		const { meter, limit } = standing;
		const told = warned.some((one) => one.meter === meter && one.limit === limit);
		if (!told && shareOf(standing) >= warnShare)
			draft.add('budget.warned', { ...of, ...standing });
	}
}

function stop(
	draft: Draft,
	state: State,
	agent: Agent,
	{ of, ...standing }: Standing & { readonly of: 'agent' | 'day' },
): boolean {
	const { id, generation, life } = agent;
	if (life.kind !== 'running' || life.paused || isOverBudget(state, id)) return false;
	const { meter, limit } = standing;
	draft.add('pause.asked', { effect: draft.effect, agent: id, generation, paused: true });
	const raised = raisedLimit(standing);
	const whose = of === 'agent' ? 'it' : 'all agents of today';
	draft.add('question.opened', {
		question: questionId(draft.seq),
		agent: id,
		generation,
		wants: 'approval',
		text: `it is paused: ${whose} used ${standingWords(standing)}`,
		detail: null,
		choices: choicesFor(of, meter, raised),
		via: { kind: 'budget', of, meter, limit, raised },
	});
	return true;
}

/** By half of what is used, in a round number. */
function raisedLimit({ meter, used, limit }: Standing): number {
	const wanted = Math.max(used, limit) * 1.5;
	const unit = 10 ** Math.floor(Math.log10(Math.max(wanted, 1e-6)) - 1);
	const round = Math.ceil(wanted / unit - 1e-9) * unit;
	return meter === 'tokens' ? Math.round(round) : Number(round.toPrecision(6));
}

function choicesFor(of: 'agent' | 'day', meter: Meter, raised: number): Choice[] {
	const amount = amountWords(meter, raised);
	const [limit, once] =
		of === 'agent'
			? ['its limit', 'let it go on once, to the end of its turn']
			: ['the limit of today', 'let all go on today'];
	return [
		{ key: 'raise', label: `raise ${limit} to ${amount}`, free: false },
		{ key: 'amount', label: `raise ${limit} to what you write`, free: true },
		{ key: 'once', label: once, free: false },
		{ key: 'stop', label: 'kill its program', free: false },
	];
}
