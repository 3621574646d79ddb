// What is recorded of reviews: which files were read, and what was said of their lines.
import * as z from 'zod/mini';
import type { AgentId, CommentId, MessageId } from '../ids.ts';

const id = <T extends string>() =>
	z.custom<T>((value) => typeof value === 'string', 'expected a text');
const agent = id<AgentId>();
const comment = id<CommentId>();

/** Of the old side, or of the new one, which stands there now. */
export const commentSides = ['old', 'new'] as const;

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
	'comment.dropped': z.object({ agent, comment }),
	/** They go to the agent in one message. */
	'comments.sent': z.object({
		agent,
		comments: z.readonly(z.array(comment)),
		message: id<MessageId>(),
	}),
} as const;
