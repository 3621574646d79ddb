// What is recorded of an agent's worktree: made, kept as snapshots, published, removed and brought back.
import * as z from 'zod/mini';
import { agent, commit, done, effect, outcome, snapshot } from '../fact.ts';
import { afterStop } from './after-stop.ts';

export const worktreeEvents = {
	'worktree.asked': z.object({ effect, agent }),
	'worktree.settled': z.object({ effect, agent, outcome: done }),
	'snapshot.asked': z.object({
		effect,
		agent,
		snapshot,
		reason: z.string(),
		next: z.discriminatedUnion('kind', [
			z.object({ kind: z.literal('nothing') }),
			z.object({ kind: z.literal('stop'), next: afterStop }),
			z.object({ kind: z.literal('remove') }),
		]),
	}),
	'snapshot.settled': z.object({
		effect,
		agent,
		snapshot,
		outcome: outcome(z.object({ commit, files: z.int() })),
	}),
	'snapshots.dropped': z.object({
		snapshots: z.readonly(z.array(z.object({ snapshot, commit }))),
	}),
	'publish.asked': z.object({ effect, agent }),
	'publish.settled': z.object({
		effect,
		agent,
		outcome: outcome(z.object({ old: z.nullable(commit), new: commit })),
	}),
	'remove.asked': z.object({
		effect,
		agent,
		snapshot: z.nullable(snapshot),
		commit: z.nullable(commit),
	}),
	'remove.settled': z.object({
		effect,
		agent,
		/** With what went wrong in the user's teardown. */
		outcome: outcome(z.object({ teardown: z.optional(z.string()) })),
	}),
	/** Path and branch are others than before where another agent has those by now. */
	'restore.asked': z.object({
		effect,
		agent,
		snapshot,
		commit,
		path: z.string(),
		branch: z.string(),
	}),
	'restore.settled': z.object({ effect, agent, outcome: done }),
} as const;
