// An agent's way to weir: the socket and the token that its program was given. No zod in it: the verbs
// that use it run inside of an agent's work.
import type { Environment } from '../lib/environment.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { AgentWord, AgentWordAnswers } from '../protocol/agent-door.ts';
import { dial, type Patience } from './dial.ts';

/**
 * Says one word to the supervisor, for as long as it takes to be answered where nothing else is said.
 * Refused with `agent.outside` where no agent of weir says it.
 */
export async function sayAsAgent<W extends AgentWord>(
	environment: Environment,
	word: W,
	body: object,
	patience: Patience = { timeoutMs: null },
): Promise<Outcome<AgentWordAnswers[W]>> {
	const { WEIR_SOCKET: socket, WEIR_TOKEN: token } = environment;
	if (!socket || !token)
		return refuse(
			'agent.outside',
			`weir ${word.replace('.', ' ')} is said by an agent about itself, inside its pane`,
			'weir list',
		);
	const line = await dial({ noun: 'supervisor', socket, remedy: 'weir up' });
	if (!line.ok) {
		const { code, message } = line.refusal;
		// The sandbox of its own CLI: weir's lets it speak.
		return code === 'supervisor.forbidden' ? refuse(code, message, byTurn) : line;
	}
	using open = line.value;
	const answer = await open.ask(word, { ...body, token }, patience);
	// The supervisor answers what the type of the word says.
	return answer.ok ? ok(answer.value.body as AgentWordAnswers[W]) : answer;
}

const byTurn = 'end your turn with what weir is to hear';
