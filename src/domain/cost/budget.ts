// How much of its limits an agent has used, and all of them in a day. One predicate for whoever warns,
// stops and shows.
import { localDay } from '../../lib/local-day.ts';
import type { Agent } from '../agent.ts';
import type { AgentId } from '../ids.ts';
import type { State } from '../state.ts';
import {
	dayMeters,
	type Limits,
	type Meter,
	meters,
	noLimits,
	withLimits,
} from './limits.ts';
import { moneyFor, moneyWords } from './prices.ts';
import { addTokens, freshTokens, noTokens, type Tokens, tokenWords } from './tokens.ts';
import { ranUntil, type Spent } from './usage.ts';

/** From this share on the human is warned. */
export const warnShare = 0.8;

/** One limit, and how much of it is used. */
export interface Standing {
	readonly meter: Meter;
	readonly used: number;
	readonly limit: number;
}

export function shareOf({ used, limit }: Standing): number {
	return limit > 0 ? used / limit : Number.POSITIVE_INFINITY;
}

export function limitsOf({ settings }: State, { budget }: Agent): Limits {
	return withLimits(settings.budget.agent, budget.limits);
}

/** Of a day; what was said for another day does not count. */
export function dayLimits({ settings, dayBudget }: State, day: string): Limits {
	const own = dayBudget?.day === day ? dayBudget.limits : {};
	return withLimits({ ...noLimits, ...settings.budget.day }, own);
}

export function standingsOf(
	state: State,
	agent: Agent,
	now: string,
): readonly Standing[] {
	const used = usedBy(state, agent, now);
	return boundedBy(limitsOf(state, agent), (meter) => used[meter]);
}

function usedBy(
	{ settings }: State,
	{ usage, tries }: Agent,
	now: string,
): Readonly<Record<Meter, number>> {
	return {
		usd: moneyFor(usage.spent, settings.prices).usd ?? 0,
		tokens: freshTokens(sumOf(usage.spent)),
		hours: ranUntil(usage, now) / hourMs,
		tries,
	};
}

const hourMs = 3_600_000;

/** Whether weir may start it again by itself. */
export function hasTriesLeft(state: State, agent: Agent): boolean {
	const { tries } = limitsOf(state, agent);
	return tries === null || agent.tries < tries;
}

/** All agents together, on the day of this moment. */
export function dayStandings(state: State, now: string): readonly Standing[] {
	const day = localDay(now);
	const spent = spentOn(state, day);
	const used = {
		usd: moneyFor(spent, state.settings.prices).usd ?? 0,
		tokens: freshTokens(sumOf(spent)),
	};
	const limits = dayLimits(state, day);
	return dayMeters.flatMap((meter) => {
		const limit = limits[meter];
		return limit === null ? [] : [{ meter, used: used[meter], limit }];
	});
}

/** What all agents used on a day, those that are gone included. */
export function spentOn({ agents }: State, day: string): readonly Spent[] {
	return Object.values(agents).flatMap(({ usage }) =>
		usage.spent.filter((row) => row.day === day),
	);
}

export function sumOf(spent: readonly Spent[]): Tokens {
	return spent.reduce((sum, { tokens }) => addTokens(sum, tokens), noTokens);
}

function boundedBy(limits: Limits, used: (meter: Meter) => number): readonly Standing[] {
	return meters.flatMap((meter) => {
		const limit = limits[meter];
		return limit === null ? [] : [{ meter, used: used(meter), limit }];
	});
}

/** Whether weir has stopped it for its budget, or that of the day, and nobody has said how it goes on. */
export function isOverBudget(state: Pick<State, 'questions'>, agent: AgentId): boolean {
	return Object.values(state.questions).some(
		(question) => question.agent === agent && question.via.kind === 'budget',
	);
}

/** `$5.31 of $5.00`, `2.1M of 2M tokens`, `3.2 of 3 hours`. */
export function standingWords({ meter, used, limit }: Standing): string {
	const whole = amountWords(meter, limit);
	return `${meter === 'usd' ? moneyWords(used) : amountOf(meter, used)} of ${whole}`;
}

/** An amount with its unit. */
export function amountWords(meter: Meter, amount: number): string {
	if (meter === 'usd') return moneyWords(amount);
	const text = amountOf(meter, amount);
	return `${text} ${text === '1' ? ofOne[meter] : meter}`;
}

const ofOne = { tokens: 'token', hours: 'hour', tries: 'try' } as const;

function amountOf(meter: Meter, amount: number): string {
	if (meter === 'tokens') return tokenWords(amount);
	return meter === 'hours' ? amount.toFixed(2).replace(/\.?0+$/, '') : String(amount);
}
