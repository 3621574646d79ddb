// Whether a program was stopped for a write outside its scope, and nobody has said how it goes on.
import type { AgentId } from './ids.ts';
import type { State } from './state.ts';

export function isFrozen(state: State, agent: AgentId): boolean {
	return Object.values(state.questions).some(
		(question) => question.agent === agent && question.via.kind === 'guard',
	);
}
