// The rows of the key table that choose which panes are looked at.
import { type Refusal, refusal } from '../../../lib/outcome.ts';
import { whyNoPane } from '../../chrome/no-agent.ts';
import type { KeyRow, Situation } from '../key-row.ts';

export const focusKeys = [
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
		contexts: ['nav', 'review', 'gates', 'queue'],
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
		action: 'view.filter',
		contexts: ['nav', 'gates', 'queue'],
		keys: ['/'],
		short: 'filter by name',
		help: 'show only agents whose names hold some letters; Esc shows all again',
		whyNot: whyNoPane,
	},
] as const satisfies readonly KeyRow[];

function whyNoneBefore(situation: Situation): Refusal | null {
	const none = whyNoPane(situation);
	return none === null && situation.view.previous === null
		? refusal(
				'focus.none',
				'no other pane had the focus yet',
				'{focus.jump} goes to one by its name',
			)
		: none;
}
