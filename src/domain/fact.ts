// Small shapes that many events share.
import * as z from 'zod/mini';
import { stateWords } from './state-words.ts';

export const refusalShape = z.object({
	code: z.string(),
	message: z.string(),
	allow: z.optional(z.string()),
});

export const processIdentity = z.object({
	pid: z.int(),
	startTime: z.string(),
	bootId: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentity>;

/** `exit` by itself, `stopped` by us, `lost` with its holder or its machine. */
export const exitCause = z.enum(['exit', 'stopped', 'lost']);
export type ExitCause = z.infer<typeof exitCause>;

export const agentStateWord = z.enum(stateWords);
