// Brings a removed agent back.
import { onAgents } from '../on-agents.ts';
import type { Run } from '../verb.ts';

export const run: Run = (call) =>
	onAgents(call, {
		past: (name) => `restored; weir respawn ${name} starts its program`,
		ask: (connection, agent) =>
			connection.request('restore', { agent, wait: true }, { timeoutMs: null }),
	});
