// What lands, in which order, what is in its way, and how it is taken back.
import * as z from 'zod/mini';
import type { AfterLanded } from '../../domain/after-words.ts';
import type { LandingId } from '../../domain/ids.ts';
import type { KeptBack } from '../../domain/kept-back.ts';
import { afterLanding, mergeStrategies } from '../../domain/settings.ts';
import type { ByHandJson } from '../by-hand.ts';
import type { MergePreview } from '../merge-preview.ts';
import type { QueueEntryJson } from '../queue.ts';
import type { AgentJson } from '../status.ts';
import { agent, environment, name, nothing, size, wait } from './fields.ts';

const agents = z.array(name).check(z.minLength(1), z.maxLength(200));
const toTakeBack = { landing: z.nullable(z.string()), revert: z.boolean() };

export const landingRequests = {
	'merge.preview': z.object({ ...agent, into: z.nullable(z.string()) }),
	merge: z.object({
		...agent,
		...wait,
		into: z.nullable(z.string()),
		strategy: z.nullable(z.enum(mergeStrategies)),
		message: z.nullable(z.string().check(z.maxLength(65_536))),
		include: z.enum(['committed', 'all']),
		/** Why it is to land whatever gates say. */
		override: z.optional(z.nullable(z.string().check(z.maxLength(8192)))),
		/** What gates judge by and the work may change: paths, `gate:NAME`, or `all`. */
		accept: z.optional(
			z.array(z.string().check(z.maxLength(4096))).check(z.maxLength(1000)),
		),
		/** What becomes of the worktree then; absent or null is as the settings say. */
		after: z.optional(z.nullable(z.enum(afterLanding))),
	}),
	/** All that waits to land. */
	queue: nothing,
	/** They are not to land before they are released. */
	'queue.hold': z.object({
		agents,
		why: z.nullable(z.string().check(z.maxLength(8192))),
	}),
	'queue.release': z.object({ agents }),
	/** It lands before or after another one, or all others. */
	'queue.move': z.object({
		...agent,
		place: z.discriminatedUnion('kind', [
			z.object({ kind: z.enum(['first', 'last']) }),
			z.object({ kind: z.enum(['before', 'after']), other: name }),
		]),
	}),
	/** Brings the base into the agent's worktree with its conflicts and tells the agent. */
	'hand-off': z.object({ ...agent, ...wait, into: z.nullable(z.string()) }),
	/**
	 * A conflict is resolved in a worktree of its own, which is in the middle of the merge: by a new agent
	 * of the kind or command, or by hand.
	 */
	resolve: z.object({
		...agent,
		...wait,
		into: z.nullable(z.string()),
		by: z.enum(['agent', 'hand']),
		include: z.enum(['committed', 'all']),
		kind: z.nullable(z.string()),
		argv: z.nullable(z.array(z.string()).check(z.minLength(1))),
		env: environment,
		...size,
	}),
	/** What is left of the conflict of an agent that is resolved by hand; null where none is. */
	conflict: z.object(agent),
	/** What its base has of a path in conflict, or the agent, or what stands there, resolves it. */
	'conflict.take': z.object({
		...agent,
		path: z.string().check(z.minLength(1), z.maxLength(4096)),
		side: z.enum(['base', 'agent', 'here']),
	}),
	/** Commits what was resolved. */
	'conflict.conclude': z.object(agent),
	/** With `revert`, lands the opposite where others have built on the landing. */
	undo: z.object({ ...wait, ...toTakeBack }),
	/** Refused as `undo` would be; nothing is done. */
	'undo.preview': z.object(toTakeBack),
} as const;

interface QueueAnswer {
	readonly queue: readonly QueueEntryJson[];
}

export interface LandingResponses {
	'merge.preview': MergePreview;
	merge: {
		readonly landing: LandingId;
		readonly phase: 'asked' | 'landed' | 'conflicted';
		readonly old: string | null;
		readonly new: string | null;
		readonly files: readonly string[];
		readonly checkout: 'none' | 'updated' | 'pending' | null;
		/** Files of that checkout that were edited meanwhile and left as they are. */
		readonly kept: KeptBack | null;
		/** Whose work has landed with it, its conflict being resolved there; null for its own alone. */
		readonly with: string | null;
		/** Who was there for its conflict and goes, since nothing is left to resolve. */
		readonly needless: readonly string[];
		/** What became of the worktree, or why it stays as it is; null where it was to be kept. */
		readonly after: AfterLanded | null;
	};
	queue: QueueAnswer;
	'queue.hold': QueueAnswer;
	'queue.release': QueueAnswer;
	'queue.move': QueueAnswer;
	/** The files in conflict, and whether the agent was told to resolve it. */
	'hand-off': { readonly files: readonly string[]; readonly told: boolean };
	/** The new agent, the files in conflict, and whether it is told what to do. */
	resolve: {
		readonly agent: AgentJson;
		readonly files: readonly string[];
		readonly told: boolean;
	};
	conflict: { readonly byHand: ByHandJson | null };
	'conflict.take': ByHandJson;
	'conflict.conclude': ByHandJson;
	/** Files of a checkout that were edited meanwhile and left as they are. */
	undo: { readonly undone: string; readonly kept: KeptBack | null };
	/** The step, and what becomes of it, in words. */
	'undo.preview': { readonly step: string; readonly fate: string };
}
