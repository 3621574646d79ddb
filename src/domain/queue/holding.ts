// The human's word on the queue: who is not to land yet, and who lands before whom.
import { type Refusal, refusal } from '../../lib/outcome.ts';
import { type Agent, isGone } from '../agent.ts';
import { gone } from '../agent-refusals.ts';
import type { CommandOf } from '../command.ts';
import { type Decision, Draft, refused, unchanged, unknownAgent } from '../decision.ts';
import type { EventOf } from '../event.ts';
import type { AgentId } from '../ids.ts';
import type { State } from '../state.ts';
import { orderAfterMove } from './order.ts';

/** Why it does not land now, by the human's word; null where it may. */
export function whyHeld({ name, held }: Agent): Refusal | null {
	if (!held) return null;
	const why = held.why === null ? '' : `: ${held.why}`;
	return refusal(
		'merge.held',
		`${name} is held back from landing${why}`,
		`weir queue release ${name}`,
	);
}

export function whyNotHold(state: State, agent: Agent): Refusal | null {
	if (isGone(agent)) return gone(agent);
	return isLanding(state, agent.id)
		? refusal(
				'queue.landing',
				`${agent.name} is landing already`,
				'weir undo takes it back once it has',
			)
		: null;
}

export function whyNotRelease(agent: Agent): Refusal | null {
	return agent.held
		? null
		: refusal(
				'queue.not-held',
				`${agent.name} is not held`,
				`weir queue hold ${agent.name}`,
			);
}

/** A landing of it was asked for and has not come to its end. */
export function isLanding(state: State, id: AgentId): boolean {
	return Object.values(state.effects).some(
		({ kind, data }) => kind === 'merge' && data.agent === id,
	);
}

/** Held again for another reason, it is held for that one. */
export function decideHold(
	state: State,
	{ agent: id, why }: CommandOf<'queue.hold'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const no = whyNotHold(state, agent);
	if (no) return refused(no);
	if (agent.held && agent.held.why === why) return unchanged;
	return new Draft(state).add('queue.held', { agent: id, why }).done();
}

export function decideRelease(
	state: State,
	{ agent: id }: CommandOf<'queue.release'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const no = whyNotRelease(agent);
	if (no) return refused(no);
	return new Draft(state).add('queue.released', { agent: id }).done();
}

/** What waits is for whoever asks to say: the state does not know what is ahead of its base. */
export function decideMove(
	state: State,
	{ agent: id, place, among }: CommandOf<'queue.move'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const absent = [id, ...('other' in place ? [place.other] : [])].find(
		(one) => !among.includes(one),
	);
	if (absent !== undefined) return refused(notQueued(state.agents[absent] ?? agent));
	if ('other' in place && place.other === id) return unchanged;
	const moved = orderAfterMove(among, id, place);
	if (moved.every((one, at) => one === among[at])) return unchanged;
	// Those that do not wait just now keep their order, behind all that do.
	const others = state.queue.filter((one) => !among.includes(one));
	return new Draft(state)
		.add('queue.moved', { agent: id, order: [...moved, ...others] })
		.done();
}

export function notQueued({ name }: Pick<Agent, 'name'>): Refusal {
	return refusal(
		'queue.absent',
		`${name} has no commits that wait to land`,
		'weir queue lists what waits',
	);
}

export function evolveHeld(agent: Agent, event: EventOf<'queue.held'>): Agent {
	const { at, actor, data } = event;
	return { ...agent, held: { at, actor, why: data.why } };
}

export function evolveReleased(agent: Agent): Agent {
	return { ...agent, held: null };
}

/** Who is gone by then has no place. */
export function evolveMoved(state: State, { data }: EventOf<'queue.moved'>): State {
	return { ...state, queue: data.order.filter((id) => state.agents[id] !== undefined) };
}

/** What it does next waits at a place of its own. */
export function withoutPlace(state: State, agent: AgentId): State {
	if (!state.queue.includes(agent)) return state;
	return { ...state, queue: state.queue.filter((id) => id !== agent) };
}
