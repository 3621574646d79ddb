// The rows of the key table for what needs somebody: the inbox, and the question over a pane.
import {
	whyNotKill,
	whyNotMerge,
	whyNotRespawn,
	whyNoWorktree,
} from '../../../domain/agent-refusals.ts';
import type { InboxItem } from '../../../domain/inbox.ts';
import { whyHeld } from '../../../domain/queue/holding.ts';
import { type Refusal, refusal } from '../../../lib/outcome.ts';
import { alikeTo } from '../../inbox/alike-items.ts';
import { choiceOfKey, takesWords } from '../../inbox/answer-keys.ts';
import { itemAimedAt, itemsAt, listedIn } from '../../inbox/inbox-list.ts';
import type { KeyRow, Situation } from '../key-row.ts';
import { onAgent } from './on-agent.ts';

const answering = ['inbox', 'question', 'alike'] as const;
const oneItem = ['inbox', 'question'] as const;

export const inboxKeys = [
	{
		action: 'screen.inbox',
		contexts: ['nav', 'review', 'gates', 'queue'],
		keys: ['2'],
		short: 'inbox',
		hint: 'inbox',
		weight: 35,
		hinted: ({ state, view }) => itemsAt(state, view).length > 0,
		help: 'what needs you, with the very questions; answered there',
	},
	{
		action: 'screen.before',
		contexts: ['nav', 'inbox', 'review', 'gates', 'queue'],
		keys: ['-'],
		help: 'the screen before',
		keyOnly: true,
	},
	{
		action: 'view.back',
		contexts: ['inbox', 'review', 'gates', 'queue'],
		keys: ['escape', 'q'],
		help: 'back to the panes',
		hint: 'panes',
		weight: 20,
		keyOnly: true,
	},
	{
		action: 'answer.yes',
		contexts: answering,
		keys: ['y'],
		help: 'yes, once',
		whyNot: unless('y'),
		answers: true,
		keyOnly: true,
	},
	{
		action: 'answer.always',
		contexts: answering,
		keys: ['a'],
		help: 'always for this task, where that is offered; acknowledge an alarm',
		whyNot: unless('a'),
		answers: true,
		keyOnly: true,
	},
	{
		action: 'answer.no',
		contexts: answering,
		keys: ['N'],
		help: 'no, and why where the question takes that',
		whyNot: unless('N'),
		answers: true,
		keyOnly: true,
	},
	digit('answer.1', '1'),
	digit('answer.2', '2'),
	digit('answer.3', '3'),
	digit('answer.4', '4'),
	digit('answer.5', '5'),
	digit('answer.6', '6'),
	digit('answer.7', '7'),
	digit('answer.8', '8'),
	digit('answer.9', '9'),
	{
		action: 'answer.words',
		contexts: oneItem,
		keys: ['r'],
		help: 'answer in words of your own',
		whyNot: whyNoWords,
		keyOnly: true,
	},
	{
		action: 'answer.alike',
		contexts: ['inbox'],
		keys: ['A'],
		help: 'answer all that are alike; shows them first',
		hint: 'answer all alike',
		weight: 80,
		whyNot: whyNoneAlike,
		answers: true,
		keyOnly: true,
	},
	{
		action: 'item.snooze',
		contexts: oneItem,
		keys: ['s'],
		help: 'put it off for a while',
		hint: 'put off',
		weight: 70,
		whyNot: whyNoSnooze,
		keyOnly: true,
	},
	{
		action: 'inbox.open',
		contexts: ['inbox'],
		keys: ['enter'],
		help: 'go to its pane; of an alarm, what the gate printed',
		hint: 'look at it',
		weight: 90,
		whyNot: whyNoItem,
		keyOnly: true,
	},
	{
		action: 'question.type',
		contexts: ['question'],
		keys: ['enter', 'i'],
		help: 'type into the pane instead',
		hint: 'type into the pane',
		weight: 60,
		keyOnly: true,
	},
	{
		action: 'attention.next',
		contexts: ['question'],
		keys: ['n'],
		help: 'the next that needs you',
		hint: 'next',
		weight: 50,
		keyOnly: true,
	},
	{
		action: 'dialog.close',
		contexts: ['question', 'reply', 'snooze', 'alike'],
		keys: ['escape'],
		help: 'close, answer nothing',
		hint: 'close',
		weight: 10,
		keyOnly: true,
	},
	{
		action: 'dialog.choose',
		contexts: ['reply'],
		keys: ['enter'],
		help: 'send it',
		hint: 'send',
		weight: 90,
		keyOnly: true,
	},
	...[
		snoozeRow('snooze.short', ['1'], 'for 5 minutes', '5 min', 80),
		snoozeRow('snooze.usual', ['2', 's', 'enter'], 'for 15 minutes', '15 min', 79),
		snoozeRow('snooze.long', ['3'], 'for an hour', '1 hour', 78),
		snoozeRow('snooze.change', ['e'], 'until it changes', 'until it changes', 77),
	],
	{
		action: 'inbox.down',
		contexts: ['inbox'],
		keys: ['j', 'down', 'n', 'tab'],
		help: 'the next item',
		hint: 'next',
		weight: 60,
		whyNot: whyNoItem,
		aims: true,
		keyOnly: true,
	},
	{
		action: 'inbox.up',
		contexts: ['inbox'],
		keys: ['k', 'up', 'shift+tab'],
		help: 'the item before',
		whyNot: whyNoItem,
		aims: true,
		keyOnly: true,
	},
	{
		action: 'inbox.first',
		contexts: ['inbox'],
		keys: ['<', 'home'],
		help: 'the most urgent item',
		whyNot: whyNoItem,
		aims: true,
		keyOnly: true,
	},
	{
		action: 'inbox.end',
		contexts: ['inbox'],
		keys: ['>', 'end'],
		help: 'the last item',
		whyNot: whyNoItem,
		aims: true,
		keyOnly: true,
	},
	onItsAgent('agent.diff', 'd', 'show what its agent changed', whyNoWorktree),
	onItsAgent(
		'agent.merge',
		'm',
		'merge the work of its agent',
		(agent) => whyNotMerge(agent) ?? whyHeld(agent),
	),
	onItsAgent('agent.respawn', 'R', 'start its agent again', whyNotRespawn),
	onItsAgent('agent.kill', 'x', 'kill the program of its agent', whyNotKill),
] as const satisfies readonly KeyRow[];

