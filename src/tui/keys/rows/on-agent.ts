// A key about the agent that is looked at.
import type { Agent } from '../../../domain/agent.ts';
import type { Refusal } from '../../../lib/outcome.ts';
import { noAgent } from '../../chrome/no-agent.ts';
import { agentAimedAt } from '../../inbox/inbox-list.ts';
import type { Situation } from '../key-row.ts';

/** Why it cannot be done to that agent now. */
export function onAgent(whyNot: (agent: Agent) => Refusal | null) {
	return ({ state, view }: Situation): Refusal | null => {
		const agent = agentAimedAt(state, view);
		return agent ? whyNot(agent) : noAgent();
	};
}
