// The order in which panes stand on the screen: that of creation, but for those that were swapped.
import type { Agent } from '../../domain/agent.ts';
import type { AgentId } from '../../domain/ids.ts';

/** Those in `order` stand as it says; what it does not know comes last, as it was created. */
export function inOrder<A extends Pick<Agent, 'id'>>(
	agents: readonly A[],
	order: readonly AgentId[],
): readonly A[] {
	if (order.length === 0) return agents;
	const places = new Map(order.map((id, at) => [id, at]));
	const placeOf = ({ id }: A) => places.get(id) ?? order.length;
	return agents.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** The agents' order once two of them have changed places. */
export function swapped(
	agents: readonly Pick<Agent, 'id'>[],
	order: readonly AgentId[],
	one: AgentId,
	other: AgentId,
): readonly AgentId[] {
	return inOrder(agents, order).map(({ id }) =>
		id === one ? other : id === other ? one : id,
	);
}