function digit<A extends string>(action: A, key: string) {
	return {
		action,
		contexts: answering,
		keys: [key],
		help: `answer ${key}; in the inbox the screen ${key} where none is offered`,
		answers: true,
		keyOnly: true,
	} as const;
}

function snoozeRow<A extends string, const K extends readonly string[]>(
	action: A,
	keys: K,
	help: string,
	hint: string,
	weight: number,
) {
	return {
		action,
		contexts: ['snooze'],
		keys,
		help,
		hint,
		weight,
		keyOnly: true,
	} as const;
}

function onItsAgent<A extends string>(
	action: A,
	key: string,
	help: string,
	whyNot: Parameters<typeof onAgent>[0],
) {
	return {
		action,
		contexts: ['inbox'],
		keys: [key],
		help,
		whyNot: onAgent(whyNot),
		keyOnly: true,
	} as const;
}

function unless(key: string) {
	return ({ state, view }: Situation): Refusal | null => {
		// All of them have the answers of the first.
		const { dialog } = view;
		const some = listedIn(state, view).items;
		const item =
			dialog?.kind === 'alike'
				? (some.find(({ id }) => id === dialog.items[0]) ?? null)
				: itemAimedAt(state, view);
		if (!item) return nothingThere();
		return choiceOfKey(item, key) ? null : noSuchAnswer(item);
	};
}

function noSuchAnswer(item: InboxItem): Refusal {
	if (item.question === null && item.kind !== 'alarm')
		return refusal('answer.none', 'this is no question', '{inbox.open} goes to its pane');
	if (!item.answerable)
		return refusal(
			'answer.pane',
			'weir does not know the keys of this prompt: it is answered in its pane',
			'{inbox.open} goes there',
		);
	return takesWords(item)
		? refusal('answer.words', 'this wants words', '{answer.words} answers it')
		: refusal('answer.unknown', 'the question does not offer that');
}

function whyNoWords({ state, view }: Situation): Refusal | null {
	const item = itemAimedAt(state, view);
	if (!item) return nothingThere();
	return takesWords(item)
		? null
		: refusal('answer.text', 'this takes no words of your own here');
}

function whyNoneAlike({ state, view }: Situation): Refusal | null {
	const item = itemAimedAt(state, view);
	if (!item) return nothingThere();
	return alikeTo(item, listedIn(state, view).items).length > 1
		? null
		: refusal('answer.alone', 'no other question is like this one');
}

function whyNoItem({ state, view }: Situation): Refusal | null {
	return itemAimedAt(state, view) ? null : nothingThere();
}

function whyNoSnooze(situation: Situation): Refusal | null {
	const { state, view } = situation;
	const item = itemAimedAt(state, view);
	if (item?.tier !== 1) return whyNoItem(situation);
	return item.kind === 'alarm'
		? refusal(
				'item.alarm',
				'an alarm cannot be put off',
				'{answer.always} acknowledges it',
			)
		: refusal(
				'item.alarm',
				'what must not wait cannot be put off',
				'its numbers answer it',
			);
}

function nothingThere(): Refusal {
	return refusal('inbox.empty', 'nobody needs you now', '{view.back} goes back');
}
