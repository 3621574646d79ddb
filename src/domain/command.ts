// Everything that may be asked of the supervisor's core. One door: a key, a verb, an exit of a
// process, the outcome of an effect all become one of these.
import type { Refusal } from '../lib/outcome.ts';
import type { Agent } from './agent.ts';
import type { EventData } from './event.ts';
import type { QuestionShape } from './events/question-events.ts';
import type { ExitCause, ProcessIdentity } from './fact.ts';
import type { Comparison, Verdict } from './gates/verdict.ts';
import type { Guard } from './guard.ts';
import type {
	AgentId,
	CommentId,
	EffectId,
	LandingId,
	MessageId,
	QuestionId,
	ShellId,
	SnapshotId,
} from './ids.ts';
import type { QueuePlace } from './queue/order.ts';
import type { FileSide } from './review/file-side.ts';
import type { AfterLanding, MergeStrategy } from './settings.ts';

import type { EffectKind } from './state.ts';
import type { StateWord } from './state-words.ts';

/** What each effect brings when it succeeds. */
export interface EffectValues extends Record<EffectKind, object> {
	worktree: Record<string, never>;
	setup: Record<string, never>;
	spawn: {
		readonly holder: string;
		readonly process: ProcessIdentity | null;
		/** Where its CLI was told how to call it. */
		readonly conversation?: string | undefined;
		readonly guard?: Guard | undefined;
	};
	snapshot: { readonly commit: string; readonly files: number };
	stop: Record<string, never>;
	hasten: Record<string, never>;
	pause: Record<string, never>;
	publish: { readonly old: string | null; readonly new: string };
	prompt: Record<string, never>;
	/** With what went wrong in the user's teardown. */
	remove: { readonly teardown?: string };
	restore: Record<string, never>;
	sync: { readonly files: readonly string[] };
	merge:
		| ({ readonly kind: 'landed' } & Omit<
				EventData<'merge.landed'>,
				'landing' | 'agent' | 'branch' | 'strategy'
		  >)
		| { readonly kind: 'conflicted'; readonly files: readonly string[] };
	after: { readonly commit: string | null };
	undo: Omit<EventData<'merge.undone'>, 'landing' | 'branch'>;
	shell: { readonly holder: string };
	answer: Record<string, never>;
	/** How many paths beside the scope can be written all the same. */
	widen: { readonly loose: number };
	gate: Verdict;
	compare: Comparison;
	words: { readonly text: string };
	/** What each gate says of the branch, and how others moved it. */
	'base-gates': Extract<
		EventData<'base-gates.settled'>['outcome'],
		{ ok: true }
	>['value'];
	conclude: { readonly commit: string };
	/** What stood in the file before and after. */
	discard: { readonly before: FileSide | null; readonly after: FileSide | null };
	redress: {
		readonly kept: string | null;
		readonly files: number;
		readonly left: readonly { readonly path: string; readonly why: string }[];
		readonly dropped: number;
	};
}

export type EffectOutcome<K extends EffectKind> =
	| { readonly ok: true; readonly value: EffectValues[K] }
	| { readonly ok: false; readonly refusal: Refusal };

export type Settlement = {
	[K in EffectKind]: {
		readonly effectKind: K;
		readonly effect: EffectId;
		readonly outcome: EffectOutcome<K>;
	};
}[EffectKind];

