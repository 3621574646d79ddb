// What an agent may say about itself, on the agents' socket, with the token of its generation.
// A short list by design: it can neither approve, merge nor kill.
import type { Agent } from '../domain/agent.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { firstFault } from '../lib/schema-words.ts';
import { type AgentWord, agentRequests, agentWords } from '../protocol/agent-door.ts';
import type { RequestHandler } from '../protocol/channel.ts';
import { hearAsk, hearDone, hearHook, hearReport } from './agent-words.ts';
import { hearGates } from './own-gates.ts';
import { readDiff } from './query-operations.ts';
import { hearScopeRequest, hearScopeShow } from './scope-words.ts';
import type { Desk } from './session.ts';
import { jsonOf } from './session.ts';
import type { Peer } from './sockets.ts';
import { hearSpend } from './spending.ts';
import { otherProgram } from './whose-program.ts';
import { hearWrite } from './write-guard.ts';

type Answer = Promise<Outcome<object>> | Outcome<object>;
type Deed = (agent: Agent, desk: Desk) => Answer;

const deeds: Readonly<Record<string, Deed>> = {
	whoami: (agent, desk) => ok({ agent: jsonOf(desk, agent.id) }),
	diff: (agent, desk) => readDiff(desk, agent, false),
};

type Hear = (agent: Agent, body: never, desk: Desk, peer: Peer) => Answer;

const hearers: Readonly<Record<AgentWord, Hear>> = {
	ask: hearAsk,
	'scope.request': hearScopeRequest,
	'scope.show': hearScopeShow,
	done: hearDone,
	gates: hearGates,
	report: hearReport,
	hook: hearHook,
	spend: hearSpend,
	write: hearWrite,
};

/** Serves one connection on the agents' socket. */
export function serveAgent(peer: Peer, desk: Desk): RequestHandler {
	return async (operation, body) => {
		const deed = Object.hasOwn(deeds, operation) ? deeds[operation] : undefined;
		const known = deed !== undefined || isWord(operation);
		if (!known) {
			const all = [...Object.keys(deeds), ...Object.keys(agentWords)];
			return refuse(
				'operation.unknown',
				`an agent cannot say ${operation} to this version of weir`,
				`an agent may say ${all.join(', ')}`,
			);
		}
		const request = agentRequests.safeParse(body);
		if (!request.success) return refuse('token.missing', 'the request carries no token');
		const speaker = desk.world.tokens.speaker(request.data.token);
		const agent = speaker && desk.loop.state.agents[speaker.agent];
		if (!agent || agent.generation !== speaker.generation) {
			return refuse('token.dead', 'this token belongs to no running agent');
		}
		const other = otherProgram(peer, agent, desk.loop.state);
		if (other) {
			return refuse(
				'token.stolen',
				`this token is another agent's: who says it runs in the pane of ${other.name}`,
				'say it with the WEIR_TOKEN of your own environment',
			);
		}
		if (deed) return deed(agent, desk);
		return hear(operation as AgentWord, body, agent, desk, peer);
	};
}

function hear(
	word: AgentWord,
	body: unknown,
	agent: Agent,
	desk: Desk,
	peer: Peer,
): Answer {
	const said = agentWords[word].safeParse(body);
	if (!said.success) {
		const fault = firstFault(said.error.issues);
		return refuse(
			'request.invalid',
			`${word}: ${fault}`,
			`weir help ${word.split('.')[0]}`,
		);
	}
	// The schema of the word has just been checked.
	return hearers[word](agent, said.data as never, desk, peer);
}

function isWord(operation: string): operation is AgentWord {
	return Object.hasOwn(agentWords, operation);
}
