// The rows of the key table for what lies over the panes.
import { whyNotTakeBack } from '../domain/undoing.ts';
import type { Refusal } from '../lib/outcome.ts';
import type { KeyContext, KeyRow, Situation } from './key-row.ts';
import {
	type MergeDialog,
	whyNotHandOff,
	whyNotInclude,
	whyNotLand,
} from './merge-choice.ts';

export const dialogKeys = [
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
		action: 'dialog.close',
		contexts: ['merge', 'conflict', 'loss', 'undo', 'revert', 'paste', 'quit'],
		keys: ['escape', 'n', 'q'],
		help: 'cancel',
		hint: 'cancel',
		weight: 20,
		keyOnly: true,
	},
] as const satisfies readonly KeyRow[];

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

function onMerge(whyNot: (dialog: MergeDialog) => Refusal | null) {
	return ({ view }: Situation): Refusal | null =>
		view.dialog?.kind === 'merge' ? whyNot(view.dialog) : null;
}

function whyNotUndoShown({ state, view }: Situation): Refusal | null {
	return view.dialog?.kind === 'undo' ? whyNotTakeBack(state, view.dialog.step) : null;
}
