// The rows of the key table for the card after an absence. Any other key closes it.
import type { KeyRow } from '../key-row.ts';

export const awayKeys = [
	{
		action: 'list.down',
		contexts: ['away'],
		keys: ['j', 'down'],
		help: 'down',
		hint: 'down',
		weight: 50,
		keyOnly: true,
	},
	{
		action: 'list.up',
		contexts: ['away'],
		keys: ['k', 'up'],
		help: 'up',
		hint: 'up',
		weight: 40,
		keyOnly: true,
	},
	{
		action: 'dialog.choose',
		contexts: ['away'],
		keys: ['enter'],
		help: 'go to its agent',
		hint: 'go there',
		weight: 90,
		keyOnly: true,
	},
	{
		action: 'dialog.close',
		contexts: ['away'],
		keys: ['escape', 'q', 'space'],
		help: 'close; so does any other key',
		hint: 'close',
		weight: 10,
		keyOnly: true,
	},
] as const satisfies readonly KeyRow[];
