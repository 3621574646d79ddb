// What agents used and what that costs, and their budgets, as scripts see it.
import { standingWords } from '../domain/cost/budget.ts';
import { costWords } from '../domain/cost/cost-words.ts';
import type { Limits, Meter, SomeLimits } from '../domain/cost/limits.ts';
import { moneyFor, type Prices } from '../domain/cost/prices.ts';
import { addTokens, noTokens, type Tokens, tokenWords } from '../domain/cost/tokens.ts';
import type { Spent } from '../domain/cost/usage.ts';

export interface CostJson {
	/** Of the models whose price is known; null where none is. */
	readonly usd: number | null;
	/** Models without a price: their tokens are counted, and no money. */
	readonly unpriced: readonly string[];
	readonly replies: number;
	readonly tokens: Tokens;
}

export interface ModelCostJson extends CostJson {
	readonly model: string;
}

export interface AgentCostJson extends CostJson {
	readonly agent: string;
	readonly kind: string;
	/** It was removed since. */
	readonly removed: boolean;
	readonly models: readonly ModelCostJson[];
	/** When it was last seen to use something. */
	readonly seen: string | null;
}

export interface CostsJson {
	/** The first day that counts; null is all. */
	readonly since: string | null;
	readonly agents: readonly AgentCostJson[];
	readonly days: readonly (CostJson & { readonly day: string })[];
	readonly total: CostJson;
	/** By model, in US dollars for a million tokens: those that count. */
	readonly prices: Prices;
}

export interface StandingJson {
	readonly meter: Meter;
	readonly used: number;
	readonly limit: number;
	/** 1 is all of it. */
	readonly share: number;
}

export interface BudgetJson {
	/** Null is the day, of all agents. */
	readonly agent: string | null;
	readonly limits: Limits;
	/** What of them the human said beside the settings. */
	readonly own: SomeLimits;
	readonly standings: readonly StandingJson[];
	/** Its limits do not count just now. */
	readonly lifted: boolean;
	/** It was paused for them, and asks how it goes on. */
	readonly paused: boolean;
}

/** Of nothing used: no money, and no tokens. */
export function costJson(spent: readonly Spent[], prices: Prices): CostJson {
	return {
		...moneyFor(spent, prices),
		replies: spent.reduce((sum, { replies }) => sum + replies, 0),
		tokens: spent.reduce((sum, { tokens }) => addTokens(sum, tokens), noTokens),
	};
}

/** By model, the dearest first. */
export function modelCosts(
	spent: readonly Spent[],
	prices: Prices,
): readonly ModelCostJson[] {
	return [...Map.groupBy(spent, ({ model }) => model)]
		.map(([model, rows]) => ({ model, ...costJson(rows, prices) }))
		.toSorted((one, other) => (other.usd ?? 0) - (one.usd ?? 0));
}

/** Where what an agent used is read, and how that stands to its limits. */
export interface UsedJson {
	/** Whether its CLI has records that weir can read. */
	readonly recorded: boolean;
	/** Those that told something, the latest first: the first few. */
	readonly files: readonly string[];
	/** How many others there are. */
	readonly more: number;
	readonly seen: string | null;
	readonly standings: readonly StandingJson[];
}

/** For people; `age` says how long ago a moment was. */
export function usedLines(
	cost: CostJson | null,
	{ recorded, files, more, seen, standings }: UsedJson,
	age: (since: string) => string,
): readonly string[] {
	const limits = standings.map((standing) => `  limit: ${standingWords(standing)}`);
	if (cost === null || seen === null) {
		const why = recorded
			? 'the records of its CLI tell nothing so far'
			: 'no record of its CLI is known';
		return [`what it uses: ${why}`, ...limits];
	}
	const { input, cacheRead, cacheWrite, output } = cost.tokens;
	const kinds = [
		`${tokenWords(input)} read`,
		`${tokenWords(cacheRead)} from the cache`,
		`${tokenWords(cacheWrite)} into it`,
		`${tokenWords(output)} written`,
	].join(', ');
	const unpriced = cost.unpriced.join(', ');
	return [
		`used ${costWords(cost)} in ${cost.replies} replies: ${kinds}; last seen ${age(seen)} ago`,
		...(unpriced === ''
			? []
			: [`  no price is known of ${unpriced}: the setting prices`]),
		...limits,
		...files.map((file) => `  read in ${file}`),
		...(more > 0 ? [`  and ${more} more`] : []),
	];
}
