// The rows of the key table for what is read or chosen from.
import { type Refusal, refusal } from '../../../lib/outcome.ts';
import type { KeyRow, Situation } from '../key-row.ts';

/** A letter moves there; in the others it is written into their field. */
const still = ['text', 'why', 'outside', 'help', 'layouts', 'themes', 'links'] as const;
const chosen = ['palette', 'jump', 'layouts', 'themes', 'links'] as const;
const scrolled = [...still, 'palette', 'jump'] as const;

export const listKeys = [
	{
		action: 'list.down',
		contexts: [...scrolled, 'compose'],
		keys: ['down', 'ctrl+n'],
		help: 'down',
		keyOnly: true,
	},
	{
		action: 'list.up',
		contexts: [...scrolled, 'compose'],
		keys: ['up', 'ctrl+p'],
		help: 'up',
		keyOnly: true,
	},
	{
		action: 'list.down',
		contexts: still,
		keys: ['j'],
		help: 'down',
		hint: 'down',
		weight: 50,
		keyOnly: true,
	},
	{
		action: 'list.up',
		contexts: still,
		keys: ['k'],
		help: 'up',
		hint: 'up',
		weight: 40,
		keyOnly: true,
	},
	{
		action: 'list.page-down',
		contexts: scrolled,
		keys: ['pagedown', 'ctrl+d'],
		help: 'a page down',
		keyOnly: true,
	},
	{
		action: 'list.page-up',
		contexts: scrolled,
		keys: ['pageup'],
		help: 'a page up',
		keyOnly: true,
	},
	{
		action: 'list.page-down',
		contexts: still,
		keys: ['space'],
		help: 'a page down',
		hint: 'page',
		weight: 30,
		keyOnly: true,
	},
	{
		action: 'list.page-up',
		contexts: still,
		keys: ['ctrl+u', 'b'],
		help: 'a page up',
		keyOnly: true,
	},
	{
		action: 'list.first',
		contexts: still,
		keys: ['g', '<', 'home'],
		help: 'to the beginning',
		keyOnly: true,
	},
	{
		action: 'list.end',
		contexts: still,
		keys: ['G', '>', 'end'],
		help: 'to the end',
		keyOnly: true,
	},
	{
		action: 'dialog.close',
		contexts: still,
		keys: ['escape', 'q'],
		help: 'close',
		hint: 'close',
		weight: 10,
		keyOnly: true,
	},
	{
		action: 'dialog.close',
		contexts: ['palette', 'jump'],
		keys: ['escape'],
		help: 'close',
		hint: 'close',
		weight: 10,
		keyOnly: true,
	},
	{
		action: 'dialog.choose',
		contexts: chosen,
		keys: ['enter'],
		help: 'do what is marked',
		hint: 'choose',
		weight: 90,
		keyOnly: true,
	},
	{
		action: 'layout.save',
		contexts: ['layouts'],
		keys: ['s'],
		help: 'save the present layout by a name, for you in all repositories',
		hint: 'save',
		weight: 80,
		keyOnly: true,
	},
	{
		action: 'layout.delete',
		contexts: ['layouts'],
		keys: ['x'],
		help: 'delete the saved layout that is marked; pressed twice',
		hint: 'delete',
		weight: 70,
		whyNot: whyNotDelete,
		keyOnly: true,
	},
] as const satisfies readonly KeyRow[];

function whyNotDelete({ view: { dialog } }: Situation): Refusal | null {
	const choice = dialog?.kind === 'layouts' ? dialog.choices[dialog.at] : undefined;
	return choice?.kind === 'own'
		? refusal('layout.own', `${choice.name} is a layout of weir: it stays`)
		: null;
}
