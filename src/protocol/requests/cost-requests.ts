// What agents used, and their limits.
import * as z from 'zod/mini';
import type { BudgetJson, CostsJson } from '../cost.ts';
import { name } from './fields.ts';

const limit = z.optional(z.nullable(z.number().check(z.positive(), z.maximum(1e12))));

export const costRequests = {
	/** What agents used, of one or of all, from a day on. */
	cost: z.object({
		agent: z.nullable(name),
		since: z.nullable(z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/))),
	}),
	/** The limits of one agent, or of all and of today. */
	budget: z.object({ agent: z.nullable(name) }),
	/** Limits of an agent, or with null of today; null of a limit is none, absent leaves it. */
	'budget.set': z.object({
		agent: z.nullable(name),
		limits: z.object({ usd: limit, tokens: limit, hours: limit, tries: limit }),
	}),
} as const;

export interface CostResponses {
	cost: CostsJson;
	budget: { readonly day: string; readonly budgets: readonly BudgetJson[] };
	'budget.set': CostResponses['budget'];
}
