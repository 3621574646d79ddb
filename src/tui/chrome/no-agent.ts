// Why keys that are about agents cannot act where there is none.
import { type Refusal, refusal } from '../../lib/outcome.ts';
import type { Situation } from '../keys/key-row.ts';
import { shownAgents } from '../view.ts';

export function noAgent(): Refusal {
	return refusal('agent.none', 'there are no agents yet', '{agent.new} starts one');
}

export function whyNoPane({ state }: Situation): Refusal | null {
	return shownAgents(state).length === 0 ? noAgent() : null;
}
