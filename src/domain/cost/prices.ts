// What models charge, and what tokens cost by that. Money is worked out when it is looked at: a price that
// was wrong is right for all that was used before, too.
import type { Spent } from './usage.ts';

/** In US dollars for a million tokens. */
export interface Price {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
	/** Put into a cache for an hour. */
	readonly longWrite: number;
}

/** By model; `*` in a name stands for anything. */
export type Prices = Readonly<Record<string, Price>>;

/** As a file of prices says it. */
export interface PriceFile {
	readonly input: number;
	readonly output: number;
	readonly cache_read?: number | undefined;
	readonly cache_write?: number | undefined;
	readonly cache_write_hour?: number | undefined;
}

/** What is not said costs as much as what is read anew. */
export function priceOf(file: PriceFile): Price {
	const { input, output, cache_read, cache_write = input, cache_write_hour } = file;
	return {
		input,
		output,
		cacheRead: cache_read ?? input,
		cacheWrite: cache_write,
		longWrite: cache_write_hour ?? cache_write,
	};
}

/** As a file would say it. */
export function priceFile(price: Price): PriceFile {
	const { input, output, cacheRead, cacheWrite, longWrite } = price;
	return {
		...{ input, output },
		...(cacheRead === input ? {} : { cache_read: cacheRead }),
		...(cacheWrite === input ? {} : { cache_write: cacheWrite }),
		...(longWrite === cacheWrite ? {} : { cache_write_hour: longWrite }),
	};
}

export interface Money {
	/** Of the models whose price is known; null where none is. */
	readonly usd: number | null;
	/** Models that are in no table. */
	readonly unpriced: readonly string[];
}

export function moneyFor(spent: readonly Spent[], prices: Prices): Money {
	let usd: number | null = null;
	const unpriced = new Set<string>();
	for (const { model, tokens } of spent) {
		const price = findPrice(prices, model);
		if (price) usd = (usd ?? 0) + costOf(tokens, price);
		else unpriced.add(model);
	}
	return { usd, unpriced: [...unpriced] };
}

function costOf(tokens: Spent['tokens'], price: Price): number {
	const { input, cacheRead, cacheWrite, longWrite, output } = tokens;
	const perMillion =
		input * price.input +
		cacheRead * price.cacheRead +
		(cacheWrite - longWrite) * price.cacheWrite +
		longWrite * price.longWrite +
		output * price.output;
	return perMillion / 1e6;
}

/**
 * The price of a model: by its very name, by that name without what tells its day, its provider or the size
 * of its context, or by a pattern, the longest first. Another member of its family is another model.
 */
export function findPrice(prices: Prices, model: string): Price | null {
	for (const name of namesOf(model)) {
		const exact = Object.hasOwn(prices, name) ? prices[name] : undefined;
		if (exact) return exact;
	}
	const patterns = Object.keys(prices)
		.filter((name) => name.includes('*'))
		.toSorted((one, other) => other.length - one.length);
	const found = patterns.find((pattern) => isLike(model, pattern));
	return found === undefined ? null : (prices[found] ?? null);
}

/** `us.anthropic.claude-x-20250929-v1:0`, `anthropic/claude-x`, `claude-x[1m]` and `claude-x` alike. */
function namesOf(model: string): readonly string[] {
	const bare = model
		.replace(/^.*\//, '')
		.replace(/^(?:[a-z]{2,6}\.)?anthropic\./, '')
		.replace(/\[[^\]]*\]$/, '')
		.replace(/(?:-v\d+)?(?::\d+)?$/, '')
		.replace(/@.*$/, '');
	const dateless = bare.replace(/-(?:20\d{6}|20\d\d-\d\d-\d\d|latest)$/, '');
	return [model, bare, dateless, dateless.replaceAll('.', '-')];
}

/** Part by part: a name that an agent chose costs no more than its length. */
function isLike(model: string, pattern: string): boolean {
	const [first = '', ...rest] = pattern.split('*');
	if (!model.startsWith(first)) return false;
	let at = first.length;
	const last = rest.pop() ?? '';
	for (const part of rest) {
		const found = model.indexOf(part, at);
		if (found < 0) return false;
		at = found + part.length;
	}
	return model.length - last.length >= at && model.endsWith(last);
}

/** `$0.42`, `$12.30`, `$1,204`; what is less than a cent and not nothing is `<$0.01`. */
export function moneyWords(usd: number): string {
	if (usd > 0 && usd < 0.01) return '<$0.01';
	if (usd < 1000) return `$${usd.toFixed(2)}`;
	return `$${Math.round(usd).toLocaleString('en')}`;
}
