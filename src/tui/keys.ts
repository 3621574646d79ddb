// The one table of keys: what a key does, where, why not now, and how it is explained. Dispatch, hint
// bar, help, the leader's menu, the palette and docs/keys.md are made from it.
import {
	type Agent,
	hasWorktree,
	whyNotKill,
	whyNotMerge,
	whyNotPause,
	whyNotRemove,
	whyNotRespawn,
	whyNotResume,
	whyNotType,
} from '../domain/agent.ts';
import { whatToUndo } from '../domain/landing.ts';
import type { State } from '../domain/state.ts';
import { type Refusal, refusal } from '../lib/outcome.ts';
import {
	type MergeDialog,
	whyNotHandOff,
	whyNotInclude,
	whyNotLand,
} from './merge-choice.ts';
import { needsHuman } from './state-signs.ts';
import { focusedAgent, shownAgents, type View } from './view.ts';

/** Where keys mean something: the panes, or the dialog that lies open. */
export const keyContexts = {
	nav: 'Panes',
	type: 'Typing into a pane',
	text: 'Reading (diff)',
	help: 'Keys',
	merge: 'Merge card',
	conflict: 'Conflict',
	loss: 'Kill or remove',
	revert: 'Undo by a revert',
	paste: 'Risky paste',
	quit: 'Quit',
	palette: 'Commands',
	jump: 'Jump by name',
	layouts: 'Layouts',
	new: 'New agent',
	edit: 'Writing a message',
} as const;
export type KeyContext = keyof typeof keyContexts;

/** What an action may depend on. */
export interface Situation {
	readonly state: State;
	readonly view: View;
}

export interface KeyRow {
	readonly action: string;
	readonly contexts: readonly KeyContext[];
	/** By the names of the input parser. */
	readonly keys: readonly string[];
	/** One line for the help and the palette. */
	readonly help: string;
	/** The palette's words where an agent is meant, its name follows. */
	readonly verb?: string;
	/** A word for the hint bar. */
	readonly hint?: string;
	/** A few words for the leader's menu; rows without them make no sense there. */
	readonly short?: string;
	/** Higher ones are shown first. */
	readonly weight?: number;
	/** Why it cannot be done now; null where it can. */
	readonly whyNot?: (situation: Situation) => Refusal | null;
	/** Not among the commands of the palette: it makes sense as a key only. */
	readonly keyOnly?: true;
}

export const leaderKey = 'ctrl+space';

