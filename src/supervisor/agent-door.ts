// What an agent may say about itself, on the agents' socket, with the token of its generation.
// A short list by design: it can neither approve, merge nor kill.
import type { Agent } from '../domain/agent.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { agentRequests } from '../protocol/agent-door.ts';
import type { RequestHandler } from '../protocol/channel.ts';
import { readDiff } from './query-operations.ts';
import type { Desk } from './session.ts';
import { jsonOf } from './session.ts';
import type { Peer } from './sockets.ts';

type Deed = (agent: Agent, desk: Desk) => Promise<Outcome<object>> | Outcome<object>;

const deeds: Readonly<Record<string, Deed>> = {
	whoami: (agent, desk) => ok({ agent: jsonOf(desk, agent.id) }),
	diff: (agent, desk) => readDiff(desk, agent, false),
};

/** Serves one connection on the agents' socket. */
export function serveAgent(_peer: Peer, desk: Desk): RequestHandler {
	return async (operation, body) => {
		const deed = Object.hasOwn(deeds, operation) ? deeds[operation] : undefined;
		if (!deed) {
			return refuse(
				'operation.unknown',
				`an agent cannot say ${operation} to this version of weir`,
				`an agent may say ${Object.keys(deeds).join(', ')}`,
			);
		}
		const request = agentRequests.safeParse(body);
		if (!request.success) return refuse('token.missing', 'the request carries no token');
		const speaker = desk.world.tokens.speaker(request.data.token);
		const agent = speaker && desk.loop.state.agents[speaker.agent];
		if (!agent || agent.generation !== speaker.generation) {
			return refuse('token.dead', 'this token belongs to no running agent');
		}
		return deed(agent, desk);
	};
}
