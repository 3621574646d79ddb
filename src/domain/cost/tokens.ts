// Tokens by kind, as models charge for them.

export interface Tokens {
	/** Read anew: what came out of a cache is apart. */
	readonly input: number;
	readonly cacheRead: number;
	/** Read anew, and put into a cache; `longWrite` of them for an hour, which costs more. */
	readonly cacheWrite: number;
	readonly longWrite: number;
	/** Written; `reasoning` of them to itself, where that is told. */
	readonly output: number;
	readonly reasoning: number;
}

export const noTokens: Tokens = {
	input: 0,
	cacheRead: 0,
	cacheWrite: 0,
	longWrite: 0,
	output: 0,
	reasoning: 0,
};

export function addTokens(one: Tokens, other: Tokens): Tokens {
	return byKind((kind) => one[kind] + other[kind]);
}

/** What of one is beyond the other, kind by kind. */
export function beyondTokens(one: Tokens, other: Tokens): Tokens {
	return byKind((kind) => Math.max(0, one[kind] - other[kind]));
}

function byKind(count: (kind: keyof Tokens) => number): Tokens {
	return {
		input: count('input'),
		cacheRead: count('cacheRead'),
		cacheWrite: count('cacheWrite'),
		longWrite: count('longWrite'),
		output: count('output'),
		reasoning: count('reasoning'),
	};
}

/**
 * What a limit counts: a conversation reads all of itself out of the cache for each reply, which tells
 * nothing of how much was done.
 */
export function freshTokens({ input, cacheWrite, output }: Tokens): number {
	return input + cacheWrite + output;
}

/** `950`, `12.3k`, `4.1M`. */
export function tokenWords(count: number): string {
	if (count < 1000) return String(Math.round(count));
	const [unit, divisor] = count < 999_500 ? (['k', 1e3] as const) : (['M', 1e6] as const);
	const scaled = count / divisor;
	return `${scaled < 100 ? scaled.toFixed(1).replace(/\.0$/, '') : Math.round(scaled)}${unit}`;
}
