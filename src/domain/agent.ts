// An agent: a program doing one task in one worktree. What it is, and where in its life.
import type { Refusal } from '../lib/outcome.ts';
import type { OwnBudget } from './cost/own-budget.ts';
import type { Usage } from './cost/usage.ts';
import type { Denials } from './denial.ts';
import type { AfterStop } from './events/after-stop.ts';
import type { ExitCause, ProcessIdentity } from './fact.ts';
import type { GateStanding, TreeStanding } from './gates/standing.ts';
import type { Guard } from './guard.ts';
import type { AgentId, LandingId, QuestionId, SnapshotId } from './ids.ts';
import type { PullRequest } from './pull/pull-request.ts';
import type { Hold } from './queue/hold.ts';
import type { Resolves } from './resolves.ts';
import type { Reviewed } from './review/comment.ts';
import type { StateWord } from './state-words.ts';
import type { Trespasses } from './trespass.ts';

export interface Exit {
	readonly code: number | null;
	readonly signal: string | null;
	readonly cause: ExitCause;
	readonly at: string;
}

/** Where an agent is between its creation and its removal. */
export type Life =
	| { readonly kind: 'preparing'; readonly step: 'worktree' | 'setup' | 'spawn' }
	| {
			readonly kind: 'running';
			readonly process: ProcessIdentity;
			readonly holder: string;
			readonly paused: boolean;
	  }
	| {
			readonly kind: 'stopping';
			readonly from: Life;
			readonly next: AfterStop;
			/** It is not waited for any longer: KILL comes now. */
			readonly atOnce: boolean;
	  }
	| { readonly kind: 'ended'; readonly exit: Exit }
	| {
			readonly kind: 'backing-off';
			readonly exit: Exit;
			readonly until: string;
			readonly tries: number;
	  }
	| {
			readonly kind: 'failed';
			readonly step: 'worktree' | 'setup' | 'spawn' | 'restore';
			readonly refusal: Refusal;
	  }
	| { readonly kind: 'removing' }
	| {
			readonly kind: 'removed';
			readonly at: string;
			readonly snapshot: SnapshotId | null;
			readonly commit: string | null;
	  }
	| { readonly kind: 'restoring' };

/** The human let it write more. */
export interface Widening {
	readonly at: string;
	readonly actor: string;
	readonly patterns: readonly string[];
	readonly why: string;
	/** Its own request that was granted. */
	readonly request: QuestionId | null;
}

/** What the agent is doing, who says so and since when. */
export interface Report {
	readonly state: StateWord;
	readonly since: string;
	/** One of `sources`, or `weir` about what it did itself. */
	readonly source: string;
	readonly inferred: boolean;
	readonly why: string | null;
}

/** What its program can be seen to do, whatever the human says. */
export type Observed = Omit<Report, 'since'>;

