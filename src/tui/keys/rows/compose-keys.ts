// The rows of the key table for a message to several agents.
import { addressees } from '../../../domain/message.ts';
import { type Refusal, refusal } from '../../../lib/outcome.ts';
import type { KeyRow, Situation } from '../key-row.ts';

export const composeKeys = [
	{
		action: 'message.open',
		contexts: ['nav'],
		keys: ['B'],
		short: 'message to many',
		help: 'write to several agents; each gets it when it is idle',
		whyNot: whyNobody,
	},
	{
		action: 'dialog.choose',
		contexts: ['compose'],
		keys: ['enter'],
		help: 'send it to those that are ticked',
		hint: 'send',
		weight: 90,
		keyOnly: true,
	},
	{
		action: 'message.tick',
		contexts: ['compose'],
		keys: ['tab'],
		help: 'tick the agent that is marked, or take its tick away',
		hint: 'tick',
		weight: 80,
		keyOnly: true,
	},
	{
		action: 'message.tick-all',
		contexts: ['compose'],
		keys: ['ctrl+t'],
		help: 'tick all that can get it, or none',
		hint: 'all or none',
		weight: 70,
		keyOnly: true,
	},
	{
		action: 'dialog.close',
		contexts: ['compose'],
		keys: ['escape'],
		help: 'close; what was written is kept',
		hint: 'close',
		weight: 10,
		keyOnly: true,
	},
] as const satisfies readonly KeyRow[];

function whyNobody({ state }: Situation): Refusal | null {
	return addressees(state).length > 0
		? null
		: refusal(
				'message.nobody',
				'no agent runs that could get a message',
				'{agent.new} starts one',
			);
}
