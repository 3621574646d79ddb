// What can lie over the panes and takes the keys while it does. One at a time.

import type { AwayLine } from '../../domain/away.ts';
import type { Choice } from '../../domain/events/question-events.ts';
import type { AgentId, LandingId } from '../../domain/ids.ts';
import type { AfterLanding, MergeStrategy } from '../../domain/settings.ts';
import type { Undoable } from '../../domain/state.ts';
import type { Refusal } from '../../lib/outcome.ts';
import type { MergePreview } from '../../protocol/merge-preview.ts';
import type { Observation } from '../../protocol/observation.ts';
import type { PullPlan } from '../../protocol/pull.ts';
import type { Loss } from '../../protocol/requests/agent-requests.ts';
import type { TextField } from '../chrome/text-field.ts';
import type { LayoutChoice } from '../layouts/layout-choices.ts';
import type { PaneLink } from '../panes/pane-links.ts';

export type Dialog =
	| { readonly kind: 'help'; readonly top: number }
	| { readonly kind: 'palette'; readonly field: TextField; readonly at: number }
	/** A direction is awaited. */
	| { readonly kind: 'swap' }
	| { readonly kind: 'jump'; readonly field: TextField; readonly at: number }
	/** Letters of the agents to be seen; `before` is what Esc goes back to. */
	| { readonly kind: 'filter'; readonly field: TextField; readonly before: string }
	/** Letters of the files of a review to be listed. */
	| { readonly kind: 'files'; readonly field: TextField; readonly before: string }
	/** A text to search for in copy mode. */
	| {
			readonly kind: 'search';
			readonly direction: 'up' | 'down';
			readonly field: TextField;
	  }
	| {
			readonly kind: 'layouts';
			readonly at: number;
			readonly choices: readonly LayoutChoice[];
			/** The one that the next press deletes. */
			readonly doomed: string | null;
	  }
	| {
			readonly kind: 'save-layout';
			readonly field: TextField;
			readonly problem: string | null;
			/** The name that was told to be taken. */
			readonly replaces: string | null;
	  }
	/** Addresses that a pane showed when it was opened. */
	| {
			readonly kind: 'links';
			readonly name: string;
			readonly at: number;
			readonly links: readonly PaneLink[];
	  }
	/** Shown live as one goes through them. */
	| {
			readonly kind: 'themes';
			readonly at: number;
			readonly names: readonly string[];
			/** What is gone back to. */
			readonly before: string;
	  }
	| {
			readonly kind: 'new';
			readonly on: 'name' | 'command';
			readonly name: TextField;
			readonly command: TextField;
			/** Why it was not started. */
			readonly problem: Refusal | null;
	  }
	/** What happened while nobody was here. */
	| { readonly kind: 'away'; readonly at: number; readonly lines: readonly AwayLine[] }
	/** A message to the agents that are ticked. */
	| {
			readonly kind: 'compose';
			readonly field: TextField;
			readonly at: number;
			readonly ticked: readonly AgentId[];
	  }
	/** A text to read: a diff, or what a gate printed. */
	| {
			readonly kind: 'text';
			readonly shows: 'diff' | 'output';
			readonly title: string;
			readonly lines: readonly string[];
			readonly top: number;
			readonly truncated: boolean;
			/** Where it was opened from, and where closing it leads. */
			readonly back: Dialog | null;
	  }
	/** Why a state is shown, and what the agent may write. */
	| {
			readonly kind: 'why';
			readonly agent: AgentId;
			readonly title: string;
			readonly lines: readonly string[];
			readonly top: number;
			/** Patterns that would let land what it changed outside. */
			readonly proposed: readonly string[];
	  }
	/** The human lets an agent write more. */
	| {
			readonly kind: 'widen';
			readonly agent: AgentId;
			readonly on: 'patterns' | 'reason';
			readonly patterns: TextField;
			readonly reason: TextField;
			/** Why that cannot be. */
			readonly problem: Refusal | null;
			/** Where it was opened from, and where closing it leads. */
			readonly back: Dialog | null;
	  }
	/** What an agent wrote outside its scope. */
	| { readonly kind: 'outside'; readonly agent: AgentId; readonly top: number }
	/** What a kill, a restart or a removal would lose. */
	| {
			readonly kind: 'loss';
			readonly deed: 'kill' | 'respawn' | 'respawn otherwise' | 'remove';
			readonly agent: AgentId;
			readonly loss: Loss;
	  }
	| {
			readonly kind: 'merge';
			readonly agent: AgentId;
			readonly preview: MergePreview;
			/** What was seen of the agent when the preview was asked for. */
			readonly seen: Observation;
			readonly include: 'committed' | 'all';
			readonly strategy: MergeStrategy;
			/** What becomes of the worktree then. */
			readonly after: AfterLanding;
			readonly message: TextField;
			readonly editing: boolean;
	  }
	/** It lands whatever its gates say, with a reason. */
	| {
			readonly kind: 'override';
			readonly merge: MergeChoice;
			readonly field: TextField;
			/** The refusal that it met; null where gates were red before. */
			readonly said: string | null;
			/** Where it was opened from, and where closing it leads. */
			readonly back: Dialog | null;
	  }
	/** A landing that did not come about; the files that both sides changed. */
	| {
			readonly kind: 'conflict';
			readonly agent: AgentId;
			readonly name: string;
			readonly base: string;
			readonly files: readonly string[];
			/** What of its work was to land. */
			readonly include: 'committed' | 'all';
	  }
	/** Others have built on the landing: it can be reverted, not taken away. */
	| { readonly kind: 'revert'; readonly landing: LandingId; readonly why: string }
	/** All that is ready to land, the first to land first. */
	| {
			readonly kind: 'land-all';
			readonly names: readonly string[];
			/** How many wait beside them. */
			readonly others: number;
			readonly bases: readonly string[];
			/** Uncommitted files of theirs, which stay. */
			readonly uncommitted: number;
	  }
	/** What a push would take out of the machine. */
	| { readonly kind: 'pull'; readonly plan: PullPlan }
	/** What would be taken back. */
	/** The newest step, or one that somebody has named. */
	| { readonly kind: 'undo'; readonly step: Undoable; readonly named?: boolean }
	/** Lines that a program would take as typed one by one. */
	| {
			readonly kind: 'paste';
			readonly agent: AgentId;
			readonly name: string;
			readonly lines: number;
			readonly cut: boolean;
			readonly bytes: Uint8Array;
	  }
	/** An item of the inbox, over the pane of its agent. */
	| { readonly kind: 'question'; readonly item: string }
	/** Words for its answer, alone or beside a choice. */
	| {
			readonly kind: 'reply';
			readonly item: string;
			readonly choice: Choice | null;
			readonly field: TextField;
	  }
	/** Words about a line of an agent's work. */
	| {
			readonly kind: 'comment';
			readonly agent: AgentId;
			readonly about: CommentedLine;
			/** The one that is written otherwise; null for a new one. */
			readonly comment: string | null;
			/** What it says so far; empty of a new one. */
			readonly was: string;
			readonly field: TextField;
	  }
	/** Why it is not to land, which may be said. */
	| { readonly kind: 'hold'; readonly name: string; readonly field: TextField }
	/** How long it is put off. */
	| { readonly kind: 'snooze'; readonly item: string }
	/** Items that get one answer. */
	| { readonly kind: 'alike'; readonly items: readonly string[] }
	| { readonly kind: 'quit'; readonly running: readonly string[] };

/** A merge as it is chosen on its card. */
type MergeChoice = Extract<Dialog, { kind: 'merge' }>;

/** A line that a comment is about. */
export interface CommentedLine {
	readonly path: string;
	readonly side: 'old' | 'new';
	readonly line: number;
	readonly quote: string;
}

export type DialogKind = Dialog['kind'];

/** Dialogs whose yes loses something: keys typed before they were seen must not answer them. */
export const losing: ReadonlySet<DialogKind> = new Set([
	// Whoever comes back types before it is seen.
	'away',
	'loss',
	'outside',
	'revert',
	'paste',
	'quit',
]);
