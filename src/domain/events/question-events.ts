// What is recorded of questions of agents and of the answers to them.
import * as z from 'zod/mini';
import { meters } from '../cost/limits.ts';
import { agent, done, effect, generation, patterns, question } from '../fact.ts';

/** An answer that may be given; `free` takes words of one's own beside it. */
export const choice = z.object({
	key: z.string(),
	label: z.string(),
	free: z.boolean(),
});
export type Choice = z.infer<typeof choice>;

/** How the answer reaches who asked. */
export const questionVia = z.discriminatedUnion('kind', [
	/** `weir ask` waits for it. */
	z.object({ kind: z.literal('verb') }),
	/** A hook of the agent's CLI waits for it. */
	z.object({ kind: z.literal('hook') }),
	/** Keys are typed by choice, if the screen still has this hash. */
	z.object({
		kind: z.literal('screen'),
		hash: z.string(),
		keys: z.record(z.string(), z.string()),
		/** What takes a choice, where its keys only move the mark to it. */
		enter: z.optional(z.string()),
		/** The lines on which its words stand, counted from the first that was printed; the prompt is the last. */
		at: z.optional(z.readonly(z.array(z.int()))),
	}),
	/** weir itself asks, which stopped its program for a write outside its scope, and carries it out. */
	z.object({ kind: z.literal('guard') }),
	/** weir itself asks, which paused its program since a limit is used up. */
	z.object({
		kind: z.literal('budget'),
		of: z.enum(['agent', 'day']),
		meter: z.enum(meters),
		limit: z.number(),
		/** What the limit becomes where it is raised and nothing else is said. */
		raised: z.number(),
	}),
	/** It cannot be answered but in the pane. */
	z.object({ kind: z.literal('pane') }),
]);

/** What an agent wants to know, or to be allowed. */
export const questionShape = z.object({
	/** To be allowed something, or to know something. */
	wants: z.enum(['approval', 'answer']),
	/** Its very words. */
	text: z.string(),
	/** The command, the file or what else it is about. */
	detail: z.nullable(z.string()),
	choices: z.readonly(z.array(choice)),
	via: questionVia,
	/** Patterns that it asks to be allowed: a yes widens its scope by them. */
	scope: z.optional(patterns),
});
export type QuestionShape = z.infer<typeof questionShape>;

export const questionEvents = {
	'question.opened': z.object({
		question,
		agent,
		generation,
		...questionShape.shape,
	}),
	/** What the human said. It has not reached the agent yet. */
	'question.answered': z.object({
		question,
		choice: z.nullable(z.string()),
		text: z.nullable(z.string()),
	}),
	'question.closed': z.object({
		question,
		/**
		 * The answer reached the agent; nobody waits any longer; its program ended; it waited for too
		 * long; something else is asked in its place.
		 */
		reason: z.enum(['delivered', 'gone', 'ended', 'timeout', 'replaced']),
	}),
	'answer.asked': z.object({ effect, agent, generation, question }),
	'answer.settled': z.object({ effect, agent, question, outcome: done }),
	/** An item of the inbox is not to be seen until then; null brings it back. */
	'inbox.snoozed': z.object({ item: z.string(), until: z.nullable(z.string()) }),
} as const;
