// The rows of the key table for TYPE: chords that are weir's while all else goes to the program.
import type { KeyRow } from '../key-row.ts';

export const chordKeys = [
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