export const keyTable = [
	{
		action: 'pane.enter',
		contexts: ['nav'],
		keys: ['enter'],
		help: 'type into the pane; in strips without a live pane: open it',
		hint: 'type',
		weight: 90,
		whyNot: onAgent(whyNotEnter),
		keyOnly: true,
	},
	{
		action: 'pane.type',
		contexts: ['nav'],
		keys: ['i'],
		verb: 'type into',
		help: 'type into the pane',
		whyNot: onAgent(whyNotType),
	},
	{
		action: 'attention.next',
		contexts: ['nav'],
		keys: ['n'],
		short: 'next that needs me',
		help: 'go to the next agent that needs you',
		hint: 'next that needs me',
		weight: 40,
		whyNot: whyNothingNeeds,
	},
	{
		action: 'attention.previous',
		contexts: ['nav'],
		keys: ['N'],
		short: 'previous',
		help: 'go to the previous agent that needs you',
		whyNot: whyNothingNeeds,
	},
	{
		action: 'agent.merge',
		contexts: ['nav'],
		keys: ['m'],
		verb: 'merge',
		short: 'merge',
		help: 'merge its work into the base, by a card',
		hint: 'merge',
		weight: 80,
		whyNot: onAgent(whyNotMerge),
	},
	{
		action: 'agent.diff',
		contexts: ['nav'],
		keys: ['d'],
		verb: 'show the diff of',
		short: 'diff',
		help: 'show what it changed',
		hint: 'diff',
		weight: 70,
		whyNot: onAgent(whyNotDiff),
	},
	{
		action: 'agent.kill',
		contexts: ['nav'],
		keys: ['x'],
		verb: 'kill',
		short: 'kill',
		help: 'kill its program; the worktree stays',
		hint: 'kill',
		weight: 60,
		whyNot: onAgent(whyNotKill),
	},
	{
		action: 'agent.respawn',
		contexts: ['nav'],
		keys: ['R'],
		verb: 'respawn',
		short: 'respawn',
		help: 'start its program again',
		hint: 'respawn',
		weight: 50,
		whyNot: onAgent(whyNotRespawn),
	},
	{
		action: 'agent.remove',
		contexts: ['nav'],
		keys: ['X'],
		verb: 'remove the worktree of',
		short: 'remove',
		help: 'remove its worktree, after a snapshot',
		whyNot: onAgent(whyNotRemove),
	},
	{
		action: 'agent.pause',
		contexts: ['nav'],
		keys: ['p'],
		verb: 'pause or resume',
		short: 'pause, resume',
		help: 'pause its program, or let it go on',
		whyNot: onAgent(whyNotTogglePause),
	},
	{
		action: 'agent.new',
		contexts: ['nav'],
		keys: ['c'],
		short: 'new agent',
		help: 'start a new agent in a worktree of its own',
		hint: 'new',
		weight: 55,
	},
	{
		action: 'undo',
		contexts: ['nav'],
		keys: ['u'],
		short: 'undo',
		help: 'take back the last merge, kill or removal',
		whyNot: ({ state }) =>
			whatToUndo(state) === null
				? refusal('undo.nothing', 'there is nothing to take back')
				: null,
	},
	{
		action: 'view.zoom',
		contexts: ['nav'],
		keys: ['z'],
		short: 'zoom',
		help: 'one pane alone, and back',
		hint: 'zoom',
		weight: 30,
		whyNot: whyNoPane,
	},
	{
		action: 'layout.next',
		contexts: ['nav'],
		keys: ['v'],
		short: 'next layout',
		help: 'next layout: auto, grid, main and stack, columns, strips',
		hint: 'layout',
		weight: 20,
	},
	{
		action: 'layout.pick',
		contexts: ['nav'],
		keys: ['V'],
		short: 'choose a layout',
		help: 'choose a layout',
	},
	{
		action: 'focus.left',
		contexts: ['nav'],
		keys: ['h', 'left'],
		short: 'pane left',
		help: 'focus the pane to the left',
		keyOnly: true,
	},
	{
		action: 'focus.down',
		contexts: ['nav'],
		keys: ['j', 'down'],
		short: 'pane below',
		help: 'focus the pane below, or the next strip',
		keyOnly: true,
	},
	{
		action: 'focus.up',
		contexts: ['nav'],
		keys: ['k', 'up'],
		short: 'pane above',
		help: 'focus the pane above, or the strip before',
		keyOnly: true,
	},
	{
		action: 'focus.right',
		contexts: ['nav'],
		keys: ['l', 'right'],
		short: 'pane right',
		help: 'focus the pane to the right',
		keyOnly: true,
	},
	{
		action: 'focus.next',
		contexts: ['nav'],
		keys: ['tab'],
		help: 'focus the next agent',
		keyOnly: true,
	},
	{
		action: 'focus.previous',
		contexts: ['nav'],
		keys: ['shift+tab'],
		help: 'focus the agent before',
		keyOnly: true,
	},
	{
		action: 'focus.first',
		contexts: ['nav'],
		keys: ['<'],
		help: 'focus the first agent',
		keyOnly: true,
	},
	{
		action: 'focus.end',
		contexts: ['nav'],
		keys: ['>'],
		help: 'focus the last agent',
		keyOnly: true,
	},
	{
		action: 'focus.jump',
		contexts: ['nav'],
		keys: ["'"],
		short: 'jump by name',
		help: 'jump to an agent by letters of its name',
		whyNot: whyNoPane,
	},
	{
		action: 'focus.back',
		contexts: ['nav'],
		keys: [';'],
		short: 'pane before',
		help: 'go back to the pane before',
		whyNot: ({ view }) =>
			view.previous === null
				? refusal('focus.none', 'no other pane had the focus yet')
				: null,
	},
	{
		action: 'scroll.up',
		contexts: ['nav'],
		keys: ['pageup', 'ctrl+u'],
		help: 'look at the history of the pane',
		whyNot: whyNoPane,
	},
	{
		action: 'scroll.down',
		contexts: ['nav'],
		keys: ['pagedown', 'ctrl+d'],
		help: 'go down in the history; at its end follow the program again',
		whyNot: whyNoPane,
	},
	{
		action: 'split.wider',
		contexts: ['nav'],
		keys: ['L'],
		short: 'wider',
		help: 'make the main pane wider (main and stack, strips)',
	},
	{
		action: 'split.narrower',
		contexts: ['nav'],
		keys: ['H'],
		short: 'narrower',
		help: 'make the main pane narrower (main and stack, strips)',
	},
	{
		action: 'mouse.toggle',
		contexts: ['nav'],
		keys: ['M'],
		short: 'mouse',
		help: "mouse on or off; off, the terminal's own selection works",
	},
	{
		action: 'palette.open',
		contexts: ['nav'],
		keys: [':'],
		short: 'commands',
		help: 'all commands, by name',
		hint: 'commands',
		weight: 10,
		keyOnly: true,
	},
	{
		action: 'help.open',
		contexts: ['nav'],
		keys: ['?'],
		short: 'all keys',
		help: 'all keys',
	},
	{
		action: 'back',
		contexts: ['nav'],
		keys: ['escape', 'q'],
		help: 'back: out of the history, then out of the zoom',
		keyOnly: true,
	},
	{
		action: 'screen.panes',
		contexts: ['nav'],
		keys: ['1'],
		help: 'the panes, as the layout shows them',
		keyOnly: true,
	},
	{
		action: 'quit',
		contexts: ['nav'],
		keys: ['Q'],
		short: 'leave weir',
		help: 'leave weir; agents go on or are ended, as you choose',
	},
	{
		action: 'redraw',
		contexts: ['nav'],
		keys: ['ctrl+l'],
		help: 'draw the screen anew',
	},
	{
		action: 'hint.interrupt',
		contexts: ['nav'],
		keys: ['ctrl+c'],
		help: 'says how to leave: Ctrl+C never ends weir',
		keyOnly: true,
	},

	{
		action: 'type.leave',
		contexts: ['type'],
		keys: ['alt+e'],
		help: 'back to the panes; so does the leader, then Esc',
		keyOnly: true,
	},
	{
		action: 'attention.next',
		contexts: ['type'],
		keys: ['alt+i'],
		help: 'go to the next agent that needs you, without typing',
		hint: 'next that needs me',
		weight: 70,
		keyOnly: true,
	},
	{
		action: 'focus.next',
		contexts: ['type'],
		keys: ['alt+j'],
		help: 'type into the next pane',
		hint: 'next pane',
		weight: 60,
		keyOnly: true,
	},
	{
		action: 'focus.previous',
		contexts: ['type'],
		keys: ['alt+k'],
		help: 'type into the pane before',
		hint: 'pane before',
		weight: 50,
		keyOnly: true,
	},

	...reading(['text', 'help', 'palette', 'jump', 'layouts']),
	{
		action: 'dialog.close',
		contexts: ['text', 'help', 'layouts'],
		keys: ['escape', 'q'],
		help: 'close',
		hint: 'close',
		weight: 10,
		keyOnly: true,
	},
	{
		action: 'dialog.close',
		contexts: ['palette', 'jump', 'new', 'edit'],
		keys: ['escape'],
		help: 'close',
		hint: 'close',
		weight: 10,
		keyOnly: true,
	},
	{
		action: 'dialog.choose',
		contexts: ['palette', 'jump', 'layouts'],
		keys: ['enter'],
		help: 'do what is marked',
		hint: 'choose',
		weight: 90,
		keyOnly: true,
	},
	{
		action: 'dialog.choose',
		contexts: ['new'],
		keys: ['enter'],
		help: 'start the agent',
		hint: 'start',
		weight: 90,
		keyOnly: true,
	},
	{
		action: 'field.next',
		contexts: ['new'],
		keys: ['tab', 'shift+tab', 'up', 'down'],
		help: 'the other field',
		hint: 'other field',
		weight: 80,
		keyOnly: true,
	},
	{
		action: 'dialog.choose',
		contexts: ['edit'],
		keys: ['enter'],
		help: 'keep the message',
		hint: 'keep',
		weight: 90,
		keyOnly: true,
	},

	{
		action: 'merge.land',
		contexts: ['merge'],
		keys: ['y'],
		help: 'merge',
		hint: 'merge',
		weight: 90,
		whyNot: onMerge(whyNotLand),
		keyOnly: true,
	},
	{
		action: 'merge.message',
		contexts: ['merge'],
		keys: ['e'],
		help: 'write another message',
		hint: 'message',
		weight: 80,
		keyOnly: true,
	},
	{
		action: 'merge.strategy',
		contexts: ['merge'],
		keys: ['s'],
		help: 'squash, or keep the commits',
		hint: 'squash or merge',
		weight: 70,
		keyOnly: true,
	},
	{
		action: 'merge.include',
		contexts: ['merge'],
		keys: ['c'],
		help: 'commit the uncommitted files, or leave them',
		hint: 'uncommitted files',
		weight: 60,
		whyNot: onMerge(whyNotInclude),
		keyOnly: true,
	},
	{
		action: 'merge.diff',
		contexts: ['merge'],
		keys: ['d'],
		help: 'read the diff first',
		hint: 'diff',
		weight: 50,
		keyOnly: true,
	},
	{
		action: 'conflict.hand-off',
		contexts: ['conflict', 'merge'],
		keys: ['f'],
		help: 'hand the conflict to the agent: the base comes into its worktree',
		hint: 'hand to the agent',
		weight: 85,
		whyNot: onMerge(whyNotHandOff),
		keyOnly: true,
	},
	{
		action: 'dialog.yes',
		contexts: ['loss', 'revert', 'paste'],
		keys: ['y'],
		help: 'do it',
		hint: 'yes',
		weight: 90,
		keyOnly: true,
	},
	{
		action: 'quit.detach',
		contexts: ['quit'],
		keys: ['d', 'y'],
		help: 'detach: agents go on without weir on the screen',
		hint: 'detach',
		weight: 90,
		keyOnly: true,
	},
	{
		action: 'quit.end',
		contexts: ['quit'],
		keys: ['w'],
		help: 'end all agents, after a snapshot of each',
		hint: 'end all agents',
		weight: 80,
		keyOnly: true,
	},
	{
		action: 'dialog.close',
		contexts: ['merge', 'conflict', 'loss', 'revert', 'paste', 'quit'],
		keys: ['escape', 'n', 'q'],
		help: 'cancel',
		hint: 'cancel',
		weight: 20,
		keyOnly: true,
	},
] as const satisfies readonly KeyRow[];

