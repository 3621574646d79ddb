// Starts agents' programs again.
import { onAgents } from '../on-agents.ts';
import { environmentOf } from '../reach.ts';
import type { Run } from '../verb.ts';

export const run: Run = (call) =>
	onAgents(call, {
		past: () => (call.on('no-wait') ? 'is being respawned' : 'respawned'),
		ask: (connection, agent) =>
			connection.request(
				'respawn',
				{ agent, wait: !call.on('no-wait'), env: environmentOf(call) },
				{ timeoutMs: null },
			),
	});
