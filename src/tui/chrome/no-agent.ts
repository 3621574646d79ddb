import { type Refusal, refusal } from '../../lib/outcome.ts';

/** Why a key that is about an agent cannot act where there is none. */
export function noAgent(): Refusal {
	return refusal('agent.none', 'there are no agents yet', '{agent.new} starts one');
}
