// What a settings file may hold, as a schema. Apart from the settings themselves: whoever only has
// them needs no schemas.

import * as z from 'zod/mini';
import { usageFormats } from './agent-kinds.ts';
import { gateFormats } from './gates/format.ts';
import { gateMoments } from './gates/gate.ts';
import { guardModes, guardSockets, trespassPolicies } from './guard.ts';
import { isMessageTemplate } from './message-template.ts';
import { notifyWays } from './notify-way.ts';
import { isQuietRange } from './quiet-hours.ts';
import { isThemeName, themeNames } from './theme-names.ts';

const command = z.union([
	z.string().check(z.minLength(1)),
	z.array(z.string()).check(z.minLength(1)),
]);
const relativePattern = z.string().check(
	z.minLength(1),
	z.maxLength(512),
	z.refine((text) => !text.startsWith('/') && !text.split('/').includes('..'), {
		message: 'must be a path inside the repository, without ".."',
	}),
);

/** Whether there is such a CLI is known above. */
export const likeName = z.string().check(z.minLength(1));

const agentKind = z.strictObject({
	/** The program and its first arguments. */
	command: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
	/** First signals of a stop; KILL always comes last. */
	stop: z.optional(
		z.array(z.enum(['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGQUIT'])).check(z.maxLength(4)),
	),
	/** `on-failure` starts it again after a crash, with back-off. */
	restart: z.optional(z.enum(['never', 'on-failure'])),
	/** How it gets a prompt: as its last argument, as a line, as a shell comment, or not at all. */
	prompt: z.optional(z.enum(['argument', 'line', 'comment', 'none'])),
	/** The CLI whose ways it has: its start, hooks, resume and rules. */
	like: z.optional(likeName),
	/**
	 * The command that goes on with a conversation. `{conversation}` stands for its name: one that weir
	 * gave it where the command has it as well; without it, it is the last one.
	 */
	resume: z.optional(z.array(z.string().check(z.minLength(1))).check(z.minLength(1))),
	/** A file of rules by which its screen is read, by its name without `.yaml`. */
	rules: z.optional(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/))),
	/** Where it records what its replies used, in the words of a CLI or in weir's own. */
	usage: z.optional(
		z.strictObject({
			format: z.enum(usageFormats),
			/** A path below its worktree or `~/`; `*` is any part of a name, `**` any folders. */
			files: z.string().check(
				z.minLength(1),
				z.maxLength(512),
				z.refine((text) => !text.startsWith('/') && !text.split('/').includes('..'), {
					message: 'must be a path below the worktree or ~/, without ".."',
				}),
			),
		}),
	),
});

const dollars = z.number().check(z.minimum(0), z.maximum(100_000));
/** In US dollars for a million tokens; what is not said costs what `input` does. */
const price = z.strictObject({
	input: dollars,
	output: dollars,
	cache_read: z.optional(dollars),
	cache_write: z.optional(dollars),
	cache_write_hour: z.optional(dollars),
});

const some = z.number().check(z.positive(), z.maximum(1e12));
const many = z.int().check(z.minimum(1), z.maximum(1e12));

const gate = z.union([
	command,
	z.strictObject({
		run: command,
		/** From when on it runs by itself: when files settle, at `weir done`, at a landing, or never. */
		when: z.optional(z.enum(gateMoments)),
		/** In seconds. */
		timeout: z.optional(z.int().check(z.minimum(1), z.maximum(86_400))),
		/** How its output is read; the exit code alone decides. */
		parse: z.optional(z.enum(gateFormats)),
		/** A file that it writes its report to; a list of them, or patterns such as `out/*.xml`. */
		report: z.optional(
			z.union([relativePattern, z.array(relativePattern).check(z.maxLength(20))]),
		),
		/** How often it runs again on the same tree when it is red. */
		retries: z.optional(z.int().check(z.minimum(0), z.maximum(5))),
		/** How often its agent is told by itself what is newly red, until it is green again. */
		tell: z.optional(z.int().check(z.minimum(0), z.maximum(20))),
		/** How many slots it takes. */
		weight: z.optional(z.int().check(z.minimum(1), z.maximum(64))),
		/** Variables whose values decide what it says. */
		env: z.optional(
			z
				.array(z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/)))
				.check(z.maxLength(50)),
		),
		/** Files by which it judges, beside known configurations of tools: who changes them is told. */
		config: z.optional(z.array(relativePattern).check(z.maxLength(100))),
	}),
]);