export interface Agent {
	readonly id: AgentId;
	readonly name: string;
	readonly kind: string;
	readonly argv: readonly string[];
	readonly branch: string;
	/** The branch is the user's and was there before: it stays when the agent is removed. */
	readonly adopted: boolean;
	readonly base: { readonly branch: string; readonly commit: string };
	/** What its worktree starts with, if not with the base; `files` has those that nobody committed. */
	readonly start: { readonly commit: string; readonly files: string | null } | null;
	/** It was made to resolve a conflict of another agent's work; null for all others. */
	readonly resolves: Resolves | null;
	/** Patterns of the files that its task may write; none is all but what must be named. */
	readonly scope: readonly string[];
	/** How its scope came to be as wide, the latest last; of many the first are forgotten. */
	readonly widened: readonly Widening[];
	/** What refuses its present program a write outside; null before its first start. */
	readonly guard: Guard | null;
	/** What of its worktree stands outside its scope; null where nothing does, as far as was seen. */
	readonly trespasses: Trespasses | null;
	/** What stands on its disk; null while nobody has looked. */
	readonly tree: TreeStanding | null;
	/** What gates said of its work, by name. */
	readonly gates: Readonly<Record<string, GateStanding>>;
	/** What the human read of its work, and said of it. */
	readonly reviewed: Reviewed;
	/** What it used, as the records of its CLI tell. */
	readonly usage: Usage;
	/** What the human said of its limits. */
	readonly budget: OwnBudget;
	/** Writes that were refused before they happened, as far as a layer tells. */
	readonly denied: Denials;
	readonly path: string;
	readonly columns: number;
	readonly rows: number;
	readonly ports: { readonly first: number; readonly count: number };
	readonly ladder: { readonly signals: readonly string[]; readonly graceMs: number };
	readonly restart: 'never' | 'on-failure';
	readonly promptBy: 'argument' | 'line' | 'comment' | 'none';
	/** Whose facts its start goes by; null where its command is started as it is. */
	readonly adapter: string | null;
	readonly prompt: string | null;
	readonly setup: readonly string[] | null;
	readonly teardown: readonly string[] | null;
	/** 0 before the first start; grows with every program that is started in the pane. */
	readonly generation: number;
	/** How often its program was started for its task. */
	readonly tries: number;
	/** How its CLI calls what it can go on with; null where there is nothing. */
	readonly conversation: string | null;
	/** The one that the last start left to begin anew; null where it left none. */
	readonly former: string | null;
	/** When the present program was to go on with a conversation; null where it was not. */
	readonly resumedAt: string | null;
	/** Set-up runs before the next start: the worktree is new. */
	readonly setupDue: boolean;
	readonly life: Life;
	readonly report: Report;
	/** The last observation, while `report` is the human's word; null while it is not. */
	readonly overridden: Observed | null;
	/** When the human last looked at it while it was done. */
	readonly seenAt: string | null;
	/** What weir could not tell its program, and why; until it works again, or another is told. */
	readonly untold: { readonly why: string; readonly at: string } | null;
	readonly lastExit: Exit | null;
	/** When the program crashed of late, for the back-off. */
	readonly crashes: readonly string[];
	readonly snapshot: { readonly id: SnapshotId; readonly commit: string } | null;
	/** The last of its commits that came to its branch, and when. */
	readonly published: { readonly commit: string; readonly at: string } | null;
	/** It is not to land; null where it may. */
	readonly held: Hold | null;
	/** What of it was pushed, and its pull request; null where nothing was. */
	readonly pull: PullRequest | null;
	readonly landed: {
		readonly landing: LandingId;
		readonly candidate: string;
		readonly commit: string;
		readonly at: string;
	} | null;
}

/** The program, set-up included, has a process that can be stopped. */
export function hasProgram(agent: Agent): boolean {
	return agent.life.kind === 'running' || isSettingUp(agent);
}

export function isSettingUp(agent: Agent): boolean {
	return agent.life.kind === 'preparing' && agent.life.step === 'setup';
}

/** Its program is being started; whether it runs, or ran, is not known yet. */
export function isSpawning(agent: Agent): boolean {
	return agent.life.kind === 'preparing' && agent.life.step === 'spawn';
}

/** A worktree of it stands on the disk. */
export function hasWorktree(agent: Agent): boolean {
	const { life } = agent;
	if (life.kind === 'preparing' || life.kind === 'failed')
		return life.step !== 'worktree';
	return life.kind !== 'removed' && life.kind !== 'restoring';
}

/** The refusal of a start that nobody asked for since the machine went down. */
export const machineLost = 'machine.lost';

/** Its program ended with its holder or its machine, or was not started before: nobody asked for that. */
export function isLost({ life }: Agent): boolean {
	if (life.kind === 'failed') return life.refusal.code === machineLost;
	return life.kind === 'ended' && life.exit.cause === 'lost';
}

export function isGone(agent: Agent): boolean {
	return agent.life.kind === 'removed';
}
