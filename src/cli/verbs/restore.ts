// Brings a removed agent back.
import type { ClientResponses } from '../../protocol/client.ts';
import { onAgents } from '../on-agents.ts';
import type { Run } from '../verb.ts';

export const run: Run = (call) =>
	onAgents<ClientResponses['restore']>(call, {
		past: (name, { agent: { resolves } }) =>
			resolves?.by === 'hand'
				? `restored; weir merge ${name} --resolve goes on`
				: `restored; weir respawn ${name} starts its program`,
		ask: (connection, agent) =>
			connection.request('restore', { agent, wait: true }, { timeoutMs: null }),
	});
