// The rows of the key table for copy mode: vi's keys over the text of one pane.
import type { KeyRow, Situation } from './key-row.ts';

const selects = ({ view }: Situation) => view.copy.selecting !== null;
const row = { contexts: ['copy'], keyOnly: true } as const;

export const copyKeys = [
	{
		...row,
		action: 'copy.take',
		keys: ['y', 'enter'],
		help: 'copy what is selected to the clipboard, and leave',
		hint: 'copy',
		hinted: selects,
		weight: 90,
	},
	{
		...row,
		action: 'copy.select',
		keys: ['v', 'space'],
		help: 'select characters from here, or no more',
		hint: 'select',
		weight: 80,
	},
	{
		...row,
		action: 'copy.select-lines',
		keys: ['V'],
		help: 'select lines from here, or no more',
		hint: 'lines',
		weight: 70,
	},
	{
		...row,
		action: 'copy.leave',
		keys: ['escape', 'q'],
		help: 'back to the panes; the first Esc ends a selection',
		hint: 'leave',
		weight: 20,
	},
	{
		...row,
		action: 'copy.page-up',
		keys: ['ctrl+u', 'pageup'],
		help: 'half a page up',
		hint: 'up',
		weight: 40,
	},
	{
		...row,
		action: 'copy.page-down',
		keys: ['ctrl+d', 'pagedown'],
		help: 'half a page down',
		hint: 'down',
		weight: 30,
	},
	{ ...row, action: 'copy.left', keys: ['h', 'left', 'backspace'], help: 'left' },
	{ ...row, action: 'copy.down', keys: ['j', 'down'], help: 'down' },
	{ ...row, action: 'copy.up', keys: ['k', 'up'], help: 'up' },
	{ ...row, action: 'copy.right', keys: ['l', 'right'], help: 'right' },
	{ ...row, action: 'copy.word', keys: ['w'], help: 'to the next word' },
	{ ...row, action: 'copy.word-before', keys: ['b'], help: 'to the word before' },
	{ ...row, action: 'copy.word-end', keys: ['e'], help: 'to the end of the word' },
	{ ...row, action: 'copy.line-start', keys: ['0', 'home'], help: 'start of the line' },
	{ ...row, action: 'copy.line-end', keys: ['$', 'end'], help: 'end of the line' },
	{ ...row, action: 'copy.paragraph', keys: ['}'], help: 'to the next empty line' },
	{
		...row,
		action: 'copy.paragraph-before',
		keys: ['{'],
		help: 'to the empty line before',
	},
	{ ...row, action: 'copy.first', keys: ['g', '<'], help: 'to the oldest line' },
	{ ...row, action: 'copy.last', keys: ['G', '>'], help: 'to the newest line' },
] as const satisfies readonly KeyRow[];
