// What is recorded of what agents are told.
import * as z from 'zod/mini';
import { agent, done, effect, generation, message } from '../fact.ts';

export const messageEvents = {
	'prompt.asked': z.object({
		effect,
		agent,
		generation,
		text: z.string(),
		/** The message that it is a part of. */
		message: z.optional(message),
	}),
	'prompt.settled': z.object({
		effect,
		agent,
		outcome: done,
		message: z.optional(message),
	}),
	/** The human says something to several agents; each gets it when it is idle. */
	'message.queued': z.object({
		message,
		agents: z.readonly(z.array(agent)),
		text: z.string(),
	}),
	/** Those that have not got it do not get it. */
	'message.recalled': z.object({ message }),
} as const;
