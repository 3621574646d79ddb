// Lets paused agents go on.
import { onAgents } from '../on-agents.ts';
import type { Run } from '../verb.ts';

export const run: Run = (call) =>
	onAgents(call, {
		past: () => 'goes on',
		ask: (connection, agent) =>
			connection.request('resume', { agent, wait: true }, { timeoutMs: null }),
	});
