// The rows of the key table for what an agent wrote outside its scope.
import type { Agent } from '../../../domain/agent.ts';
import { type Refusal, refusal } from '../../../lib/outcome.ts';
import { agentAimedAt } from '../../inbox/inbox-list.ts';
import type { KeyRow, Situation } from '../key-row.ts';
import { onAgent } from './on-agent.ts';

export const outsideKeys = [
	{
		action: 'trespass.open',
		contexts: ['nav', 'inbox'],
		keys: ['o'],
		verb: 'writes outside the scope of',
		short: 'outside its scope',
		help: 'show what it wrote outside its scope, to put it back or allow it',
		hint: 'wrote outside',
		weight: 75,
		hinted: ({ state, view }) => !!agentAimedAt(state, view)?.trespasses,
		whyNot: onAgent(whyNothingOutside),
	},
	{
		action: 'trespass.restore',
		contexts: ['outside'],
		keys: ['y'],
		help: 'put it back as it was; copies are kept',
		hint: 'put back',
		weight: 90,
		whyNot: whyNotPutBack,
		keyOnly: true,
	},
	{
		action: 'trespass.diff',
		contexts: ['outside'],
		keys: ['d'],
		help: 'show what it changed',
		hint: 'diff',
		weight: 70,
		keyOnly: true,
	},
	{
		action: 'scope.widen',
		contexts: ['outside'],
		keys: ['a', 'W'],
		help: 'let it write that, and say why',
		hint: 'let it write that',
		weight: 80,
		keyOnly: true,
	},
] as const satisfies readonly KeyRow[];

function whyNothingOutside({ name, trespasses }: Agent): Refusal | null {
	return trespasses
		? null
		: refusal(
				'trespass.none',
				`${name} wrote nothing outside its scope, as far as was seen`,
				'{agent.explain} says what it may write',
			);
}

/** Of the agent that the card is about. */
function whyNotPutBack({ state, view: { dialog } }: Situation): Refusal | null {
	const agent = dialog?.kind === 'outside' ? state.agents[dialog.agent] : undefined;
	return agent ? whyNothingOutside(agent) : null;
}
