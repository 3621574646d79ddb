// The rows of the key table that move, arrange and leave, and the chords of typing.
import { type Refusal, refusal } from '../../lib/outcome.ts';
import { noAgent } from '../chrome/no-agent.ts';
import {
	whyAllEqual,
	whyNoBay,
	whyNoBorder,
	whyNoOtherLayout,
	whyNoSwap,
} from '../layouts/layout-refusals.ts';
import { shownAgents } from '../view.ts';
import type { KeyRow, Situation } from './key-row.ts';

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
		help: 'next layout that fits: auto, grid, main and stack, columns, strips',
		hint: 'layout',
		weight: 20,
		whyNot: whyNoOtherLayout,
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
		action: 'resize.left',
		contexts: ['nav'],
		keys: ['H'],
		short: 'border left',
		help: 'move the border beside the pane to the left',
		whyNot: whyNoBorder('x'),
	},
	{
		action: 'resize.down',
		contexts: ['nav'],
		keys: ['J'],
		short: 'border down',
		help: 'move the border below the pane down; below the last, the one above it',
		whyNot: whyNoBorder('y'),
	},
	{
		action: 'resize.up',
		contexts: ['nav'],
		keys: ['K'],
		short: 'border up',
		help: 'move the border below the pane up; below the last, the one above it',
		whyNot: whyNoBorder('y'),
	},
	{
		action: 'resize.right',
		contexts: ['nav'],
		keys: ['L'],
		short: 'border right',
		help: 'move the border beside the pane to the right',
		whyNot: whyNoBorder('x'),
	},
	{
		action: 'resize.equal',
		contexts: ['nav'],
		keys: ['='],
		short: 'equal',
		help: 'put the borders of this layout back to where they were at first',
		whyNot: whyAllEqual,
	},
	{
		action: 'bay.fold',
		contexts: ['nav'],
		keys: ['b'],
		short: 'fold',
		help: 'fold the bay of the focused strip into one row, or unfold it',
		whyNot: whyNoBay,
	},
	{
		action: 'swap.open',
		contexts: ['nav'],
		keys: ['S'],
		short: 'swap',
		help: 'swap the pane with the one in a direction: h j k l or an arrow',
		whyNot: whyNoSwap,
	},
	{
		action: 'copy.open',
		contexts: ['nav'],
		keys: ['['],
		short: 'copy mode',
		help: 'copy mode: move, search, select in the text of the pane as in vi',
		hint: 'copy',
		weight: 15,
		whyNot: whyNoPane,
	},
	{
		action: 'link.pick',
		contexts: ['nav'],
		keys: ['O'],
		short: 'links',
		help: 'open a link that the pane shows; its host is shown first',
		whyNot: whyNoPane,
	},
	{
		action: 'text.edit',
		contexts: ['nav', 'copy'],
		keys: ['E'],
		short: 'text in $EDITOR',
		help: 'open all that the pane printed in $EDITOR, to read',
		whyNot: whyNoPane,
	},
	{
		action: 'mouse.toggle',
		contexts: ['nav'],
		keys: ['M'],
		short: 'mouse',
		help: "mouse on or off; off, the terminal's own selection works",
	},
	{
		action: 'theme.pick',
		contexts: ['nav'],
		keys: ['T'],
		short: 'theme',
		help: 'choose a theme; each is shown as you go through them',
		whyNot: whyNoColours,
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
		action: 'view.back',
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
		action: 'quit.open',
		contexts: ['nav'],
		keys: ['Q'],
		short: 'leave weir',
		help: 'leave weir; agents go on or are ended, as you choose',
	},
	{
		action: 'view.redraw',
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

function whyNoColours({ view }: Situation): Refusal | null {
	return view.theme.depth === 'mono'
		? refusal(
				'theme.no-colours',
				'no colours are shown here: NO_COLOR, --no-color or TERM says so',
			)
		: null;
}

function whyNoneBefore({ state, view }: Situation): Refusal | null {
	if (shownAgents(state).length === 0) return noAgent();
	return view.previous === null
		? refusal(
				'focus.none',
				'no other pane had the focus yet',
				'{focus.jump} goes to one by its name',
			)
		: null;
}
