// View state: where the user looks and what lies open. Nothing of it is the supervisor's business.

import { type Agent, isGone } from '../domain/agent.ts';
import type { Bay } from '../domain/bay.ts';
import type { Shares } from '../domain/borders.ts';
import type { AgentId } from '../domain/ids.ts';
import type { LayoutShape } from '../domain/kept-view.ts';
import { type Arrangement, arrange, type LayoutKind } from '../domain/layout.ts';
import type { State } from '../domain/state.ts';
import type { Trial } from '../domain/trial.ts';
import type { Call } from '../protocol/client.ts';
import type { Dialog } from './cards/dialog.ts';
import { builtInKeymap, type Keymap } from './keys/keymap.ts';
import type { LeaderAsk } from './keys/leader-ask.ts';
import { filtered } from './layouts/filter.ts';
import { rowsWanted } from './layouts/strip-rows.ts';
import { plainChoice, type ThemeChoice } from './look/theme-choice.ts';
import { inOrder } from './panes/pane-order.ts';

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

export interface View {
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
	readonly message: Message | null;
	/** Work of the supervisor that a key asked for, oldest first. */
	readonly busy: readonly Work[];
	readonly scrolled: Readonly<Record<AgentId, Scrolled>>;
	/** Bells and notifications of programs that were not in focus since. */
	readonly calls: Readonly<Record<AgentId, Call>>;
	/** What the demo asks to try. */
	readonly checklist: readonly Trial[];
	/** Wall clock in milliseconds, for ages. */
	readonly now: number;
}

export function initialView(
	size: { readonly columns: number; readonly rows: number },
	now: number,
): View {
	return {
		...size,
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
		message: null,
		busy: [],
		scrolled: {},
		calls: {},
		checklist: [],
		now,
	};
}

export type ViewChange =
	| { readonly kind: 'resize'; readonly columns: number; readonly rows: number }
	/** The agents changed: what was looked at may be gone. */
	| { readonly kind: 'agents'; readonly agents: readonly Agent[] }
	| { readonly kind: 'focus'; readonly agent: AgentId }
	| { readonly kind: 'mode'; readonly mode: View['mode'] }
	| { readonly kind: 'copy'; readonly copy: Partial<CopyView> }
	| { readonly kind: 'leader'; readonly leader: View['leader'] }
	| { readonly kind: 'zoom'; readonly zoom: boolean }
	| { readonly kind: 'layout'; readonly layout: LayoutKind }
	/** A saved layout, as a whole. */
	| { readonly kind: 'shape'; readonly shape: LayoutShape }
	| { readonly kind: 'shares'; readonly shares: Shares }
	| { readonly kind: 'order'; readonly order: readonly AgentId[] }
	/** Folds the bay, or unfolds it. */
	| { readonly kind: 'fold'; readonly bay: Bay }
	| { readonly kind: 'filter'; readonly filter: string }
	| { readonly kind: 'mouse'; readonly mouse: boolean }
	| { readonly kind: 'keymap'; readonly keymap: Keymap }
	| { readonly kind: 'leader-ask'; readonly ask: LeaderAsk | null }
	| { readonly kind: 'theme'; readonly theme: Partial<ThemeChoice> }
	| { readonly kind: 'dialog'; readonly dialog: Dialog | null }
	| { readonly kind: 'message'; readonly message: Message | null }
	| {
			readonly kind: 'busy';
			readonly what: string;
			readonly card: boolean;
			readonly begins: boolean;
	  }
	| {
			readonly kind: 'scrolled';
			readonly agent: AgentId;
			readonly scrolled: Scrolled | null;
	  }
	| { readonly kind: 'call'; readonly agent: AgentId; readonly call: Call }
	| { readonly kind: 'checklist'; readonly checklist: View['checklist'] }
	| { readonly kind: 'tick'; readonly now: number };

