// What is recorded of reviews: which files were read, and what was said of their lines.
import * as z from 'zod/mini';
import { agent, comment, effect, message, outcome, snapshot } from '../fact.ts';

/** Of the old side, or of the new one, which stands there now. */
export const commentSides = ['old', 'new'] as const;

/** What git calls a file's mode and content; null is no file. */
const side = z.nullable(z.object({ mode: z.string(), object: z.string() }));

export const reviewEvents = {
	/** A file was read as it stands, its contents in short; null: it is to be read again. */
	'file.viewed': z.object({ agent, path: z.string(), contents: z.nullable(z.string()) }),
	/** Something is said of a line, or said otherwise. */
	'comment.written': z.object({
		agent,
		comment,
		path: z.string(),
		side: z.enum(commentSides),
		line: z.int(),
		quote: z.string(),
		text: z.string(),
	}),
	/** What somebody began to say of a line, or to say otherwise; without words there is no more of it. */
	'comment.begun': z.object({
		agent,
		comment: z.nullable(comment),
		path: z.string(),
		side: z.enum(commentSides),
		line: z.int(),
		quote: z.string(),
		text: z.string(),
	}),
	'comment.dropped': z.object({ agent, comment }),
	/** They go to the agent in one message. */
	'comments.sent': z.object({
		agent,
		comments: z.readonly(z.array(comment)),
		message,
	}),
	/** A hunk of its work is to be taken back in its worktree, after a snapshot. */
	'discard.asked': z.object({
		effect,
		agent,
		snapshot,
		path: z.string(),
		/** What stands there, and what is to come back; of that, null takes all and not a hunk. */
		stands: side,
		base: side,
		hunk: z.nullable(z.object({ old: z.int(), new: z.int() })),
	}),
	'discard.settled': z.object({
		effect,
		agent,
		path: z.string(),
		/** It was put back; null where it was discarded. */
		back: z.nullable(z.object({ before: side, after: side })),
		outcome: outcome(z.object({ before: side, after: side })),
	}),
} as const;