export type ActionId = (typeof keyTable)[number]['action'];

/** A row as others read it; its action is one of the table's. */
export interface BoundKey extends KeyRow {
	readonly action: ActionId;
}

const rows: readonly BoundKey[] = keyTable;

/** The row of a key in a context, if it is bound there. */
export function rowOf(context: KeyContext, key: string): BoundKey | undefined {
	return rows.find((row) => row.contexts.includes(context) && row.keys.includes(key));
}

/** The rows of a context in the order of the table. */
export function rowsOf(context: KeyContext): readonly BoundKey[] {
	return rows.filter((row) => row.contexts.includes(context));
}

/** Rows that may be run by name. */
export function commandRows(): readonly BoundKey[] {
	return rows.filter((row) => row.contexts.includes('nav') && row.keyOnly !== true);
}

/** How a key is written for people: `⏎`, `Ctrl+Space`. */
export function keyLabel(key: string): string {
	const known = labels[key];
	if (known !== undefined) return known;
	return key.replace(/^(ctrl|alt|shift)\+/, (_, name: string) => {
		return `${name.charAt(0).toUpperCase()}${name.slice(1)}+`;
	});
}

export interface KeyConflict {
	readonly context: KeyContext;
	readonly key: string;
	readonly actions: readonly string[];
}

