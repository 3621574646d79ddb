// What a conversation has used, and what it may use at most by the limits of its command line. Looked at
// before each request, so that a limit is exceeded by one.
import { type Standing, shareOf, warnShare } from '../domain/cost/budget.ts';
import { findPrice, moneyFor, moneyWords, type Prices } from '../domain/cost/prices.ts';
import type { Environment } from '../lib/environment.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { filledBy } from '../models/model.ts';
import type { Conversation } from './conversation.ts';

/** Null is no limit. */
export interface BudgetLimits {
	/** Tokens of all kinds together. */
	readonly tokens: number | null;
	/** In US dollars. */
	readonly usd: number | null;
}

/** Nothing more may be asked. */
export class BudgetSpent extends Error {}

export class Budget {
	readonly limits: BudgetLimits;
	readonly #used: Pick<Conversation, 'used' | 'usedBy'>;
	readonly #warned = new Set<Standing['meter']>();
	#prices: Prices | null = null;

	constructor(limits: BudgetLimits, used: Pick<Conversation, 'used' | 'usedBy'>) {
		this.limits = limits;
		this.#used = used;
	}

	/** In US dollars; null where that is not known. */
	get usd(): number | null {
		const spent = [...this.#used.usedBy].map(([model, usage]) => ({
			...{ model, day: '', replies: 0 },
			tokens: { ...usage, longWrite: 0 },
		}));
		if (this.#prices === null) return null;
		const { usd, unpriced } = moneyFor(spent, this.#prices);
		return unpriced.length > 0 ? null : (usd ?? 0);
	}

	/** Of all kinds. */
	get tokens(): number {
		return filledBy(this.#used.used);
	}

	/**
	 * Reads what models cost, which takes a moment. Refused where money is limited and that of `model`, or
	 * of one that was asked before, is not known.
	 */
	async readPrices(model: string, environment: Environment): Promise<Outcome<object>> {
		const { readPrices } = await import('./prices.ts');
		const read = await readPrices(environment);
		if (read.ok) this.#prices = read.value;
		if (this.limits.usd === null) return ok({});
		if (!read.ok) return read;
		const unpriced = this.#unpriced([model, ...this.#used.usedBy.keys()]);
		if (unpriced === null) return ok({});
		return refuse('model.no-price', noPrice(unpriced), priceOf(unpriced));
	}

	/** Why nothing more may be asked; null where it may. */
	exhausted(): string | null {
		const unpriced = this.#unpriced(this.#used.usedBy.keys());
		if (this.limits.usd !== null && unpriced !== null) return noPrice(unpriced);
		const spent = this.#standings().find((one) => shareOf(one) >= 1);
		if (!spent) return null;
		return `the budget is used up: ${wordsOf(spent)}; a higher ${flags[spent.meter]} goes on`;
	}

	/** Of each limit once: that most of it is used. */
	takeWarning(): string | null {
		const near = this.#standings().find(
			(one) =>
				shareOf(one) >= warnShare && shareOf(one) < 1 && !this.#warned.has(one.meter),
		);
		if (!near) return null;
		this.#warned.add(near.meter);
		return `the budget is nearly used up: ${wordsOf(near)}`;
	}

	#unpriced(models: Iterable<string>): string | null {
		const prices = this.#prices ?? {};
		return [...models].find((model) => findPrice(prices, model) === null) ?? null;
	}

	#standings(): readonly OwnStanding[] {
		const used = { tokens: this.tokens, usd: this.usd };
		return (['tokens', 'usd'] as const).flatMap((meter) => {
			const limit = this.limits[meter];
			const so = used[meter];
			return limit === null || so === null ? [] : [{ meter, limit, used: so }];
		});
	}
}

type OwnStanding = Standing & { readonly meter: keyof BudgetLimits };
const flags = { tokens: '--max-tokens', usd: '--max-cost' } as const;

function noPrice(model: string): string {
	return `${model} has no price, so that --max-cost cannot hold it`;
}

function priceOf(model: string): string {
	return `give it one in ~/.config/weir/config.yaml: prices: {${model}: {input: 2, output: 10}}`;
}

function wordsOf({ meter, used, limit }: OwnStanding): string {
	return meter === 'usd'
		? `${moneyWords(used)} of ${moneyWords(limit)}`
		: `${used.toLocaleString('en')} of ${limit.toLocaleString('en')} tokens`;
}
