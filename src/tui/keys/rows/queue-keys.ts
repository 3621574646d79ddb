// The rows of the key table for the landing queue.
import { whyNotMerge } from '../../../domain/agent-refusals.ts';
import { whyNotHold } from '../../../domain/queue/holding.ts';
import { type QueueEntry, readyIn } from '../../../domain/queue/queue.ts';
import { type Refusal, refusal } from '../../../lib/outcome.ts';
import { entryAimedAt, listedQueue } from '../../queue/queue-list.ts';
import type { KeyRow, Situation } from '../key-row.ts';

const queue = { contexts: ['queue'], keyOnly: true } as const;

export const queueKeys = [
	{
		action: 'screen.queue',
		contexts: ['nav', 'review', 'gates', 'queue'],
		keys: ['6'],
		short: 'queue',
		help: 'what waits to land, in which order, and what conflicts with what',
	},
	{
		...queue,
		action: 'queue.later',
		keys: ['J'],
		help: 'let it land after the next one',
		hint: 'later',
		weight: 78,
		whyNot: whyNoneBeside(1),
	},
	{
		...queue,
		action: 'queue.earlier',
		keys: ['K'],
		help: 'let it land before the one above',
		hint: 'earlier',
		weight: 79,
		whyNot: whyNoneBeside(-1),
	},
	{
		...queue,
		action: 'queue.hold',
		keys: ['h'],
		help: 'hold it, with a reason or none: it does not land before the same key releases it',
		hint: 'hold, release',
		weight: 77,
		whyNot: whyNotToggle,
	},
	{
		...queue,
		action: 'queue.hand-off',
		keys: ['f'],
		help: 'give its conflict with the base to the agent, to another one or to you',
		hint: 'conflict',
		weight: 90,
		whyNot: onEntry(whyNotHandOff),
	},
	{
		...queue,
		action: 'queue.all',
		keys: ['A'],
		help: 'merge all that is ready; shows them first',
		hint: 'merge all ready',
		weight: 76,
		whyNot: whyNoneReady,
	},
	{
		...queue,
		action: 'queue.pane',
		keys: ['enter'],
		help: 'go to the pane of the agent',
		hint: 'pane',
		weight: 30,
		whyNot: onEntry(() => null),
	},
	{
		...queue,
		action: 'screen.review',
		keys: ['o'],
		help: 'review what it has changed',
		hint: 'review',
		weight: 71,
		whyNot: onEntry(() => null),
	},
	{
		...queue,
		action: 'pull.open',
		keys: ['P'],
		help: 'push it and open a pull request with gh; shows first what leaves the machine',
		hint: 'pull request',
		weight: 60,
		whyNot: onEntry(({ agent }) => whyNotMerge(agent)),
	},
	{
		...queue,
		action: 'link.pick',
		keys: ['O'],
		help: 'open the page of its pull request',
		hint: 'its page',
		weight: 40,
		whyNot: onEntry(whyNoPage),
	},
	{ ...queue, action: 'queue.down', keys: ['j', 'down', 'tab'], help: 'the next entry' },
	{
		...queue,
		action: 'queue.up',
		keys: ['k', 'up', 'shift+tab'],
		help: 'the entry before',
	},
	{ ...queue, action: 'queue.first', keys: ['<', 'home'], help: 'the first to land' },
	{ ...queue, action: 'queue.end', keys: ['>', 'end'], help: 'the last to land' },
	{
		action: 'dialog.yes',
		contexts: ['land-all'],
		keys: ['y'],
		help: 'merge them',
		hint: 'merge them',
		weight: 90,
		keyOnly: true,
	},
	{
		action: 'dialog.close',
		contexts: ['land-all'],
		keys: ['escape', 'n', 'q'],
		help: 'cancel',
		hint: 'cancel',
		weight: 20,
		keyOnly: true,
	},
	{
		action: 'dialog.yes',
		contexts: ['pull'],
		keys: ['y'],
		help: 'push it',
		hint: 'push it',
		weight: 90,
		keyOnly: true,
	},
	{
		action: 'dialog.close',
		contexts: ['pull'],
		keys: ['escape', 'n', 'q'],
		help: 'cancel',
		hint: 'cancel',
		weight: 20,
		keyOnly: true,
	},
] as const satisfies readonly KeyRow[];

function onEntry(whyNot: (entry: QueueEntry) => Refusal | null) {
	return ({ view }: Situation): Refusal | null => {
		const entry = entryAimedAt(view);
		return entry ? whyNot(entry) : nothingWaits();
	};
}

function nothingWaits(): Refusal {
	return refusal('queue.empty', 'nothing waits to land');
}

function whyNoneBeside(by: 1 | -1) {
	return ({ view }: Situation): Refusal | null => {
		const { entries, at } = listedQueue(view);
		const entry = entries[at];
		if (!entry) return nothingWaits();
		if (entries[at + by]) return null;
		const end = by === 1 ? 'last' : 'first';
		return refusal('queue.end', `${entry.agent.name} is the ${end} already`);
	};
}

function whyNotToggle({ state, view }: Situation): Refusal | null {
	const entry = entryAimedAt(view);
	if (!entry) return nothingWaits();
	return entry.held ? null : whyNotHold(state, entry.agent);
}

function whyNotHandOff({ agent, conflicts }: QueueEntry): Refusal | null {
	if (conflicts && conflicts.length > 0) return null;
	return refusal(
		'merge.clean',
		`${agent.name} does not conflict with ${agent.base.branch}: there is nothing to hand over`,
	);
}

function whyNoPage({ agent: { name, pull } }: QueueEntry): Refusal | null {
	return pull?.opened
		? null
		: refusal(
				'pull.none',
				`no pull request of ${name} is open`,
				'{pull.open} pushes it and opens one',
			);
}

function whyNoneReady({ view }: Situation): Refusal | null {
	const { entries } = view.queue;
	if (entries.length === 0) return nothingWaits();
	return readyIn(entries).length > 0
		? null
		: refusal('queue.none-ready', 'nothing that waits is ready to land');
}
