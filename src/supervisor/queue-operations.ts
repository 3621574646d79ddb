// Requests on the landing queue.
import type { Agent } from '../domain/agent.ts';
import type { Command } from '../domain/command.ts';
import type { QueuePlace } from '../domain/queue/order.ts';
import { waitingIn } from '../domain/queue/queue.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import type { ClientRequest } from '../protocol/client.ts';
import { type QueueEntryJson, queueJson } from '../protocol/queue.ts';
import { agentOf, type Desk, type Handler } from './session.ts';

export const handleQueue: Handler<'queue'> = async (_request, desk) => answer(desk);

export const handleHold: Handler<'queue.hold'> = (request, desk) =>
	onAll(desk, request.agents, ({ id }) => ({
		kind: 'queue.hold',
		agent: id,
		why: request.why?.trim() ? request.why.trim() : null,
	}));

export const handleRelease: Handler<'queue.release'> = (request, desk) =>
	onAll(desk, request.agents, ({ id }) => ({ kind: 'queue.release', agent: id }));

export const handleMove: Handler<'queue.move'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const place = placeOf(desk, request.place);
	if (!place.ok) return place;
	const waiting = waitingIn(desk.loop.state, desk.world.observatory.all);
	const among = waiting.map(({ id }) => id);
	const moved = await desk.loop.submit(
		{ kind: 'queue.move', agent: agent.value.id, place: place.value, among },
		'human',
	);
	return moved.ok ? answer(desk) : moved;
};

/** What waits to land, as far as worktrees were seen. */
export function queueNow(desk: Desk): readonly QueueEntryJson[] {
	return queueJson(desk.loop.state, desk.world.observatory.all);
}

function answer(desk: Desk) {
	return ok({ queue: queueNow(desk) });
}

/** All of them are there, or nothing is done; the first refusal ends it. */
async function onAll(
	desk: Desk,
	names: readonly string[],
	make: (agent: Agent) => Command,
): Promise<Outcome<{ readonly queue: readonly QueueEntryJson[] }>> {
	const agents: Agent[] = [];
	for (const name of names) {
		const agent = agentOf(desk, name);
		if (!agent.ok) return agent;
		agents.push(agent.value);
	}
	for (const agent of agents) {
		const submitted = await desk.loop.submit(make(agent), 'human');
		if (!submitted.ok) return submitted;
	}
	return answer(desk);
}

function placeOf(
	desk: Desk,
	place: ClientRequest<'queue.move'>['place'],
): Outcome<QueuePlace> {
	if (!('other' in place)) return ok(place);
	const other = agentOf(desk, place.other);
	return other.ok ? ok({ kind: place.kind, other: other.value.id }) : other;
}
