// The rows of the key table about weir itself: how it looks, what it can do, and the ways out.
import { type Refusal, refusal } from '../../../lib/outcome.ts';
import type { KeyRow, Situation } from '../key-row.ts';

/** On every screen. */
const everywhere = ['nav', 'inbox', 'review', 'gates', 'queue'] as const;

export const viewKeys = [
	{
		action: 'mouse.toggle',
		contexts: everywhere,
		keys: ['M'],
		short: 'mouse',
		help: "mouse on or off; off, the terminal's own selection works",
	},
	{
		action: 'theme.pick',
		contexts: everywhere,
		keys: ['T'],
		short: 'theme',
		help: 'choose a theme; each is shown as you go through them',
		whyNot: whyNoColours,
	},
	{
		action: 'palette.open',
		contexts: everywhere,
		keys: [':'],
		short: 'commands',
		help: 'all commands, by name',
		hint: 'commands',
		weight: 10,
		keyOnly: true,
	},
	{
		action: 'help.open',
		contexts: everywhere,
		keys: ['?'],
		short: 'all keys',
		help: 'all keys',
	},
	{
		action: 'view.back',
		contexts: ['nav'],
		keys: ['escape'],
		help: 'back: to the panes, out of the history, the zoom, the filter',
		hint: 'all agents',
		hinted: ({ view }) => view.filter !== '',
		weight: 85,
		keyOnly: true,
	},
	{
		action: 'view.close',
		contexts: ['nav'],
		keys: ['q'],
		help: 'back, as Esc; where there is nothing to go back from it says how to leave',
		keyOnly: true,
	},
	{
		action: 'screen.panes',
		contexts: ['nav', 'review', 'gates', 'queue'],
		keys: ['1'],
		help: 'the panes, as the layout shows them',
		keyOnly: true,
	},
	{
		action: 'quit.open',
		contexts: everywhere,
		keys: ['Q'],
		short: 'leave weir',
		help: 'leave weir; agents go on or are ended, as you choose',
	},
	{
		action: 'view.redraw',
		contexts: everywhere,
		keys: ['ctrl+l'],
		help: 'draw the screen anew',
	},
	{
		action: 'hint.interrupt',
		contexts: everywhere,
		keys: ['ctrl+c'],
		help: 'says how to leave: Ctrl+C never ends weir',
		keyOnly: true,
	},
] as const satisfies readonly KeyRow[];

function whyNoColours({ view }: Situation): Refusal | null {
	return view.theme.depth === 'mono'
		? refusal(
				'theme.no-colours',
				'no colours are shown here: NO_COLOR, --no-color or TERM says so',
			)
		: null;
}
