// What an agent asks, in one line.
import type { AgentId } from '../../domain/ids.ts';
import { openQuestions } from '../../domain/question.ts';
import type { State } from '../../domain/state.ts';
import { firstLineOf } from './item-signs.ts';

/** The first line of its oldest open question; null where it asks nothing. */
export function askedBy(state: State, agent: AgentId): string | null {
	const [oldest] = openQuestions(state, agent);
	return oldest ? firstLineOf(oldest) : null;
}
