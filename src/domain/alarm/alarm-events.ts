// What is recorded of gates on the branches where landings go, and of alarms.
import * as z from 'zod/mini';
import { alarm, commit, effect, landing, outcome } from '../fact.ts';
import { verdictWords } from '../gates/verdict.ts';
import { verdict } from '../gates/verdict-shape.ts';

const branch = z.string();
const gate = z.string();
const name = z.string();

const said = z.object({ commit, word: z.enum(verdictWords) });

const failure = z.object({
	name: z.nullable(z.string()),
	file: z.nullable(z.string()),
	line: z.nullable(z.int()),
	message: z.string(),
});

/** What one gate says of the files of a branch. */
const baseVerdict = z.object({
	gate,
	definition: z.string(),
	/** Null where it could not be run at all. */
	verdict: z.nullable(verdict),
	/** Why it could not. */
	fault: z.nullable(z.string()),
	/** The first thing that it found; null where it is not red, or could not be read. */
	failure: z.nullable(failure),
	/** What it says of the branch as it was before; null where it was not asked, or could not be. */
	before: z.nullable(said),
});

/** A move of the branch by others, as git tells it. */
const foreignMove = z.object({
	commit,
	commits: z.nullable(z.int()),
	subject: z.nullable(z.string()),
});

const cause = z.discriminatedUnion('by', [
	z.object({ by: z.literal('landing'), landing, name, subject: z.string() }),
	z.object({ by: z.literal('undo'), landing, name }),
	z.object({
		by: z.literal('others'),
		old: z.nullable(commit),
		new: commit,
		commits: z.nullable(z.int()),
		subject: z.nullable(z.string()),
	}),
]);

export const alarmEvents = {
	/** The gates of landings are to say of a branch, as it is now, whether it is good. */
	'base-gates.asked': z.object({
		effect,
		branch,
		commit,
		/** Where it was before, as far as is known: asked of a gate that is red. */
		before: z.nullable(commit),
		/** A digest of the gates that were set. */
		by: z.string(),
		/** What was said of that tree before does not count. */
		anew: z.boolean(),
	}),
	'base-gates.settled': z.object({
		effect,
		branch,
		commit,
		by: z.string(),
		outcome: outcome(
			z.object({
				tree: z.string(),
				gates: z.readonly(z.array(baseVerdict)),
				others: z.readonly(z.array(foreignMove)),
			}),
		),
	}),
	/** A gate is red on the branch, and was not before. */
	'alarm.raised': z.object({
		alarm,
		branch,
		gate,
		commit,
		key: z.string(),
		failures: z.nullable(z.int()),
		first: z.nullable(z.string()),
		failure: z.nullable(failure),
		before: z.nullable(said),
		causes: z.readonly(z.array(cause)),
		more: z.int(),
	}),
	/** The human knows of it. */
	'alarm.acknowledged': z.object({ alarm }),
	/** The gate is green there again, or landings do not ask for it any more. */
	'alarm.cleared': z.object({
		alarm,
		branch,
		gate,
		why: z.enum(['green', 'dropped']),
	}),
} as const;
