// How a view changes: every kind of change, and what each makes of the view.
import type { Agent } from '../domain/agent.ts';
import type { Bay } from '../domain/bay.ts';
import type { Shares } from '../domain/borders.ts';
import type { AgentId } from '../domain/ids.ts';
import type { LayoutShape } from '../domain/kept-view.ts';
import type { Call } from '../protocol/observation.ts';
import { emptyField } from './chrome/text-field.ts';
import type { ThemeChoice } from './look/theme-choice.ts';
import { firstQueue } from './queue/queue-view.ts';
import { type CommentDraft, draftsAfter } from './review/comment-draft.ts';
import type { CopyView, Scrolled, View, Work } from './view.ts';

/** What each kind of change says. */
interface Changes {
	readonly resize: Pick<View, 'columns' | 'rows'>;
	readonly screen: Pick<View, 'screen'>;
	readonly inbox: Pick<View, 'inbox'>;
	readonly gates: { readonly gates: Partial<View['gates']> };
	readonly review: { readonly review: Partial<View['review']> };
	readonly queue: { readonly queue: Partial<View['queue']> };
	readonly held: Pick<View, 'held'>;
	/** The agents changed: what was looked at may be gone. */
	readonly agents: { readonly agents: readonly Agent[] };
	readonly focus: { readonly agent: AgentId };
	readonly mode: Pick<View, 'mode'>;
	readonly copy: { readonly copy: Partial<CopyView> };
	readonly leader: Pick<View, 'leader'>;
	readonly zoom: Pick<View, 'zoom'>;
	readonly layout: Pick<View, 'layout'>;
	/** A saved layout, as a whole. */
	readonly shape: { readonly shape: LayoutShape };
	readonly shares: { readonly shares: Shares };
	readonly order: Pick<View, 'order'>;
	/** Folds the bay, or unfolds it. */
	readonly fold: { readonly bay: Bay };
	readonly filter: Pick<View, 'filter'>;
	readonly mouse: Pick<View, 'mouse'>;
	readonly keymap: Pick<View, 'keymap'>;
	readonly 'leader-ask': { readonly ask: View['leaderAsk'] };
	readonly theme: { readonly theme: Partial<ThemeChoice> };
	readonly dialog: Pick<View, 'dialog'>;
	/** It was kept: no draft of it is left. */
	readonly 'comment-kept': { readonly about: Omit<CommentDraft, 'field'> };
	/** The journal has it: it is the view's no longer. */
	readonly 'draft-recorded': { readonly draft: CommentDraft };
	readonly 'alarm-met': { readonly alarm: string };
	readonly message: Pick<View, 'message'>;
	readonly busy: Pick<Work, 'what' | 'card'> & { readonly begins: boolean };
	/** Null where it follows its program again. */
	readonly scrolled: { readonly agent: AgentId; readonly scrolled: Scrolled | null };
	readonly call: { readonly agent: AgentId; readonly call: Call };
	readonly checklist: Pick<View, 'checklist'>;
	readonly surroundings: Pick<View, 'surroundings'>;
	readonly tick: Pick<View, 'now'>;
}
type Kind = keyof Changes;

export type ViewChange<K extends Kind = Kind> = {
	readonly [one in K]: { readonly kind: one } & Changes[one];
}[K];

/** The view after a change; the same one where nothing of it is another. */
export function changeView<K extends Kind>(view: View, change: ViewChange<K>): View {
	const after = changed[change.kind];
	return after(view, change);
}

