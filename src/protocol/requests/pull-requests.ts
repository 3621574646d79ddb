// Pull requests: what one would bring, and what was done about it.
import * as z from 'zod/mini';
import type { PullPlan, PullStep } from '../pull.ts';
import { agent, object } from './fields.ts';

const branch = z.string().check(z.minLength(1), z.maxLength(1024));
/** A commit of an agent on a branch of a remote. */
const pushed = {
	...agent,
	commit: object,
	remote: z.string().check(z.minLength(1), z.maxLength(1024)),
	branch,
};

export const pullRequests = {
	/**
	 * What a pull request of it would bring and say, its commits published. Null of `include` is refused
	 * where there are uncommitted files; null of the others is as weir proposes.
	 */
	'pr.plan': z.object({
		...agent,
		base: z.nullable(branch),
		remote: z.nullable(z.string().check(z.maxLength(1024))),
		title: z.nullable(z.string().check(z.maxLength(8192))),
		body: z.nullable(z.string().check(z.maxLength(65_536))),
		include: z.nullable(z.enum(['committed', 'all'])),
	}),
	/** What a push over `theirs`, which the remote has, would be; null is a branch that it has not. */
	'pr.step': z.object({ ...pushed, theirs: z.nullable(object), force: z.boolean() }),
	/** It was pushed. */
	'pr.pushed': z.object({
		...pushed,
		old: z.nullable(object),
		forced: z.boolean(),
	}),
	/** There is a pull request of it; null of `number` where its address tells none. */
	'pr.opened': z.object({
		...pushed,
		url: z.string().check(z.maxLength(2048), z.regex(/^https?:\/\/[^\s\p{C}]+$/u)),
		number: z.nullable(z.int().check(z.minimum(1))),
		base: branch,
		found: z.boolean(),
	}),
} as const;

export interface PullResponses {
	'pr.plan': PullPlan;
	'pr.step': PullStep;
	'pr.pushed': Readonly<Record<string, never>>;
	'pr.opened': Readonly<Record<string, never>>;
}
