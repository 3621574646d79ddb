// The rows of the key table for the panes and for typing into one.
import {
	type Agent,
	whyNotKill,
	whyNotMerge,
	whyNotPause,
	whyNotRemove,
	whyNotRespawn,
	whyNotResume,
	whyNotType,
	whyNoWorktree,
} from '../domain/agent.ts';
import { whatToUndo } from '../domain/undoing.ts';
import { type Refusal, refusal } from '../lib/outcome.ts';
import type { KeyRow, Situation } from './key-row.ts';
import { needsHuman } from './state-signs.ts';
import { arrangementOf, focusedAgent, shownAgents } from './view.ts';

export const paneKeys = [
	{
		action: 'pane.enter',
		contexts: ['nav'],
		keys: ['enter'],
		help: 'type into the pane; in strips without a live pane: open it',
		hint: 'type',
		weight: 90,
		whyNot: whyNotEnter,
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
		whyNot: onAgent(whyNoWorktree),
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
		hinted: ({ state, view }) => focusedAgent(state, view)?.life.kind !== 'running',
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
		help: 'take back the last merge, kill or removal; shows it first',
		whyNot: ({ state }) =>
			whatToUndo(state) === null
				? refusal(
						'undo.nothing',
						'no merge, kill or removal is there to take back',
						'weir log tells what happened',
					)
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
		whyNot: whyNoneBefore,
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
] as const satisfies readonly KeyRow[];

function onAgent(whyNot: (agent: Agent) => Refusal | null) {
	return ({ state, view }: Situation): Refusal | null => {
		const agent = focusedAgent(state, view);
		return agent ? whyNot(agent) : noAgent();
	};
}

function whyNotTogglePause(agent: Agent): Refusal | null {
	const paused = agent.life.kind === 'running' && agent.life.paused;
	return paused ? whyNotResume(agent) : whyNotPause(agent);
}

/** What has no live pane is opened, whether it runs or not. */
function whyNotEnter({ state, view }: Situation): Refusal | null {
	const agent = focusedAgent(state, view);
	if (!agent) return noAgent();
	const { tiles } = arrangementOf(state, view);
	return tiles.some(({ pane }) => pane === agent.id) ? whyNotType(agent) : null;
}

function whyNoPane({ state }: Situation): Refusal | null {
	return shownAgents(state).length === 0 ? noAgent() : null;
}

function noAgent(): Refusal {
	return refusal('agent.none', 'there are no agents yet', 'c starts one');
}

function whyNothingNeeds({ state }: Situation): Refusal | null {
	const agents = shownAgents(state);
	if (agents.length === 0) return noAgent();
	return agents.some(needsHuman)
		? null
		: refusal('attention.none', 'no agent needs you now', "' goes to one by its name");
}

function whyNoneBefore({ state, view }: Situation): Refusal | null {
	if (shownAgents(state).length === 0) return noAgent();
	return view.previous === null
		? refusal(
				'focus.none',
				'no other pane had the focus yet',
				"' goes to one by its name",
			)
		: null;
}