export interface CommandData {
	'agent.new': {
		readonly name: string;
		readonly agentKind: string | null;
		readonly argv: readonly string[] | null;
		readonly base: { readonly branch: string; readonly commit: string };
		/** A branch of the user's that it is to have; absent or null for one of its own. */
		readonly adopt?: string | null;
		/** Where its worktree starts, if not at the base; with a commit of files that nobody committed. */
		readonly start?: Agent['start'];
		/** It is to resolve this conflict of another agent. */
		readonly resolves?: Agent['resolves'];
		/** Folder that holds the worktrees of this repository. */
		readonly root: string;
		readonly prompt: string | null;
		/** Patterns of what it may write; absent or empty is all but what must be named. */
		readonly scope?: readonly string[];
		readonly columns: number;
		readonly rows: number;
		/** The user's shell, for the kind `shell`. */
		readonly shell: string;
		/** The kind where neither the command nor the settings say one: what is there. */
		readonly usualKind: string;
	};
	'agent.kill': { readonly agent: AgentId };
	/**
	 * `auto`, or nothing, goes on with its conversation, unless that was what went wrong; `former` with
	 * the one that the last start left, `other` with that or with none.
	 */
	'agent.respawn': {
		readonly agent: AgentId;
		readonly mode?: 'auto' | 'resume' | 'fresh' | 'former' | 'other';
		readonly note?: string | null;
	};
	'agent.retry': { readonly agent: AgentId };
	/** The next start after a crash is not to come by itself. */
	'agent.call-off': { readonly agent: AgentId };
	'agent.pause': { readonly agent: AgentId };
	'agent.resume': { readonly agent: AgentId };
	'agent.rename': { readonly agent: AgentId; readonly name: string };
	'agent.remove': { readonly agent: AgentId };
	'agent.restore': { readonly agent: AgentId };
	'agent.prompt': { readonly agent: AgentId; readonly text: string };
	'message.send': { readonly agents: readonly AgentId[]; readonly text: string };
	/** An agent that a message waits for is idle. */
	'message.deliver': { readonly message: MessageId; readonly agent: AgentId };
	'agent.publish': { readonly agent: AgentId };
	/** Old snapshots that may go; of one that is its agent's last it must be shown that it is in the base. */
	'snapshots.drop': {
		readonly snapshots: readonly {
			readonly snapshot: SnapshotId;
			readonly commit: string;
			readonly inBase: boolean;
		}[];
	};
	'agent.snapshot': { readonly agent: AgentId; readonly reason: string };
	/** The agent's program ended. */
	'agent.exit': {
		readonly agent: AgentId;
		readonly generation: number;
		readonly code: number | null;
		readonly signal: string | null;
		readonly cause: ExitCause;
		readonly survivors: readonly number[];
	};
	'agent.observe': {
		readonly agent: AgentId;
		readonly generation: number;
		readonly state: StateWord;
		readonly source: string;
		readonly inferred: boolean;
		readonly why: string | null;
		/** What it asks, where it is blocked: null if its screen does not tell, absent until it is read. */
		readonly prompt?: QuestionShape | null;
	};
	'agent.override': { readonly agent: AgentId; readonly state: StateWord | null };
	/** The human has looked at it. */
	'agent.see': { readonly agent: AgentId };
	'agent.converse': {
		readonly agent: AgentId;
		readonly generation: number;
		readonly conversation: string;
	};
	'scope.widen': EventData<'scope.widened'>;
	/** Writes outside its scope were seen. */
	'trespass.report': EventData<'trespass.found'>;
	/** What stands outside its scope is copied aside, and put back with `restore`. */
	'trespass.redress': {
		readonly agent: AgentId;
		readonly how: 'quarantine' | 'restore';
	};
	/** All that stands outside its scope now. */
	'trespass.settle': Omit<EventData<'trespass.found'>, 'generation'>;
	'write.deny': EventData<'write.denied'>;
	'question.open': {
		readonly agent: AgentId;
		readonly generation: number;
	} & QuestionShape;
	'question.answer': Omit<EventData<'question.answered'>, 'question'> & {
		readonly question: QuestionId;
	};
	'question.close': EventData<'question.closed'>;
	'inbox.snooze': EventData<'inbox.snoozed'>;
	/** Something was written in its worktree. */
	'tree.move': EventData<'tree.moved'>;
	/** It is quiet: this is what stands there. */
	'tree.settle': EventData<'tree.settled'>;
	/** Gates are to say something of what stands there; null is all that run at that moment. */
	'gate.run': {
		readonly agent: AgentId;
		readonly gates: readonly string[] | null;
	} & Pick<EventData<'gate.asked'>, 'why' | 'anew'>;
	/** Gates are to say something of a branch where landings go, as it is now. */
	'base-gates.run': Pick<
		EventData<'base-gates.asked'>,
		'branch' | 'commit' | 'by' | 'anew'
	>;
	'alarm.acknowledge': EventData<'alarm.acknowledged'>;
	/** Replies were read in the records of its CLI. */
	'usage.tell': EventData<'usage.seen'>;
	/** Time has passed. */
	/** Time has passed, or it is about to ask its model. */
	'budget.check': { readonly agent: AgentId; readonly asks: boolean };
	/** Of an agent, or with null of all on this day. */
	'budget.set': Omit<EventData<'budget.set'>, 'day' | 'whose'> & {
		readonly agent: AgentId | null;
	};
	/** The agent is told what the gate said of its work. */
	'gate.tell': { readonly agent: AgentId; readonly gate: string };
	'queue.hold': EventData<'queue.held'>;
	'queue.release': EventData<'queue.released'>;
	/** `among` is all that waits, in its order. */
	'queue.move': {
		readonly agent: AgentId;
		readonly place: QueuePlace;
		readonly among: readonly AgentId[];
	};
	/** A client pushed commits of it. */
	'pr.push': EventData<'pr.pushed'>;
	/** There is a pull request of it. */
	'pr.open': EventData<'pr.opened'>;
	/** A file of its work was read, or is to be read again. */
	'review.view': EventData<'file.viewed'>;
	/** Something is said of a line; of a comment that is named, otherwise. */
	'review.comment': Omit<EventData<'comment.written'>, 'comment'> & {
		readonly comment: CommentId | null;
	};
	/** Kept for whoever goes on with it, until it is a comment. */
	'review.begin': EventData<'comment.begun'>;
	'review.drop': EventData<'comment.dropped'>;
	/** A hunk is taken back in its worktree; null: all of the file. */
	'review.discard': Omit<EventData<'discard.asked'>, 'effect' | 'snapshot'>;
	/** All that was not sent goes to the agent. */
	'review.send': { readonly agent: AgentId };
	merge: {
		readonly agent: AgentId;
		readonly branch: string;
		readonly strategy: MergeStrategy | null;
		readonly message: string | null;
		readonly include: 'committed' | 'all';
		/** Why it is to land whatever gates say. */
		readonly override?: string | null;
		/** What gates judge by and the work may change: paths, `gate:NAME`, or `all`. */
		readonly accept?: readonly string[];
		/** What becomes of the worktree then; null is as the settings say. */
		readonly after?: AfterLanding | null;
	};
	/** Commits what was resolved by hand. */
	'conflict.conclude': { readonly agent: AgentId };
	/** Brings the base into the agent's worktree, conflicts and all. */
	'merge.hand-off': { readonly agent: AgentId; readonly branch: string };
	/** Takes back one landing, or with null the last undoable step. */
	undo: { readonly landing: LandingId | null; readonly revert: boolean };
	'shell.open': {
		readonly agent: AgentId;
		readonly argv: readonly string[];
		readonly columns: number;
		readonly rows: number;
	};
	'shell.exit': { readonly shell: ShellId; readonly code: number | null };
	'effect.settle': Settlement;
	'settings.load': EventData<'settings.loaded'>;
	'settings.refuse': EventData<'settings.refused'>;
	'trust.grant': EventData<'trust.granted'>;
	'base.observe': EventData<'base.moved.by-others'>;
	'ref.observe': EventData<'ref.moved.by-others'>;
	'journal.observe': EventData<'journal.changed.by-others'>;
	'supervisor.start': EventData<'supervisor.started'>;
	'supervisor.stop': EventData<'supervisor.stopped'>;
}

export type CommandKind = keyof CommandData;
export type Command = {
	[K in CommandKind]: { readonly kind: K } & CommandData[K];
}[CommandKind];
export type CommandOf<K extends CommandKind> = { readonly kind: K } & CommandData[K];