/** Keys that mean two things in one context. */
export function keyConflicts(table: readonly KeyRow[] = rows): KeyConflict[] {
	const found: KeyConflict[] = [];
	const contexts = new Set(table.flatMap((row) => row.contexts));
	for (const context of contexts) {
		const bound = table.filter((row) => row.contexts.includes(context));
		const byKey = Map.groupBy(
			bound.flatMap((row) => row.keys.map((key) => ({ key, action: row.action }))),
			({ key }) => key,
		);
		for (const [key, uses] of byKey)
			if (uses.length > 1)
				found.push({ context, key, actions: uses.map(({ action }) => action) });
	}
	return found;
}

const labels: Readonly<Record<string, string>> = {
	enter: 'Enter',
	escape: 'Esc',
	tab: 'Tab',
	'shift+tab': 'Shift+Tab',
	up: 'Up',
	down: 'Down',
	left: 'Left',
	right: 'Right',
	pageup: 'PageUp',
	pagedown: 'PageDown',
	'ctrl+space': 'Ctrl+Space',
	'ctrl+u': 'Ctrl+U',
	'ctrl+d': 'Ctrl+D',
	'ctrl+l': 'Ctrl+L',
	'ctrl+c': 'Ctrl+C',
};

function reading(contexts: readonly KeyContext[]) {
	const letters = contexts.filter(
		(context) => context !== 'palette' && context !== 'jump',
	);
	return [
		{
			action: 'list.down' as const,
			contexts,
			keys: ['down', 'ctrl+n'],
			help: 'down',
			keyOnly: true as const,
		},
		{
			action: 'list.up' as const,
			contexts,
			keys: ['up', 'ctrl+p'],
			help: 'up',
			keyOnly: true as const,
		},
		{
			action: 'list.down' as const,
			contexts: letters,
			keys: ['j'],
			help: 'down',
			hint: 'down',
			weight: 50,
			keyOnly: true as const,
		},
		{
			action: 'list.up' as const,
			contexts: letters,
			keys: ['k'],
			help: 'up',
			hint: 'up',
			weight: 40,
			keyOnly: true as const,
		},
		{
			action: 'list.page-down' as const,
			contexts,
			keys: ['pagedown', 'ctrl+d'],
			help: 'a page down',
			keyOnly: true as const,
		},
		{
			action: 'list.page-up' as const,
			contexts,
			keys: ['pageup'],
			help: 'a page up',
			keyOnly: true as const,
		},
		{
			action: 'list.page-down' as const,
			contexts: letters,
			keys: ['space'],
			help: 'a page down',
			hint: 'page',
			weight: 30,
			keyOnly: true as const,
		},
		{
			action: 'list.page-up' as const,
			contexts: letters,
			keys: ['ctrl+u', 'b'],
			help: 'a page up',
			keyOnly: true as const,
		},
		{
			action: 'list.first' as const,
			contexts: letters,
			keys: ['g', '<', 'home'],
			help: 'to the beginning',
			keyOnly: true as const,
		},
		{
			action: 'list.end' as const,
			contexts: letters,
			keys: ['G', '>', 'end'],
			help: 'to the end',
			keyOnly: true as const,
		},
	];
}

