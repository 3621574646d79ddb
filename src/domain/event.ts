// Every fact that weir records, one schema a kind. A kind never changes its meaning: a new shape is
// a new kind with a lift from the old one. Only types of this file may be imported by what the
// client folds with, so that no client loads zod.
import * as z from 'zod/mini';
import { firstFault } from '../lib/schema-words.ts';
import { alarmEvents } from './alarm/alarm-events.ts';
import { costEvents } from './cost/cost-events.ts';
import { meters } from './cost/limits.ts';
import { denialLayers } from './denial.ts';
import { agentStateWord, exitCause, processIdentity, refusalShape } from './fact.ts';
import { gateEvents } from './gates/gate-events.ts';
import { preventions, trespassPolicies } from './guard.ts';
import type {
	AgentId,
	EffectId,
	LandingId,
	MessageId,
	QuestionId,
	ShellId,
	SnapshotId,
} from './ids.ts';
import { pullEvents } from './pull/pull-events.ts';
import { queueEvents } from './queue/queue-events.ts';
import { reviewEvents } from './review/review-events.ts';
import { afterLanding, mergeStrategies, type Settings } from './settings.ts';

const id = <T extends string>() =>
	z.custom<T>((value) => typeof value === 'string', 'expected a text');
const agent = id<AgentId>();
const effect = id<EffectId>();
const landing = id<LandingId>();
const shell = id<ShellId>();
const snapshot = id<SnapshotId>();
const question = id<QuestionId>();
const message = id<MessageId>();
const generation = z.int();
const commit = z.string();
const argv = z.readonly(z.array(z.string()));
const patterns = z.readonly(z.array(z.string()));

const guard = z.object({
	prevention: z.enum(preventions),
	reason: z.nullable(z.string()),
	allow: z.nullable(z.string()),
	loose: z.int(),
});

const refused = z.object({ ok: z.literal(false), refusal: refusalShape });
/** The outcome of an effect: what it brought, or the refusal that it met. */
const outcome = <T extends z.ZodMiniType>(value: T) =>
	z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value }), refused]);
/** Of an effect that brings nothing. */
const done = outcome(z.object({}));

/** How a program is started again: with what it knew, or with nothing but its task. */
const again = {
	resume: z.optional(z.nullable(z.string())),
	note: z.optional(z.nullable(z.string())),
};

/** What happens to the program of an agent once it has been stopped. */
export const afterStop = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('nothing') }),
	z.object({ kind: z.literal('respawn'), ...again }),
	z.object({ kind: z.literal('remove') }),
]);
export type AfterStop = z.infer<typeof afterStop>;

/** An answer that may be given; `free` takes words of one's own beside it. */
export const choice = z.object({
	key: z.string(),
	label: z.string(),
	free: z.boolean(),
});
export type Choice = z.infer<typeof choice>;

/** How the answer reaches who asked. */
export const questionVia = z.discriminatedUnion('kind', [
	/** `weir ask` waits for it. */
	z.object({ kind: z.literal('verb') }),
	/** A hook of the agent's CLI waits for it. */
	z.object({ kind: z.literal('hook') }),
	/** Keys are typed by choice, if the screen still has this hash. */
	z.object({
		kind: z.literal('screen'),
		hash: z.string(),
		keys: z.record(z.string(), z.string()),
		/** The lines on which its words stand, counted from the first that was printed; the prompt is the last. */
		at: z.optional(z.readonly(z.array(z.int()))),
	}),
	/** weir itself asks, which stopped its program for a write outside its scope, and carries it out. */
	z.object({ kind: z.literal('guard') }),
	/** weir itself asks, which paused its program since a limit is used up. */
	z.object({
		kind: z.literal('budget'),
		of: z.enum(['agent', 'day']),
		meter: z.enum(meters),
		limit: z.number(),
		/** What the limit becomes where it is raised and nothing else is said. */
		raised: z.number(),
	}),
	/** It cannot be answered but in the pane. */
	z.object({ kind: z.literal('pane') }),
]);

