// The rows of the key table for what a pane has printed: looking back, copying, its links.
import { whyNoPane } from '../../chrome/no-agent.ts';
import type { KeyRow } from '../key-row.ts';

export const paneTextKeys = [
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
] as const satisfies readonly KeyRow[];