export function changeView(view: View, change: ViewChange): View {
	switch (change.kind) {
		case 'resize':
			return { ...view, columns: change.columns, rows: change.rows };
		case 'agents':
			return withAgents(view, change.agents);
		case 'focus':
			return change.agent === view.focus
				? view
				: {
						...view,
						...unlessCopying(view),
						focus: change.agent,
						previous: view.focus,
						calls: without(view.calls, change.agent),
					};
		case 'mode':
			return { ...view, mode: change.mode, leader: 'none' };
		case 'copy':
			return { ...view, copy: { ...view.copy, ...change.copy } };
		case 'leader':
			return { ...view, leader: change.leader };
		case 'zoom':
			return { ...view, zoom: change.zoom };
		case 'layout':
			return { ...view, layout: change.layout, zoom: false };
		case 'shape': {
			const { kind, shares, folded } = change.shape;
			return { ...view, layout: kind, shares, folded, zoom: false };
		}
		case 'shares':
			return { ...view, shares: change.shares };
		case 'order':
			return { ...view, order: change.order };
		case 'fold': {
			const others = view.folded.filter((bay) => bay !== change.bay);
			const folds = others.length === view.folded.length;
			return { ...view, folded: folds ? [...others, change.bay] : others };
		}
		case 'filter':
			return { ...view, filter: change.filter };
		case 'mouse':
			return { ...view, mouse: change.mouse };
		case 'keymap':
			return { ...view, keymap: change.keymap };
		case 'leader-ask':
			return { ...view, leaderAsk: change.ask };
		case 'theme':
			return { ...view, theme: { ...view.theme, ...change.theme } };
		case 'dialog':
			return withDialog(view, change.dialog);
		case 'message':
			return { ...view, message: change.message };
		case 'busy':
			return { ...view, busy: busyAfter(view, change) };
		case 'scrolled':
			return { ...view, scrolled: scrolledAfter(view.scrolled, change) };
		case 'call':
			return change.agent === view.focus
				? view
				: { ...view, calls: { ...view.calls, [change.agent]: change.call } };
		case 'checklist':
			return { ...view, checklist: change.checklist };
		case 'tick':
			return { ...view, now: change.now };
	}
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
	return arrange({
		...lookOf(view),
		panes,
		focus,
		zoom,
		listed: rowsWanted(agents, view),
	});
}

/** What of the view decides where panes stand, whichever they are. */
export function lookOf({ columns, rows, layout: kind, shares, checklist }: View) {
	return { columns, rows, kind, shares, checklist: checklist.length > 0 };
}

/** A demo ends with its panes: there is nothing to come back to. */
export function isDemo({ checklist }: View): boolean {
	return checklist.length > 0;
}

/** Copy mode is in the text of one pane. */
function unlessCopying({ mode }: View): Pick<View, 'mode'> {
	return { mode: mode === 'copy' ? 'nav' : mode };
}

// The focus stays where it is as long as its agent is there; then it goes to the next in order, and
// whoever was typing types no more: the rest of a word must not land in another pane.
function withAgents(view: View, agents: readonly Agent[]): View {
	const ids = agents.map(({ id }) => id);
	const previous =
		view.previous !== null && ids.includes(view.previous) ? view.previous : null;
	const all = view.order.every((id) => ids.includes(id));
	const order = all ? view.order : view.order.filter((id) => ids.includes(id));
	const calls = only(view.calls, (id) => ids.some((one) => one === id));
	if (view.focus !== null && ids.includes(view.focus))
		return { ...view, previous, order, calls };
	const focus = previous ?? ids.at(0) ?? null;
	return {
		...view,
		focus,
		previous: null,
		order,
		calls: focus === null ? calls : without(calls, focus),
		mode: 'nav',
		leader: 'none',
	};
}

// What was said before a dialog came is not about it.
function withDialog(view: View, dialog: Dialog | null): View {
	const opens = dialog !== null && dialog.kind !== view.dialog?.kind;
	const filter = dialog?.kind === 'filter' ? dialog.field.text : view.filter;
	return {
		...view,
		dialog,
		filter,
		leader: 'none',
		message: opens ? null : view.message,
	};
}

function busyAfter(
	{ busy, dialog }: View,
	{ what, card, begins }: Extract<ViewChange, { kind: 'busy' }>,
): readonly Work[] {
	if (begins) return [...busy, { what, card, dialog: dialog?.kind ?? null }];
	const at = busy.findIndex((work) => work.what === what);
	return busy.filter((_, index) => index !== at);
}

function scrolledAfter(
	scrolled: View['scrolled'],
	{ agent, scrolled: now }: Extract<ViewChange, { kind: 'scrolled' }>,
): View['scrolled'] {
	return now === null ? without(scrolled, agent) : { ...scrolled, [agent]: now };
}

function without<T>(
	all: Readonly<Record<AgentId, T>>,
	agent: AgentId,
): Readonly<Record<AgentId, T>> {
	return agent in all ? only(all, (id) => id !== agent) : all;
}

function only<T>(
	all: Readonly<Record<AgentId, T>>,
	isKept: (id: string) => boolean,
): Readonly<Record<AgentId, T>> {
	return Object.fromEntries(Object.entries(all).filter(([id]) => isKept(id)));
}