/** What an agent wants to know, or to be allowed. */
export const questionShape = z.object({
	/** To be allowed something, or to know something. */
	wants: z.enum(['approval', 'answer']),
	/** Its very words. */
	text: z.string(),
	/** The command, the file or what else it is about. */
	detail: z.nullable(z.string()),
	choices: z.readonly(z.array(choice)),
	via: questionVia,
	/** Patterns that it asks to be allowed: a yes widens its scope by them. */
	scope: z.optional(patterns),
});
export type QuestionShape = z.infer<typeof questionShape>;

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

export const eventSchemas = {
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

	'agent.created': z.object({
		agent,
		name: z.string(),
		kind: z.string(),
		argv,
		branch: z.string(),
		base: z.object({ branch: z.string(), commit }),
		path: z.string(),
		columns: z.int(),
		rows: z.int(),
		ports: z.object({ first: z.int(), count: z.int() }),
		ladder: z.object({ signals: z.readonly(z.array(z.string())), graceMs: z.int() }),
		restart: z.enum(['never', 'on-failure']),
		promptBy: z.enum(['argument', 'line', 'comment', 'none']),
		prompt: z.nullable(z.string()),
		setup: z.nullable(argv),
		teardown: z.nullable(argv),
		/** Whose facts its start goes by; absent where its command is started as it is. */
		adapter: z.optional(z.nullable(z.string())),
		/** Patterns of what its task may write; absent or empty is all but what must be named. */
		scope: z.optional(patterns),
		/** Where the worktree starts, if not at the base, and a commit of uncommitted files on top. */
		start: z.optional(z.nullable(z.object({ commit, files: z.nullable(commit) }))),
		/** A branch that was there before. */
		adopted: z.optional(z.boolean()),
		/** It starts in the middle of a merge of another agent's commit, to resolve its conflict. */
		resolves: z.optional(z.object({ agent, commit, by: z.enum(['agent', 'hand']) })),
	}),
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
	'agent.renamed': z.object({ agent, name: z.string() }),
	'agent.started': z.object({
		agent,
		generation,
		pid: z.int(),
		startTime: z.string(),
		bootId: z.string(),
		holder: z.string(),
	}),
	'agent.state': z.object({
		agent,
		generation,
		state: agentStateWord,
		source: z.string(),
		inferred: z.boolean(),
		why: z.nullable(z.string()),
	}),
	/** The human says what it does; null takes that back. */
	'agent.overridden': z.object({
		agent,
		generation,
		state: z.nullable(agentStateWord),
	}),
	/** It is done, and the human has looked at it. */
	'agent.seen': z.object({ agent, generation }),
	/** How its CLI calls the conversation, by which it can be resumed. */
	'agent.conversation': z.object({ agent, generation, conversation: z.string() }),
	'agent.exited': z.object({
		agent,
		generation,
		code: z.nullable(z.int()),
		signal: z.nullable(z.string()),
		cause: exitCause,
		survivors: z.readonly(z.array(z.int())),
	}),
	'agent.back-off': z.object({ agent, generation, until: z.string(), tries: z.int() }),
	'agent.removed': z.object({
		agent,
		snapshot: z.nullable(snapshot),
		commit: z.nullable(commit),
	}),
	'agent.restored': z.object({ agent }),

	'worktree.asked': z.object({ effect, agent }),
	'worktree.settled': z.object({ effect, agent, outcome: done }),
	'setup.asked': z.object({ effect, agent, generation, argv }),
	'setup.settled': z.object({ effect, agent, generation, outcome: done }),
	'spawn.asked': z.object({
		effect,
		agent,
		generation,
		argv,
		/** The conversation that it goes on with; absent or null begins a new one. */
		resume: z.optional(z.nullable(z.string())),
		/** What it is told at its start, beside its prompt: why the try before it ended. */
		note: z.optional(z.nullable(z.string())),
	}),
	'spawn.settled': z.object({
		effect,
		agent,
		generation,
		/** No process: it ended before it could be seen, and its exit follows. */
		outcome: outcome(
			z.object({
				holder: z.string(),
				process: z.nullable(processIdentity),
				conversation: z.optional(z.string()),
				/** What refuses the program a write outside its scope. */
				guard: z.optional(guard),
			}),
		),
	}),
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
	'stop.asked': z.object({ effect, agent, generation, next: afterStop }),
	'stop.settled': z.object({ effect, agent, generation, outcome: done }),
	/** A stop that goes on is not to wait any longer: KILL now. */
	'hasten.asked': z.object({ effect, agent, generation }),
	'hasten.settled': z.object({ effect, agent, generation, outcome: done }),
	'pause.asked': z.object({ effect, agent, generation, paused: z.boolean() }),
	'pause.settled': z.object({
		effect,
		agent,
		paused: z.boolean(),
		outcome: done,
	}),
	'publish.asked': z.object({ effect, agent }),
	'publish.settled': z.object({
		effect,
		agent,
		outcome: outcome(z.object({ old: z.nullable(commit), new: commit })),
	}),
	'prompt.asked': z.object({
		effect,
		agent,
		generation,
		text: z.string(),
		/** The message that it is a part of. */
		message: z.optional(message),
	}),
	'prompt.settled': z.object({
		effect,
		agent,
		outcome: done,
		message: z.optional(message),
	}),
	/** The human says something to several agents; each gets it when it is idle. */
	'message.queued': z.object({
		message,
		agents: z.readonly(z.array(agent)),
		text: z.string(),
	}),
	/** Those that have not got it do not get it. */
	'message.recalled': z.object({ message }),
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

	...gateEvents,
	...alarmEvents,
	...costEvents,
	...queueEvents,
	...pullEvents,
	...reviewEvents,

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

	'question.opened': z.object({
		question,
		agent,
		generation,
		...questionShape.shape,
	}),
	/** What the human said. It has not reached the agent yet. */
	'question.answered': z.object({
		question,
		choice: z.nullable(z.string()),
		text: z.nullable(z.string()),
	}),
	'question.closed': z.object({
		question,
		/**
		 * The answer reached the agent; nobody waits any longer; its program ended; it waited for too
		 * long; something else is asked in its place.
		 */
		reason: z.enum(['delivered', 'gone', 'ended', 'timeout', 'replaced']),
	}),
	'answer.asked': z.object({ effect, agent, generation, question }),
	'answer.settled': z.object({ effect, agent, question, outcome: done }),
	/** An item of the inbox is not to be seen until then; null brings it back. */
	'inbox.snoozed': z.object({ item: z.string(), until: z.nullable(z.string()) }),

	'shell.asked': z.object({
		effect,
		shell,
		agent,
		argv,
		columns: z.int(),
		rows: z.int(),
	}),
	'shell.settled': z.object({
		effect,
		shell,
		outcome: outcome(z.object({ holder: z.string() })),
	}),
	'shell.exited': z.object({ shell, code: z.nullable(z.int()) }),
} as const;

