// The rows of the key table for cards that ask, and for the direction of a swap.
import { whyNotTakeBack } from '../../../domain/undoing.ts';
import type { Refusal } from '../../../lib/outcome.ts';
import type { KeyRow, Situation } from '../key-row.ts';

export const cardKeys = [
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
		action: 'dialog.yes',
		contexts: ['undo'],
		keys: ['u', 'y'],
		help: 'take it back',
		hint: 'take it back',
		weight: 90,
		whyNot: whyNotUndoShown,
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
		action: 'demo.end',
		contexts: ['quit-demo'],
		keys: ['y'],
		help: 'end the demo: its agents and its scratch repository go',
		hint: 'end the demo',
		weight: 90,
		keyOnly: true,
	},
	{
		action: 'dialog.close',
		contexts: ['loss', 'undo', 'revert', 'paste', 'quit', 'quit-demo'],
		keys: ['escape', 'n', 'q'],
		help: 'cancel',
		hint: 'cancel',
		weight: 20,
		keyOnly: true,
	},
	{
		action: 'swap.left',
		contexts: ['swap'],
		keys: ['h', 'left'],
		help: 'with the pane to the left',
		keyOnly: true,
	},
	{
		action: 'swap.down',
		contexts: ['swap'],
		keys: ['j', 'down'],
		help: 'with the pane below',
		keyOnly: true,
	},
	{
		action: 'swap.up',
		contexts: ['swap'],
		keys: ['k', 'up'],
		help: 'with the pane above',
		keyOnly: true,
	},
	{
		action: 'swap.right',
		contexts: ['swap'],
		keys: ['l', 'right'],
		help: 'with the pane to the right',
		keyOnly: true,
	},
	{
		action: 'dialog.close',
		contexts: ['swap'],
		keys: ['escape', 'q', 'S'],
		help: 'cancel',
		hint: 'cancel',
		weight: 20,
		keyOnly: true,
	},
] as const satisfies readonly KeyRow[];

function whyNotUndoShown({ state, view }: Situation): Refusal | null {
	return view.dialog?.kind === 'undo' ? whyNotTakeBack(state, view.dialog.step) : null;
}
