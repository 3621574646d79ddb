// The rows of the key table that move, arrange and leave, and the chords of typing.
import { type Refusal, refusal } from '../lib/outcome.ts';
import type { KeyRow, Situation } from './key-row.ts';
import { noAgent } from './no-agent.ts';
import { shownAgents } from './view.ts';

export const viewKeys = [
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
		help: 'jump to an agent by letters of its name, or by its number',
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

function whyNoPane({ state }: Situation): Refusal | null {
	return shownAgents(state).length === 0 ? noAgent() : null;
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
