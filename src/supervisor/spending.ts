// An agent asks before it asks its model: what it has used is read at that moment, so that its limits hold
// for the very next request.
import type { Agent } from '../domain/agent.ts';
import { budgetQuestions } from '../domain/cost/metering.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import type { AgentWordAnswers, AgentWordRequest } from '../protocol/agent-door.ts';
import type { Desk } from './session.ts';

/** Whoever is beyond a limit is paused by the same turn, and the human is asked. */
export async function hearSpend(
	{ id }: Agent,
	_said: AgentWordRequest<'spend'>,
	{ loop, usage }: Desk,
): Promise<Outcome<AgentWordAnswers['spend']>> {
	if (usage.isBounded(id)) {
		await usage.look(id);
		await loop.submit({ kind: 'budget.check', agent: id, asks: true });
	}
	const question = budgetQuestions(loop.state).find(({ agent }) => agent === id);
	return ok({ refusal: question?.text ?? null });
}