export type EventKind = keyof typeof eventSchemas;
export type EventData<K extends EventKind> = z.infer<(typeof eventSchemas)[K]>;
/** What happened, before the journal gives it a number. */
export type Fact = {
	[K in EventKind]: { readonly kind: K; readonly data: EventData<K> };
}[EventKind];
/** Who caused it and why: a command by somebody, or an effect that settled. */
export interface Origin {
	/** `human`, `weir`, or `agent:<id>.<generation>`. */
	readonly actor: string;
	/** `command:<kind>` or `effect:<id>`. */
	readonly cause: string;
}
export interface Stamp extends Origin {
	readonly seq: number;
	/** Wall clock, ISO UTC. Order is `seq`, never this. */
	readonly at: string;
}
export type WeirEvent = Fact & Stamp;
export type EventOf<K extends EventKind> = Extract<Fact, { kind: K }> & Stamp;

/** Reads an event of the journal. Throws where its kind or shape is unknown to this version. */
export function parseEvent(row: Stamp & { kind: string; data: unknown }): WeirEvent {
	const schema: z.ZodMiniType | undefined = Object.hasOwn(eventSchemas, row.kind)
		? eventSchemas[row.kind as EventKind]
		: undefined;
	if (!schema) throw new Error(`event ${row.seq} is of the unknown kind ${row.kind}`);
	const data = schema.safeParse(row.data);
	if (!data.success) {
		throw new Error(
			`event ${row.seq} (${row.kind}) is malformed: ${firstFault(data.error.issues)}`,
		);
	}
	// The schema of the kind has just been checked against the data.
	return { ...row, data: data.data } as WeirEvent;
}
