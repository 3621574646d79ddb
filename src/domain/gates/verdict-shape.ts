// What a gate said of one tree, as the journal has it.
import * as z from 'zod/mini';
import { verdictWords } from './verdict.ts';

export const verdict = z.object({
	key: z.string(),
	tree: z.string(),
	word: z.enum(verdictWords),
	exit: z.nullable(z.int()),
	signal: z.nullable(z.string()),
	why: z.nullable(z.string()),
	failures: z.nullable(z.int()),
	first: z.nullable(z.string()),
	flaky: z.boolean(),
	took: z.number(),
	at: z.string(),
});
