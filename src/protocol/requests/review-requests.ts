// What an agent changed, read and commented hunk by hunk.
import * as z from 'zod/mini';
import type { CommentId } from '../../domain/ids.ts';
import type { HunkPlace } from '../../domain/review/hunk.ts';
import { commentSides } from '../../domain/review/review-events.ts';
import type { DiffJson } from '../merge-preview.ts';
import type { HunksJson, ReviewJson } from '../review.ts';
import { agent, name, object } from './fields.ts';

/** A file as it is on one side of a review. */
const side = z.nullable(z.object({ mode: z.string().check(z.maxLength(8)), object }));

/** A line of a file, and the comment on it that is meant; null is a new one. */
const ofLine = {
	...agent,
	comment: z.nullable(z.string().check(z.maxLength(64))),
	path: name,
	side: z.enum(commentSides),
	line: z.int().check(z.minimum(1)),
};

export const reviewRequests = {
	diff: z.object({ ...agent, stat: z.boolean() }),
	/** Which files it changes, committed or not, against where its work began. */
	review: z.object(agent),
	/** What differs between two contents of a file, as `review` names them; null is none. */
	'review.hunks': z.object({ old: z.nullable(object), new: z.nullable(object) }),
	/** Which hunks of a file its agent has committed or staged. */
	'review.places': z.object({ ...agent, path: name, old: side, new: side }),
	/** A file was read with these contents, in short; null: it is to be read again. */
	'review.view': z.object({
		...agent,
		path: name,
		contents: z.nullable(z.string().check(z.maxLength(100))),
	}),
	/** Says something of a line; of a comment that is named, otherwise. */
	'review.comment': z.object({
		...ofLine,
		/** The line; null is looked up. */
		quote: z.nullable(z.string().check(z.maxLength(4096))),
		text: z.string().check(z.maxLength(8192)),
	}),
	/** Keeps what was begun there for whoever goes on with it; without words it is forgotten. */
	'review.begin': z.object({
		...ofLine,
		quote: z.string().check(z.maxLength(4096)),
		text: z.string().check(z.maxLength(8192)),
	}),
	'review.drop': z.object({ ...agent, comment: z.string().check(z.maxLength(64)) }),
	/** Takes a hunk back, by its first lines, where the file still is what it was compared as. */
	'review.discard': z.object({
		...agent,
		path: name,
		stands: side,
		base: side,
		hunk: z.object({ old: z.int(), new: z.int() }),
	}),
	/** Puts into the agent's own index what that lacks of a hunk. */
	'review.stage': z.object({
		...agent,
		path: name,
		old: side,
		new: side,
		hunk: z.object({ old: z.int(), new: z.int() }),
	}),
	/** All comments that it does not have go to the agent in one message, once it is idle. */
	'review.send': z.object(agent),
} as const;

export interface ReviewResponses {
	diff: DiffJson;
	review: ReviewJson;
	'review.hunks': HunksJson;
	/** In the order of the hunks; null where that cannot be told. */
	'review.places': { readonly places: readonly HunkPlace[] | null };
	'review.view': Record<string, never>;
	'review.comment': { readonly comment: CommentId };
	'review.begin': Record<string, never>;
	'review.drop': Record<string, never>;
	'review.discard': Record<string, never>;
	'review.stage': Record<string, never>;
	'review.send': { readonly comments: number };
}
