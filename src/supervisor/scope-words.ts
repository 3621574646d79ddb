// What an agent says of its scope: where it stands, and that it needs more.
import type { Agent } from '../domain/agent.ts';
import type { AgentId } from '../domain/ids.ts';
import { scopeRequest, widens } from '../domain/scope-request.ts';
import { pendingOf } from '../domain/state.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import { plainText } from '../lib/plain-text.ts';
import type { AgentWordAnswers, AgentWordRequest } from '../protocol/agent-door.ts';
import { followPending } from './follow-effects.ts';
import type { Loop } from './loop.ts';
import { scopeOfAgent } from './scope-operations.ts';
import type { Desk } from './session.ts';
import type { Peer } from './sockets.ts';

const longestReason = 1024;

/** Answers when somebody has, as `weir ask` does; the wider scope is in force by then. */
export async function hearScopeRequest(
	agent: Agent,
	{ patterns, why, timeoutMs }: AgentWordRequest<'scope.request'>,
	{ asking, loop }: Desk,
	peer: Peer,
): Promise<Outcome<AgentWordAnswers['scope.request']>> {
	const asked = scopeRequest(agent, patterns, plainText(why, longestReason));
	if (!asked.ok) return asked;
	if (asked.value === null)
		return ok({ question: null, answer: null, granted: true, note: null });
	const question = await asking.ask(agent, asked.value);
	if (!question.ok) return question;
	const answer = await asking.answerTo(question.value, peer, timeoutMs);
	const granted = answer?.choice === widens.key;
	const note = granted ? await untilInForce(loop, agent.id) : null;
	return ok({ question: question.value, answer, granted, note });
}

/** Why its program cannot make use of the wider scope yet; null where it can. */
async function untilInForce(loop: Loop, agent: AgentId): Promise<string | null> {
	const asked = pendingOf(loop.state, agent).filter(({ kind }) => kind === 'widen');
	const refusal = await followPending(loop, asked);
	return refusal?.message ?? null;
}

export async function hearScopeShow(
	agent: Agent,
	{ paths }: AgentWordRequest<'scope.show'>,
	desk: Desk,
): Promise<Outcome<AgentWordAnswers['scope.show']>> {
	return ok(await scopeOfAgent(desk, agent, paths));
}