/** One settings file. Every key is optional: files are merged, later ones win. */
export const settingsFile = z.strictObject({
	base: z.optional(z.string().check(z.minLength(1))),
	branch: z.optional(
		z.strictObject({
			prefix: z.optional(z.string().check(z.regex(/^[a-z0-9][a-z0-9/_-]*$/))),
		}),
	),
	worktree: z.optional(
		z.strictObject({
			/** `~/` is the user's home; a relative path begins at the main checkout. */
			root: z.optional(z.string().check(z.minLength(1))),
			copy: z.optional(z.array(relativePattern).check(z.maxLength(200))),
			link: z.optional(z.array(relativePattern).check(z.maxLength(50))),
			link_by: z.optional(z.enum(['reflink', 'hardlink', 'symlink'])),
			setup: z.optional(command),
			teardown: z.optional(command),
			ports: z.optional(
				z.strictObject({
					from: z.optional(z.int().check(z.minimum(1024), z.maximum(65_000))),
					each: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
				}),
			),
		}),
	),
	holder: z.optional(
		z.strictObject({ agents: z.optional(z.int().check(z.minimum(1), z.maximum(64))) }),
	),
	agents: z.optional(
		z.record(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/)), agentKind),
	),
	default_agent: z.optional(z.string()),
	/** How agents are held to their scope. Later files may only tighten it; one word is its mode. */
	guard: z.optional(
		z.union([
			z.enum(guardModes),
			z.strictObject({
				/** `require` starts nothing that the system does not hold, `detect` holds nothing back. */
				mode: z.optional(z.enum(guardModes)),
				/** What is done about a write outside the scope. */
				on_write: z.optional(z.enum(trespassPolicies)),
				/** Patterns of what builds make: writes there are not told, and do not land. */
				noise: z.optional(z.array(z.string()).check(z.maxLength(100))),
				/** Folders outside that agents may write: caches of tools. Only in your own settings. */
				caches: z.optional(
					z.array(z.string().check(z.minLength(1))).check(z.maxLength(50)),
				),
				/** Services of yours that agents may reach. Only in your own settings. */
				sockets: z.optional(z.array(z.enum(guardSockets))),
			}),
		]),
	),
	/** Commands that say of an agent's work whether it is good, by name; one text or list is the command. */
	gates: z.optional(z.record(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,23}$/)), gate)),
	/** How many gates run at a time, by their weight. */
	gate_slots: z.optional(z.int().check(z.minimum(1), z.maximum(64))),
	land: z.optional(
		z.strictObject({
			/** One commit of all, a merge with the commits below it, or each commit anew on top of the base. */
			strategy: z.optional(z.enum(['squash', 'merge', 'rebase'])),
			sign: z.optional(z.boolean()),
			/** What gates have to say of the merged files; the weaker one only in your own settings. */
			require: z.optional(z.enum(['no-new-failures', 'green'])),
			/** What becomes of the agent's worktree then: as it is, set on the new base, or removed. */
			after: z.optional(z.enum(['keep', 'reset', 'remove'])),
			/** What a landing's message says: {agent}, {subject}, {commits}, {message}. */
			message: z.optional(
				z.string().check(
					z.minLength(1),
					z.maxLength(4000),
					z.refine(isMessageTemplate, {
						message: 'knows {agent}, {subject}, {commits} and {message} in braces',
					}),
				),
			),
		}),
	),
	/** How much an agent may use before it is paused and you are asked. Later files may only lower it. */
	budget: z.optional(
		z.strictObject({
			agent: z.optional(
				z.strictObject({
					/** By the table of prices. */
					usd: z.optional(some),
					/** Read anew and written; what came out of a cache does not count. */
					tokens: z.optional(many),
					/** For which its programs run. */
					hours: z.optional(some),
					/** After so many starts a crash starts it again no more. */
					tries: z.optional(many),
				}),
			),
			/** All agents of the repository together. */
			day: z.optional(
				z.strictObject({ usd: z.optional(some), tokens: z.optional(many) }),
			),
		}),
	),
	/** What models cost, by their names, before what weir knows; `*` stands for anything. */
	prices: z.optional(z.record(z.string().check(z.minLength(1), z.maxLength(100)), price)),
	snapshots: z.optional(
		z.strictObject({
			keep_days: z.optional(z.int().check(z.minimum(1), z.maximum(3650))),
		}),
	),
	recordings: z.optional(
		z.strictObject({
			megabytes_per_agent: z.optional(z.int().check(z.minimum(1), z.maximum(100_000))),
		}),
	),
	attention: z.optional(
		z.strictObject({
			/** How the terminal tells what needs you: by itself, or in one of the ways that there are. */
			notify: z.optional(z.enum(notifyWays)),
			/** Gets each notice as JSON on its input. Only in your own settings. */
			notify_cmd: z.optional(command),
			/** Rings with each notice. */
			bell: z.optional(z.boolean()),
			/** Hours in which nothing that can wait is told: `22:00-07:00`. */
			quiet: z.optional(
				z.string().check(
					z.refine(isQuietRange, {
						message: 'must be two times of the day, such as 22:00-07:00',
					}),
					z.meta({ examples: ['22:00-07:00'] }),
				),
			),
			/** Minutes without a sign after which who says that it works is stuck. */
			stuck_after: z.optional(z.number().check(z.minimum(0.1), z.maximum(1440))),
			/** Notices hold the first line of a question, not only who asks. */
			texts: z.optional(z.boolean()),
		}),
	),
	layout: z.optional(z.enum(['auto', 'grid', 'main-stack', 'columns', 'strips'])),
	/** One of weir's, or the name of a file in the user's folder `themes`. */
	theme: z.optional(
		z.string().check(
			z.refine(isThemeName, {
				message: 'must be auto, dark, light, or another theme by its name',
			}),
			z.meta({ examples: [...themeNames] }),
		),
	),
	mouse: z.optional(z.boolean()),
	reduced_motion: z.optional(z.boolean()),
});
export type SettingsFile = z.infer<typeof settingsFile>;

/** A settings file as far as it says what models cost. */
export const pricesFile = z.object({ prices: settingsFile.shape.prices });
