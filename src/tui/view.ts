// View state: where the user looks and what lies open. Nothing of it is the supervisor's business.

import { type Agent, isGone } from '../domain/agent.ts';
import type { Bay } from '../domain/bay.ts';
import type { Shares } from '../domain/borders.ts';
import type { AgentId } from '../domain/ids.ts';
import {
	type Arrangement,
	arrange,
	type LayoutKind,
	withoutPanes,
} from '../domain/layout.ts';
import type { State } from '../domain/state.ts';
import type { Trial } from '../domain/trial.ts';
import type { Call } from '../protocol/observation.ts';
import type { Surroundings } from '../protocol/surroundings.ts';
import type { Dialog } from './cards/dialog.ts';
import { emptyField, type TextField } from './chrome/text-field.ts';
import { firstGates, type GatesView } from './gates/gates-view.ts';
import { firstInbox, type Held, type InboxView } from './inbox/inbox-view.ts';
import { builtInKeymap, type Keymap } from './keys/keymap.ts';
import type { LeaderAsk } from './keys/leader-ask.ts';
import { filtered } from './layouts/filter.ts';
import { rowsWanted } from './layouts/strip-rows.ts';
import { plainChoice, type ThemeChoice } from './look/theme-choice.ts';
import { inOrder } from './panes/pane-order.ts';
import { firstQueue, type QueueView } from './queue/queue-view.ts';
import type { CommentDraft } from './review/comment-draft.ts';
import { firstReview, type ReviewView } from './review/review-view.ts';

export interface Message {
	readonly text: string;
	/** The key or command that helps. */
	readonly allow: string | null;
	readonly tone: 'plain' | 'good' | 'bad';
}

export interface Work {
	readonly what: string;
	/** A card comes of it. */
	readonly card: boolean;
	/** The dialog that lay open as it began. */
	readonly dialog: Dialog['kind'] | null;
}

/** A pane whose history is looked at. */
export interface Scrolled {
	/** The number of the first line shown. */
	readonly top: number;
	/** Lines that came since. */
	readonly fresh: number;
	/** Lines above the first row shown, of those that are kept. */
	readonly above: number;
	/** Older lines that the recording had no room for. */
	readonly dropped: number;
}

/** Copy mode as the chrome shows it. */
export interface CopyView {
	readonly selecting: 'characters' | 'lines' | null;
	/** What takes a while, and how far it is in per cent. */
	readonly doing: {
		readonly what: 'searching' | 'copying';
		readonly percent: number;
	} | null;
	/** When the screen was as it is shown; null for that of now. */
	readonly asOf: number | null;
	/** The mode that it was entered from, and that copying leads back to. */
	readonly from: 'nav' | 'type';
}

/** What fills the body of the screen. */
export type Screen = 'panes' | 'inbox' | 'gates' | 'review' | 'queue';

export interface View {
	readonly screen: Screen;
	/** The one that was there before it. */
	readonly screenBefore: Screen;
	readonly inbox: InboxView;
	readonly gates: GatesView;
	readonly review: ReviewView;
	readonly queue: QueueView;
	/** The answer that is on its way. */
	readonly held: Held | null;
	readonly columns: number;
	readonly rows: number;
	/**
	 * `type`: what is typed goes to the focused pane. `copy`: keys move in its text and select there.
	 */
	readonly mode: 'nav' | 'type' | 'copy';
	readonly copy: CopyView;
	readonly focus: AgentId | null;
	readonly previous: AgentId | null;
	readonly zoom: boolean;
	readonly layout: LayoutKind;
	/** Where borders were moved. */
	readonly shares: Shares;
	/** Of the panes; empty as long as none was swapped. */
	readonly order: readonly AgentId[];
	/** Letters of the names of the agents to be seen; empty for all. */
	readonly filter: string;
	/** Bays of strips that are one row each. */
	readonly folded: readonly Bay[];
	readonly mouse: boolean;
	readonly keymap: Keymap;
	/** The first run asks for the leader. */
	readonly leaderAsk: LeaderAsk | null;
	readonly theme: ThemeChoice;
	/** In TYPE the leader was pressed; `menu` once its keys are shown. */
	readonly leader: 'none' | 'pressed' | 'menu';
	readonly dialog: Dialog | null;
	/** What was written to agents and not sent. */
	readonly draft: TextField;
	/** What was written in answer to items and not sent, the latest last. */
	readonly replies: Readonly<Record<string, TextField>>;
	/** Comments that were begun and not kept, the latest last. */
	readonly drafts: readonly CommentDraft[];
	/** The item whose question was looked at last. */
	readonly met: string | null;
	/** Alarms that `n` has led to. */
	readonly alarmsMet: readonly string[];
	readonly message: Message | null;
	/** Work of the supervisor that a key asked for, oldest first. */
	readonly busy: readonly Work[];
	readonly scrolled: Readonly<Record<AgentId, Scrolled>>;
	/** Bells and notifications of programs that were not in focus since. */
	readonly calls: Readonly<Record<AgentId, Call>>;
	/** What the demo asks to try. */
	readonly checklist: readonly Trial[];
	/** What is there for a first agent; null until somebody looked. */
	readonly surroundings: Surroundings | null;
	/** Wall clock in milliseconds, for ages. */
	readonly now: number;
}

export function initialView(
	size: { readonly columns: number; readonly rows: number },
	now: number,
): View {
	return {
		...size,
		screen: 'panes',
		screenBefore: 'inbox',
		inbox: firstInbox,
		gates: firstGates,
		review: firstReview,
		queue: firstQueue,
		held: null,
		mode: 'nav',
		copy: { selecting: null, doing: null, asOf: null, from: 'nav' },
		focus: null,
		previous: null,
		zoom: false,
		layout: 'auto',
		shares: {},
		order: [],
		filter: '',
		folded: [],
		mouse: true,
		keymap: builtInKeymap,
		leaderAsk: null,
		theme: plainChoice,
		leader: 'none',
		dialog: null,
		draft: emptyField,
		replies: {},
		drafts: [],
		met: null,
		alarmsMet: [],
		message: null,
		busy: [],
		scrolled: {},
		calls: {},
		checklist: [],
		surroundings: null,
		now,
	};
}

/** The agents that have a pane, in the order of the screen. */
export function shownAgents(state: State): readonly Agent[] {
	return Object.values(state.agents).filter((agent) => !isGone(agent));
}

export function focusedAgent(state: State, view: View): Agent | null {
	return view.focus === null ? null : (state.agents[view.focus] ?? null);
}

export function arrangementOf(state: State, view: View): Arrangement<AgentId> {
	const agents = shownAgents(state);
	const panes = inOrder(filtered(agents, view), view.order).map(({ id }) => id);
	const { focus, zoom } = view;
	const arrangement = arrange({
		...lookOf(view),
		panes,
		focus,
		zoom,
		listed: rowsWanted(agents, view),
	});
	return view.screen === 'panes' || arrangement.kind === 'small'
		? arrangement
		: withoutPanes(arrangement);
}

/** What of the view decides where panes stand, whichever they are. */
export function lookOf({ columns, rows, layout: kind, shares, checklist }: View) {
	return { columns, rows, kind, shares, checklist: checklist.length > 0 };
}

/** A demo ends with its panes: there is nothing to come back to. */
export function isDemo({ checklist }: View): boolean {
	return checklist.length > 0;
}
