// Stops agents' processes where they are.
import { onAgents } from '../on-agents.ts';
import type { Run } from '../verb.ts';

export const run: Run = (call) =>
	onAgents(call, {
		past: (name) => `paused; weir resume ${name} lets it go on`,
		ask: (connection, agent) =>
			connection.request('pause', { agent, wait: true }, { timeoutMs: null }),
	});
