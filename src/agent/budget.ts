// What a conversation may use at most. Looked at before each request, so that it is exceeded by one.
import type { Usage } from '../models/model.ts';

export interface Budget {
	/** Tokens of all kinds together; null for as many as it takes. */
	readonly tokens: number | null;
}

export function tokensOf({ input, cacheRead, cacheWrite, output }: Usage): number {
	return input + cacheRead + cacheWrite + output;
}

/** Why nothing more may be asked; null where it may. */
export function exhausted({ tokens }: Budget, used: Usage): string | null {
	const all = tokensOf(used);
	if (tokens === null || all < tokens) return null;
	return `the budget is used up: ${all.toLocaleString('en')} of ${tokens.toLocaleString('en')} tokens`;
}
