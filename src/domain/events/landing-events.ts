// What is recorded of landings: what was merged, what became of the worktree then, conflicts and what
// resolves them.
import * as z from 'zod/mini';
import {
	agent,
	commit,
	effect,
	landing,
	outcome,
	refusalShape,
	snapshot,
} from '../fact.ts';
import { afterLanding, mergeStrategies } from '../settings.ts';

/** Files of a checkout that were edited while it followed its branch, and left as they are. */
const keptBack = z.optional(
	z.object({
		checkout: z.string(),
		files: z.readonly(z.array(z.string())),
		/** Those of them that the branch no longer has. */
		gone: z.optional(z.readonly(z.array(z.string()))),
	}),
);

const mergeStrategy = z.enum(mergeStrategies);

/** The work of another agent whose conflict was resolved in it; absent where there is none. */
const through = z.optional(z.object({ agent, candidate: commit }));

export const landingEvents = {
	/** What a person has resolved by hand in a worktree is to be committed, as theirs. */
	'conclude.asked': z.object({ effect, agent, message: z.string() }),
	'conclude.settled': z.object({ effect, agent, outcome: outcome(z.object({ commit })) }),
	/** Whose conflict an agent resolves has landed by itself: the agent goes, a snapshot stays. */
	'conflict.over': z.object({ agent, author: agent, landing }),
	'sync.asked': z.object({ effect, agent, base: z.string() }),
	'sync.settled': z.object({
		effect,
		agent,
		outcome: outcome(z.object({ files: z.readonly(z.array(z.string())) })),
	}),
	'merge.asked': z.object({
		effect,
		landing,
		agent,
		branch: z.string(),
		strategy: mergeStrategy,
		message: z.nullable(z.string()),
		include: z.enum(['committed', 'all']),
		/** Why it is to land whatever gates say; absent or null where they decide. */
		override: z.optional(z.nullable(z.string())),
		/** Files that gates judge by and that may differ from the base's; `gate:NAME` may be red by those. */
		accept: z.optional(z.readonly(z.array(z.string()))),
		/** What becomes of the worktree then; absent keeps it as it is. */
		after: z.optional(z.enum(afterLanding)),
		through,
	}),
	'merge.settled': z.object({
		effect,
		landing,
		outcome: outcome(
			z.discriminatedUnion('kind', [
				z.object({ kind: z.literal('landed') }),
				z.object({ kind: z.literal('conflicted') }),
			]),
		),
	}),
	'merge.landed': z.object({
		landing,
		agent,
		branch: z.string(),
		old: commit,
		new: commit,
		tree: commit,
		candidate: commit,
		strategy: mergeStrategy,
		subject: z.string(),
		files: z.int(),
		checkout: z.enum(['none', 'updated', 'pending']),
		kept: keptBack,
		through,
	}),
	'merge.refused': z.object({
		landing,
		agent,
		branch: z.string(),
		refusal: refusalShape,
	}),
	'merge.conflicted': z.object({
		landing,
		agent,
		branch: z.string(),
		files: z.readonly(z.array(z.string())),
	}),
	/** What landed stands in the base: its worktree goes there, or goes. */
	'after.asked': z.object({
		effect,
		agent,
		landing,
		how: z.enum(['reset', 'remove']),
		/** Of what stands there before it is set on the base. */
		snapshot,
	}),
	'after.settled': z.object({
		effect,
		agent,
		landing,
		how: z.enum(['reset', 'remove']),
		snapshot,
		/** The commit of the snapshot; null where a removal follows, which takes its own. */
		outcome: outcome(z.object({ commit: z.nullable(commit) })),
	}),
	'undo.asked': z.object({ effect, landing, revert: z.boolean() }),
	'undo.settled': z.object({
		effect,
		landing,
		outcome: outcome(
			z.object({
				how: z.enum(['moved-back', 'reverted']),
				old: commit,
				new: commit,
				kept: keptBack,
			}),
		),
	}),
	'merge.undone': z.object({
		landing,
		branch: z.string(),
		how: z.enum(['moved-back', 'reverted']),
		old: commit,
		new: commit,
		kept: keptBack,
	}),
} as const;
