// What a client may ask of a supervisor, and what the supervisor says unasked. Verbs import the
// types only: they check nothing, so they wait for no zod.
import * as z from 'zod/mini';
import type { AfterLanded } from '../domain/after-words.ts';
import type { Proposal } from '../domain/asks.ts';
import type { WeirEvent } from '../domain/event.ts';
import type { DetectedGate } from '../domain/gates/detected-gate.ts';
import type { AgentId, CommentId, LandingId, MessageId, ShellId } from '../domain/ids.ts';
import type { KeptBack } from '../domain/kept-back.ts';
import type { NoticeWords } from '../domain/notice.ts';
import type { HunkPlace } from '../domain/review/hunk.ts';
import { commentSides } from '../domain/review/review-events.ts';
import { afterLanding, mergeStrategies } from '../domain/settings.ts';
import type { State } from '../domain/state.ts';
import { stateWords } from '../domain/state-words.ts';
import type { Refusal } from '../lib/outcome.ts';
import { shownPaths } from './agent-door.ts';
import type { ByHandJson } from './by-hand.ts';
import type { BudgetJson, CostsJson } from './cost.ts';
import type { Explanation } from './explanation.ts';
import type { AgentGatesJson, BaseGatesJson, GateReportJson } from './gates.ts';
import type { DiffJson, MergePreview } from './merge-preview.ts';
import type { Observation } from './observation.ts';
import type { OutsideJson } from './outside.ts';
import type { PullPlan, PullStep } from './pull.ts';
import type { QueueEntryJson } from './queue.ts';
import type { HunksJson, ReviewJson } from './review.ts';
import type { ScopeJson } from './scope.ts';
import type { AgentJson, InboxItemJson, StatusJson } from './status.ts';
import type { Surroundings } from './surroundings.ts';

/** Bumped when a client and a supervisor of different builds would misunderstand each other. */
export const clientProtocol = 3;

/** Whether it is a good name is for the nouns to say: they know a better one. */
const name = z.string().check(z.maxLength(10_000));
/** A name or an id. */
const agent = { agent: name };
const agents = z.array(name).check(z.minLength(1), z.maxLength(200));
const environment = z.record(z.string(), z.string());
const size = {
	columns: z.int().check(z.minimum(2), z.maximum(1000)),
	rows: z.int().check(z.minimum(1), z.maximum(1000)),
};
/** Answer at once, or when it has been done or refused. */
const wait = { wait: z.boolean() };
const toTakeBack = { landing: z.nullable(z.string()), revert: z.boolean() };
/** Patterns as gitignore writes them. */
const scope = z
	.array(z.string().check(z.minLength(1), z.maxLength(1024)))
	.check(z.maxLength(2000));
const nothing = z.object({});
const limit = z.optional(z.nullable(z.number().check(z.positive(), z.maximum(1e12))));
/** What git calls a content. */
const object = z.string().check(z.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/));
/** A file as it is on one side of a review. */
const side = z.nullable(z.object({ mode: z.string().check(z.maxLength(8)), object }));

const branch = z.string().check(z.minLength(1), z.maxLength(1024));
/** A commit of an agent on a branch of a remote. */
const pushed = {
	...agent,
	commit: object,
	remote: z.string().check(z.minLength(1), z.maxLength(1024)),
	branch,
};

