// The effect that types an answer, as the supervisor performs it, on a pane of a real holder.
import type { QuestionShape } from '../../src/domain/events/question-events.ts';
import type { AgentId, QuestionId } from '../../src/domain/ids.ts';
import type { Finding } from '../../src/domain/screen-rules.ts';
import type { PendingOf, Question } from '../../src/domain/state.ts';
import { ok } from '../../src/lib/outcome.ts';
import { performAnswer } from '../../src/supervisor/answer-effect.ts';
import type { World } from '../../src/supervisor/world.ts';
import type { HolderClient } from './holder.ts';

/** Takes a choice of a prompt that was read in this pane; `read` reads its screen again. */
export function performedAnswer(
	client: HolderClient,
	pane: AgentId,
	{ prompt, choice }: { readonly prompt: QuestionShape | null; readonly choice: string },
	read: () => Promise<Finding>,
): ReturnType<typeof performAnswer> {
	const id = 'q1' as QuestionId;
	const question = {
		...prompt,
		...{ id, agent: pane, generation: 1, at: '', answer: { choice, text: null } },
	} as Question;
	const world = {
		state: () => ({ questions: { [id]: question }, agents: {} }),
		readScreen: read,
		fleet: {
			ask: async (...[, operation, body]: Parameters<World['fleet']['ask']>) =>
				ok(await client.ask(operation, body)),
		},
	};
	const effect = { data: { agent: pane, generation: 1, question: id } };
	return performAnswer(effect as PendingOf<'answer'>, world as unknown as World);
}
