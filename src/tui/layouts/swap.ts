// With which pane the focused one changes places.
import type { Agent } from '../../domain/agent.ts';
import { type Direction, neighbour } from '../../domain/neighbour.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import type { Situation } from '../keys/key-row.ts';
import { signOf } from '../look/state-signs.ts';
import { arrangementOf, focusedAgent, shownAgents } from '../view.ts';
import { stripOrder } from './strip-rows.ts';

const words = {
	left: 'to the left',
	down: 'below',
	up: 'above',
	right: 'to the right',
} as const satisfies Record<Direction, string>;

/** The pane in a direction; for a strip, the one above or below it in its bay. */
export function swapPartner(situation: Situation, direction: Direction): Outcome<Agent> {
	const { state, view } = situation;
	const from = focusedAgent(state, view);
	const { tiles, strips } = arrangementOf(state, view);
	const none = refuse('swap.none', `there is no pane ${words[direction]}`);
	if (!from) return none;
	if (!strips) {
		const beside = neighbour(tiles, from.id, direction, view.previous);
		const agent = beside === null ? undefined : state.agents[beside];
		return agent ? ok(agent) : none;
	}
	if (direction === 'left' || direction === 'right')
		return refuse('swap.strips', 'strips change places with those above and below');
	const order = stripOrder(shownAgents(state), view);
	const at = order.indexOf(from.id) + (direction === 'down' ? 1 : -1);
	const id = order[at];
	const agent = id === undefined ? undefined : state.agents[id];
	if (!agent) return refuse('swap.none', `there is no strip ${words[direction]}`);
	return signOf(agent).bay === signOf(from).bay
		? ok(agent)
		: refuse('swap.bay', `${agent.name} lies in another bay: that comes from its state`);
}
