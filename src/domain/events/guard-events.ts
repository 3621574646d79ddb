// What is recorded of what agents may write, and of what they wrote beside it.
import * as z from 'zod/mini';
import { denialLayers } from '../denial.ts';
import { agent, effect, generation, outcome, patterns, question } from '../fact.ts';
import { trespassPolicies } from '../guard.ts';

export const guardEvents = {
	/** The human lets it write more than before. */
	'scope.widened': z.object({
		agent,
		patterns,
		why: z.string(),
		/** The question of the agent that was answered by it. */
		request: z.nullable(question),
	}),
	/** Somebody wrote outside the scope of an agent, in its worktree. */
	'trespass.found': z.object({
		agent,
		generation,
		paths: z.readonly(
			z.array(
				z.object({ path: z.string(), how: z.enum(['created', 'changed', 'deleted']) }),
			),
		),
		/** Others beside them, only counted. */
		more: z.int(),
		/** What is done about it. */
		policy: z.enum(trespassPolicies),
	}),
	/** Copies are kept of what stands outside, and with `restore` it is put back. */
	'redress.asked': z.object({
		effect,
		agent,
		how: z.enum(['quarantine', 'restore']),
		/** Null is all that stands outside. */
		paths: z.nullable(z.readonly(z.array(z.string()))),
		/** Its program was stopped for it and goes on then. */
		resume: z.boolean(),
	}),
	'redress.settled': z.object({
		effect,
		agent,
		outcome: outcome(
			z.object({
				/** The folder with the copies; null where there was nothing to copy. */
				kept: z.nullable(z.string()),
				files: z.int(),
				/** What was left as it is, and why. */
				left: z.readonly(z.array(z.object({ path: z.string(), why: z.string() }))),
				/** Folders with older copies that had to go. */
				dropped: z.int(),
			}),
		),
	}),
	/** These are as weir left them again. */
	'trespass.cleared': z.object({
		agent,
		paths: z.readonly(z.array(z.string())),
		/** How many that were only counted are left. */
		more: z.int(),
	}),
	/** A write was refused before it happened. */
	'write.denied': z.object({
		agent,
		generation,
		/** From its worktree on, or absolute where it lies outside of that. */
		path: z.string(),
		layer: z.enum(denialLayers),
		/** What wanted to write: a tool of its CLI, or a verb. */
		tool: z.string(),
		/** How many this stands for: of a path that is tried without end not each is told. */
		times: z.int(),
	}),
	/** Its program runs, and what holds it is to know of the wider scope. */
	'widen.asked': z.object({ effect, agent, generation }),
	'widen.settled': z.object({
		effect,
		agent,
		generation,
		outcome: outcome(z.object({ loose: z.int() })),
	}),
} as const;