const changed: {
	readonly [K in Kind]: (view: View, change: ViewChange<K>) => View;
} = {
	resize: (view, { columns, rows }) => ({ ...view, columns, rows }),
	screen: withScreen,
	inbox: (view, { inbox }) => ({ ...view, inbox }),
	gates: (view, { gates }) => ({ ...view, gates: { ...view.gates, ...gates } }),
	queue: (view, { queue }) => ({
		...view,
		queue: queue === firstQueue ? firstQueue : { ...view.queue, ...queue },
	}),
	review: (view, { review }) => ({ ...view, review: { ...view.review, ...review } }),
	held: (view, { held }) => ({ ...view, held }),
	agents: withAgents,
	focus: withFocus,
	// Keys of a program are for one that is seen.
	mode: (view, { mode }) => {
		const seen =
			mode === 'nav' ? view : withScreen(view, { kind: 'screen', screen: 'panes' });
		return { ...seen, mode, leader: 'none' };
	},
	copy: (view, { copy }) => ({ ...view, copy: { ...view.copy, ...copy } }),
	leader: (view, { leader }) => ({ ...view, leader }),
	zoom: (view, { zoom }) => ({ ...view, zoom }),
	layout: (view, { layout }) => ({ ...view, layout, zoom: false }),
	shape: (view, { shape: { kind: layout, shares, folded } }) => {
		return { ...view, layout, shares, folded, zoom: false };
	},
	shares: (view, { shares }) => ({ ...view, shares }),
	order: (view, { order }) => ({ ...view, order }),
	fold: (view, { bay }) => ({ ...view, folded: foldedAfter(view.folded, bay) }),
	filter: (view, { filter }) => ({ ...view, filter }),
	mouse: (view, { mouse }) => ({ ...view, mouse }),
	keymap: (view, { keymap }) => ({ ...view, keymap }),
	'leader-ask': (view, { ask: leaderAsk }) => ({ ...view, leaderAsk }),
	theme: (view, { theme }) => ({ ...view, theme: { ...view.theme, ...theme } }),
	dialog: withDialog,
	'comment-kept': (view, { about }) => ({
		...view,
		drafts: draftsAfter(view.drafts, {
			kind: 'comment',
			...about,
			was: '',
			field: emptyField,
		}),
	}),
	'draft-recorded': (view, { draft }) => ({
		...view,
		drafts: view.drafts.filter((one) => one !== draft),
	}),
	'alarm-met': (view, { alarm }) => ({
		...view,
		alarmsMet: [...view.alarmsMet, alarm].slice(-alarmsKept),
	}),
	message: (view, { message }) => ({ ...view, message }),
	busy: (view, change) => ({ ...view, busy: busyAfter(view, change) }),
	scrolled: (view, change) => {
		return { ...view, scrolled: scrolledAfter(view.scrolled, change) };
	},
	call: (view, { agent, call }) =>
		agent === view.focus ? view : { ...view, calls: { ...view.calls, [agent]: call } },
	checklist: (view, { checklist }) => ({ ...view, checklist }),
	surroundings: (view, { surroundings }) => ({ ...view, surroundings }),
	tick: (view, { now }) => ({ ...view, now }),
};

function withFocus(view: View, { agent }: ViewChange<'focus'>): View {
	if (agent === view.focus) return view;
	return {
		...view,
		...unlessCopying(view),
		focus: agent,
		previous: view.focus,
		calls: without(view.calls, agent),
	};
}

/** Keys are weir's on every screen but that of the panes. */
function withScreen(view: View, { screen }: ViewChange<'screen'>): View {
	if (screen === view.screen) return view;
	return { ...view, screen, screenBefore: view.screen, mode: 'nav', leader: 'none' };
}

/** Copy mode is in the text of one pane. */
function unlessCopying({ mode }: View): Pick<View, 'mode'> {
	return { mode: mode === 'copy' ? 'nav' : mode };
}

// The focus stays where it is as long as its agent is there; then it goes to the next in order, and
// whoever was typing types no more: the rest of a word must not land in another pane.
function withAgents(view: View, { agents }: ViewChange<'agents'>): View {
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
function withDialog(view: View, { dialog }: ViewChange<'dialog'>): View {
	const opens = dialog !== null && dialog.kind !== view.dialog?.kind;
	const draft = view.dialog?.kind === 'compose' ? view.dialog.field : view.draft;
	const filter = dialog?.kind === 'filter' ? dialog.field.text : view.filter;
	const files = dialog?.kind === 'files' ? dialog.field.text : view.review.filter;
	return {
		...view,
		dialog,
		draft,
		replies: repliesAfter(view),
		drafts:
			view.dialog?.kind === 'comment'
				? draftsAfter(view.drafts, view.dialog)
				: view.drafts,
		met: dialog?.kind === 'question' ? dialog.item : view.met,
		filter,
		review: { ...view.review, filter: files },
		leader: 'none',
		message: opens ? null : view.message,
	};
}

/** More are not on at a time. */
const alarmsKept = 50;

/** Questions that nobody has answered for so long are gone, or to be answered otherwise. */
const repliesKept = 20;

/** What stands in the field of a reply is kept for its question: Esc and an answer recalled lose no word. */
function repliesAfter({ replies, dialog }: View): View['replies'] {
	if (dialog?.kind !== 'reply') return replies;
	const others = Object.entries(replies).filter(([item]) => item !== dialog.item);
	const own = dialog.field.text === '' ? [] : [[dialog.item, dialog.field] as const];
	return Object.fromEntries([...others, ...own].slice(-repliesKept));
}

function foldedAfter(folded: View['folded'], bay: Bay): View['folded'] {
	const others = folded.filter((one) => one !== bay);
	return others.length === folded.length ? [...others, bay] : others;
}

function busyAfter(
	{ busy, dialog }: View,
	{ what, card, begins }: ViewChange<'busy'>,
): readonly Work[] {
	if (begins) return [...busy, { what, card, dialog: dialog?.kind ?? null }];
	const at = busy.findIndex((work) => work.what === what);
	return busy.filter((_, index) => index !== at);
}

function scrolledAfter(
	scrolled: View['scrolled'],
	{ agent, scrolled: now }: ViewChange<'scrolled'>,
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
