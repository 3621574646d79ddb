// What is recorded of the repository and of weir itself: its supervisor, its settings, what others moved.
import * as z from 'zod/mini';
import { commit } from '../fact.ts';
import { type Settings } from '../settings.ts';

export const repositoryEvents = {
	'supervisor.started': z.object({
		pid: z.int(),
		version: z.string(),
		bootId: z.string(),
		/** Whether the repository takes names that differ in case alone for one; absent is no. */
		ignoresCase: z.optional(z.boolean()),
	}),
	'supervisor.stopped': z.object({ reason: z.string() }),
	'settings.loaded': z.object({
		hash: z.nullable(z.string()),
		trusted: z.boolean(),
		settings: z.custom<Settings>(
			(value) => typeof value === 'object' && value !== null,
			'expected a mapping of keys to values',
		),
	}),
	'settings.refused': z.object({
		problems: z.readonly(
			z.array(
				z.object({
					file: z.string(),
					line: z.int(),
					column: z.int(),
					message: z.string(),
				}),
			),
		),
	}),
	'trust.granted': z.object({ hash: z.string(), files: z.readonly(z.array(z.string())) }),
	'base.moved.by-others': z.object({
		ref: z.string(),
		old: z.nullable(commit),
		new: z.nullable(commit),
	}),
	/** A ref that weir alone moves: of an agent's commits, or below `refs/weir`. */
	'ref.moved.by-others': z.object({
		ref: z.string(),
		old: z.nullable(commit),
		new: z.nullable(commit),
	}),
	/** Somebody else wrote into the journal: events, which were put aside, or with none what it said. */
	'journal.changed.by-others': z.object({ added: z.int() }),
} as const;