function onAgent(whyNot: (agent: Agent) => Refusal | null) {
	return ({ state, view }: Situation): Refusal | null => {
		const agent = focusedAgent(state, view);
		return agent ? whyNot(agent) : noAgent();
	};
}

function onMerge(whyNot: (dialog: MergeDialog) => Refusal | null) {
	return ({ view }: Situation): Refusal | null =>
		view.dialog?.kind === 'merge' ? whyNot(view.dialog) : null;
}

function whyNotTogglePause(agent: Agent): Refusal | null {
	const paused = agent.life.kind === 'running' && agent.life.paused;
	return paused ? whyNotResume(agent) : whyNotPause(agent);
}

function whyNotEnter(agent: Agent): Refusal | null {
	const no = whyNotType(agent);
	return no && { ...no, allow: 'R respawns it' };
}

function whyNotDiff(agent: Agent): Refusal | null {
	return hasWorktree(agent)
		? null
		: refusal('diff.none', `${agent.name} has no worktree to compare`);
}

function whyNoPane({ state }: Situation): Refusal | null {
	return shownAgents(state).length === 0 ? noAgent() : null;
}

function noAgent(): Refusal {
	return refusal('agent.none', 'there are no agents yet', 'c starts one');
}

function whyNothingNeeds({ state }: Situation): Refusal | null {
	return shownAgents(state).some(needsHuman)
		? null
		: refusal('attention.none', 'no agent needs you now');
}
