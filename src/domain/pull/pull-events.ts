// What is recorded of pushes and pull requests: what left the machine, and where it is talked about.
import * as z from 'zod/mini';
import { agent, commit } from '../fact.ts';

const place = { agent, remote: z.string(), branch: z.string(), commit };

export const pullEvents = {
	/** Commits of it are on the remote; `old` is what was there before. */
	'pr.pushed': z.object({ ...place, old: z.nullable(z.string()), forced: z.boolean() }),
	/** A pull request of it is there: made by weir, or found. */
	'pr.opened': z.object({
		...place,
		url: z.string(),
		number: z.nullable(z.int()),
		base: z.string(),
		found: z.boolean(),
	}),
} as const;
