// What is recorded of what agents use, and of its limits.
import * as z from 'zod/mini';
import { agent } from '../fact.ts';
import { meters } from './limits.ts';

const count = z.int().check(z.minimum(0));
const limit = z.optional(z.nullable(z.number()));

/** Null: it is about all agents of a day. */
const whose = z.nullable(agent);

export const costEvents = {
	/** What the records of its CLI tell of replies that were not told before. */
	'usage.seen': z.object({
		agent,
		generation: z.int(),
		/** More than before, by the day of the replies and their model. */
		spent: z.readonly(
			z.array(
				z.object({
					day: z.string(),
					model: z.string(),
					replies: count,
					tokens: z.object({
						input: count,
						cacheRead: count,
						cacheWrite: count,
						longWrite: count,
						output: count,
						reasoning: count,
					}),
				}),
			),
		),
		/** Up to which byte each file has been told, and of when its last reply is. */
		marks: z.readonly(
			z.array(z.object({ file: z.string(), at: count, last: z.string() })),
		),
	}),
	/** Limits by the human's word, before those of the settings; null takes one away. */
	'budget.set': z.object({
		whose,
		/** The day that they hold for, where they are of a day. */
		day: z.nullable(z.string()),
		limits: z.object({ usd: limit, tokens: limit, hours: limit, tries: limit }),
	}),
	/** Four fifths of a limit are used. */
	'budget.warned': z.object({
		whose,
		day: z.nullable(z.string()),
		meter: z.enum(meters),
		used: z.number(),
		limit: z.number(),
	}),
	/** It goes on beyond its limits: an agent until its turn ends, a day until it is over. */
	'budget.lifted': z.object({ whose, day: z.nullable(z.string()) }),
} as const;
