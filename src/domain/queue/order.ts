// In which order agents land: as the human has put them, the others after them by when their work came to
// be as it is.
import type { Agent } from '../agent.ts';
import type { AgentId } from '../ids.ts';

export type QueuePlace =
	| { readonly kind: 'first' | 'last' }
	| { readonly kind: 'before' | 'after'; readonly other: AgentId };

type Waiting = Pick<Agent, 'id' | 'published'>;

/** `order` is what the human has put in order; of agents alike the older goes first. */
export function inLandingOrder<A extends Waiting>(
	agents: readonly A[],
	order: readonly AgentId[],
): readonly A[] {
	const ranks = new Map(order.map((id, rank) => [id, rank]));
	const rank = ({ id }: A) => ranks.get(id) ?? order.length;
	return agents.toSorted(
		(one, other) => rank(one) - rank(other) || compareText(sinceOf(one), sinceOf(other)),
	);
}

/** What weir was never told of stands behind all else. */
function sinceOf({ published }: Waiting): string {
	return published?.at ?? '~';
}

function compareText(one: string, other: string): number {
	return one < other ? -1 : Number(one > other);
}

/** The order with one of them at another place; it and the one that the place names are among them. */
export function orderAfterMove(
	among: readonly AgentId[],
	agent: AgentId,
	place: QueuePlace,
): readonly AgentId[] {
	const others = among.filter((id) => id !== agent);
	if (!('other' in place))
		return place.kind === 'first' ? [agent, ...others] : [...others, agent];
	const at = others.indexOf(place.other) + (place.kind === 'after' ? 1 : 0);
	return others.toSpliced(at, 0, agent);
}