/** Operation -> schema of its request. */
export const clientRequests = {
	hello: z.object({
		protocol: z.int(),
		version: z.string(),
		role: z.enum(['tui', 'verb']),
	}),
	/** The state, and from then on every event as a push. */
	attach: nothing,
	status: nothing,
	/** All of them start from the same commit. */
	new: z.object({
		...wait,
		agents: z
			.array(
				z.object({ name, argv: z.nullable(z.array(z.string()).check(z.minLength(1))) }),
			)
			.check(z.minLength(1), z.maxLength(200)),
		kind: z.nullable(z.string()),
		base: z.nullable(z.string()),
		/** A branch that one agent is to have as its own; absent or null for a new one. */
		branch: z.optional(z.nullable(z.string())),
		/** A worktree of the user's that they start from as it stands, uncommitted files included. */
		worktree: z.optional(z.nullable(z.string().check(z.maxLength(4096)))),
		prompt: z.nullable(z.string().check(z.maxLength(65_536))),
		/** Patterns of what they may write; absent or empty is all but what must be named. */
		scope: z.optional(scope),
		env: environment,
		...size,
	}),
	kill: z.object({ ...agent, ...wait }),
	respawn: z.object({
		...agent,
		...wait,
		env: environment,
		/** `auto` where a client of before this field asks. */
		mode: z.optional(z.enum(['auto', 'resume', 'fresh', 'former', 'other'])),
		/** What the agent is told of the try before. */
		note: z.optional(z.nullable(z.string().check(z.maxLength(65_536)))),
	}),
	/** Who says what it does, by which rule, and how long ago. */
	explain: z.object(agent),
	/** What it does, by the human's word; null goes by what can be seen again. */
	override: z.object({ ...agent, state: z.nullable(z.enum(stateWords)) }),
	/**
	 * What stands outside its scope now, and which copies were kept; with `how` copies are kept, and with
	 * `restore` it is put back.
	 */
	outside: z.object({ ...agent, how: z.nullable(z.enum(['quarantine', 'restore'])) }),
	/** What needs the human, the most urgent first. */
	inbox: nothing,
	/** Answers a question by its choice, its words or both. */
	answer: z.object({
		...wait,
		question: z.string().check(z.maxLength(64)),
		choice: z.nullable(z.string().check(z.maxLength(64))),
		text: z.nullable(z.string().check(z.maxLength(65_536))),
	}),
	/** An item is not to be seen for so long; null brings it back. */
	snooze: z.object({
		item: z.string().check(z.maxLength(128)),
		minutes: z.nullable(z.number().check(z.minimum(1), z.maximum(240))),
	}),
	/**
	 * A client with a screen tells whether its terminal has the focus (null: it does not say) and that
	 * the human just used it. From then on it gets notices.
	 */
	presence: z.object({ focused: z.nullable(z.boolean()), used: z.boolean() }),
	/** The human has looked at it: what it has done needs nobody any more. */
	see: z.object(agent),
	/** Each agent gets it when it is idle; `undo` recalls it for those that have not got it. */
	message: z.object({
		agents: z.array(name).check(z.minLength(1), z.maxLength(200)),
		text: z.string().check(z.maxLength(65_536)),
	}),
	pause: z.object({ ...agent, ...wait }),
	resume: z.object({ ...agent, ...wait }),
	/** What is paused goes on, what was lost is started again. */
	'resume.all': z.object({ ...wait, env: environment }),
	rename: z.object({ ...agent, name }),
	remove: z.object({ ...agent, ...wait }),
	restore: z.object({ ...agent, ...wait }),
	/** What is there for a first agent, by this environment. */
	surroundings: z.object({ env: environment }),
	/** What could be removed since all of it is in the base. */
	prunable: nothing,
	/** Uncommitted files and the running command: what a kill or a removal would lose. */
	loss: z.object(agent),
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
	shell: z.object({
		...agent,
		argv: z.nullable(z.array(z.string()).check(z.minLength(1))),
		env: environment,
		...size,
	}),
	/** Where the pane of an agent or a shell can be read and typed to. */
	pane: z.object({ pane: name }),
	screen: z.object({ ...agent, ansi: z.boolean() }),
	/** Lines above the screen, as many as one answer takes. */
	history: z.object({
		...agent,
		ansi: z.boolean(),
		from: z.int().check(z.minimum(0)),
		count: z.int().check(z.minimum(1), z.maximum(2000)),
	}),
	/** Types text; queued, bounded, while the agent starts. */
	send: z.object({
		...agent,
		text: z.string().check(z.maxLength(1024 * 512)),
		enter: z.boolean(),
	}),
	keys: z.object({
		...agent,
		keys: z
			.array(z.string().check(z.maxLength(64)))
			.check(z.minLength(1), z.maxLength(1000)),
	}),
	/** Answers when every agent is in one of the states, or `timedOut`. */
	wait: z.object({
		agents: z.array(name).check(z.minLength(1)),
		until: z.array(z.string()).check(z.minLength(1)),
		timeoutMs: z.nullable(z.number().check(z.minimum(0))),
	}),
	/** What holds it to its files, and where these paths stand. */
	scope: z.object({ ...agent, paths: shownPaths }),
	/** Lets it write more. */
	'scope.add': z.object({
		...agent,
		patterns: scope.check(z.minLength(1)),
		why: z.string().check(z.maxLength(8192)),
	}),
	/** What agents used, of one or of all, from a day on. */
	cost: z.object({
		agent: z.nullable(name),
		since: z.nullable(z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/))),
	}),
	/** The limits of one agent, or of all and of today. */
	budget: z.object({ agent: z.nullable(name) }),
	/** Limits of an agent, or with null of today; null of a limit is none, absent leaves it. */
	'budget.set': z.object({
		agent: z.nullable(name),
		limits: z.object({ usd: limit, tokens: limit, hours: limit, tries: limit }),
	}),
	/** How gates stand, of one agent or of all. */
	gates: z.object({ agent: z.nullable(name) }),
	/** Lets gates run on what stands there now; null is all of them. */
	'gate.run': z.object({
		...agent,
		...wait,
		gates: z.nullable(z.array(name).check(z.minLength(1), z.maxLength(100))),
		/** What was said of the same tree before does not count. */
		anew: z.boolean(),
	}),
	/** Lets the gates of landings run on a branch where those go. */
	'base.run': z.object({ branch: name, ...wait }),
	/** What one of them said of it and printed. */
	'base.report': z.object({ branch: name, gate: name }),
	/** The agent is told what the gate said of its work, once it is idle. */
	'gate.tell': z.object({ ...agent, gate: name }),
	/** What one gate said of an agent's work, or of its last landing, and printed. */
	'gate.report': z.object({ ...agent, gate: name, landing: z.optional(z.boolean()) }),
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
		...agent,
		comment: z.nullable(z.string().check(z.maxLength(64))),
		path: name,
		side: z.enum(commentSides),
		line: z.int().check(z.minimum(1)),
		/** The line; null is looked up. */
		quote: z.nullable(z.string().check(z.maxLength(4096))),
		text: z.string().check(z.maxLength(8192)),
	}),
	/** Keeps what was begun there for whoever goes on with it; without words it is forgotten. */
	'review.begin': z.object({
		...agent,
		comment: z.nullable(z.string().check(z.maxLength(64))),
		path: name,
		side: z.enum(commentSides),
		line: z.int().check(z.minimum(1)),
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
	log: z.object({
		from: z.int().check(z.minimum(0)),
		limit: z.int().check(z.minimum(1), z.maximum(1000)),
		agent: z.nullable(name),
	}),
	'settings.get': nothing,
	'settings.reload': nothing,
	/** The command-bearing files whose content is not trusted, with their text. */
	'trust.pending': nothing,
	'trust.grant': z.object({ hash: z.string() }),
	/** Ends the supervisor; with `now` every agent too, snapshots first. */
	down: z.object({ now: z.boolean() }),
	/** Ends the supervisor alone; the next verb starts another, which adopts the agents. */
	restart: nothing,
} as const;

export type ClientOperation = keyof typeof clientRequests;
export type ClientRequest<O extends ClientOperation> = z.infer<
	(typeof clientRequests)[O]
>;

export interface RepositoryFacts {
	readonly root: string;
	readonly commonDir: string;
	readonly base: string | null;
	readonly trusted: boolean;
}

export interface PaneAddress {
	readonly pane: string;
	readonly generation: number;
	readonly socket: string;
	readonly token: string;
}

/** A sentence that is no refusal, and what to do about it. */
export interface Remark {
	readonly text: string;
	readonly allow: string;
}

export interface Loss {
	readonly agent: AgentId;
	readonly name: string;
	readonly running: string | null;
	/** Shells beside the agent: a removal ends them. */
	readonly shells: number;
	readonly uncommitted: readonly string[];
	readonly unmergedCommits: readonly { readonly id: string; readonly subject: string }[];
	/** Ignored files are not in snapshots: how many there are and their size in bytes. */
	readonly ignored: { readonly files: number; readonly bytes: number };
}

/** What became of an agent that waited to go on: it was paused, or its program was lost. */
export interface ResumedJson {
	readonly agent: AgentJson;
	readonly how: 'continued' | 'resumed' | 'respawned';
}

interface QueueAnswer {
	readonly queue: readonly QueueEntryJson[];
}

/** Answers, by operation. */
export interface ClientResponses extends Record<ClientOperation, object> {
	hello: {
		readonly protocol: number;
		readonly version: string;
		readonly identity: 'human' | 'agent';
		readonly pid: number;
		readonly repository: RepositoryFacts;
	};
	attach: {
		readonly seq: number;
		readonly state: State;
		readonly observed: Readonly<Record<AgentId, Observation>>;
		readonly repository: RepositoryFacts;
	};
	status: StatusJson;
	new: {
		readonly agents: readonly AgentJson[];
		/** Those that were not made, by name. */
		readonly refusals: readonly (Refusal & { readonly agent: string })[];
		/** What is worth knowing of the worktrees that were made. */
		readonly remark: Remark | null;
	};
	kill: { readonly agent: AgentJson };
	respawn: {
		readonly agent: AgentJson;
		/** It goes on with a conversation; absent from an older supervisor. */
		readonly resumed?: boolean;
	};
	explain: Explanation;
	outside: OutsideJson;
	override: { readonly agent: AgentJson };
	inbox: {
		readonly items: readonly InboxItemJson[];
		/** What would save most questions, where there are too many; absent from an older supervisor. */
		readonly proposal?: Proposal | null;
	};
	answer: {
		/** Whether the agent has it; false where the client did not wait for that. */
		readonly delivered: boolean;
	};
	/** Until when, at most; null where it was brought back. */
	snooze: { readonly until: string | null };
	presence: Record<string, never>;
	see: { readonly agent: AgentJson };
	message: { readonly message: MessageId };
	pause: { readonly agent: AgentJson };
	resume: { readonly agent: AgentJson };
	'resume.all': {
		readonly agents: readonly ResumedJson[];
		readonly refusals: readonly (Refusal & { readonly agent: string })[];
	};
	rename: { readonly agent: AgentJson };
	/** Where there was no worktree to keep in a snapshot, the branch that stays for its commits. */
	remove: {
		readonly agent: AgentJson;
		readonly snapshot: string | null;
		readonly branch: string | null;
		/** What went wrong in the user's teardown. */
		readonly teardown: string | null;
	};
	restore: { readonly agent: AgentJson };
	surroundings: Surroundings;
	prunable: {
		readonly agents: readonly { readonly name: string; readonly why: string }[];
	};
	loss: Loss;
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
	'pr.plan': PullPlan;
	'pr.step': PullStep;
	'pr.pushed': Readonly<Record<string, never>>;
	'pr.opened': Readonly<Record<string, never>>;
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
	shell: { readonly shell: ShellId };
	pane: PaneAddress;
	/** `above` counts the lines that have scrolled off at that moment. */
	screen: { readonly lines: readonly string[]; readonly above: number };
	/**
	 * The first line bears the number `from`: those asked for before it are no longer kept. `next` is
	 * where to ask on; without a line it is null.
	 */
	history: {
		readonly from: number;
		readonly lines: readonly string[];
		readonly next: number | null;
	};
	send: {
		readonly queued: boolean;
		/** Its state has shown that the text was taken; null where nothing would show it. */
		readonly taken: boolean | null;
	};
	keys: { readonly queued: boolean };
	wait: { readonly timedOut: boolean; readonly agents: readonly AgentJson[] };
	scope: ScopeJson;
	/** Why its program cannot make use of it yet; null where it can. */
	'scope.add': { readonly agent: AgentJson; readonly note: Remark | null };
	cost: CostsJson;
	budget: { readonly day: string; readonly budgets: readonly BudgetJson[] };
	'budget.set': ClientResponses['budget'];
	gates: {
		readonly gates: readonly {
			readonly name: string;
			readonly run: string;
			readonly when: string;
		}[];
		/** What the repository's own files suggest; empty where gates are set up. */
		readonly suggested: readonly DetectedGate[];
		/** The settings that name them are trusted: none runs before. */
		readonly trusted: boolean;
		readonly slots: { readonly taken: number; readonly all: number };
		readonly agents: readonly AgentGatesJson[];
		/** Branches where landings go, unless one agent was asked about; absent from an older supervisor. */
		readonly bases?: readonly BaseGatesJson[];
	};
	'base.run': BaseGatesJson;
	'base.report': GateReportJson;
	'gate.run': AgentGatesJson;
	'gate.report': GateReportJson;
	/** What it is told. */
	'gate.tell': { readonly text: string };
	diff: DiffJson;
	review: ReviewJson;
	'review.hunks': HunksJson;
	/** In the order of the hunks; null where that cannot be told. */
	'review.places': { readonly places: readonly HunkPlace[] | null };
	'review.view': Record<string, never>;
	'review.comment': { readonly comment: CommentId };
	'review.begin': Record<string, never>;
	'review.drop': Record<string, never>;
	'review.send': { readonly comments: number };
	'review.discard': Record<string, never>;
	'review.stage': Record<string, never>;
	log: { readonly events: readonly WeirEvent[]; readonly more: boolean };
	'settings.get': {
		readonly values: Readonly<Record<string, unknown>>;
		readonly origins: Readonly<Record<string, string>>;
	};
	'settings.reload': {
		readonly problems: readonly {
			readonly file: string;
			readonly line: number;
			readonly column: number;
			readonly message: string;
		}[];
	};
	'trust.pending': {
		readonly hash: string | null;
		readonly files: readonly { readonly path: string; readonly text: string }[];
	};
	'trust.grant': { readonly hash: string };
	down: { readonly agents: number };
	restart: { readonly pid: number };
}

/** What the supervisor says unasked to clients that attached. */
export type ClientPush =
	| { readonly push: 'events'; readonly events: readonly WeirEvent[] }
	| {
			readonly push: 'observed';
			readonly agent: AgentId;
			readonly observation: Observation;
	  }
	/** To be brought to the human. Only to the client used last, of those that tell of themselves. */
	| { readonly push: 'notice'; readonly notice: NoticeWords };
