// Ends agents' programs.
import { onAgents } from '../on-agents.ts';
import type { Run } from '../verb.ts';

export const run: Run = (call) =>
	onAgents(
		call,
		(name) => `killed; its worktree stays, weir respawn ${name} starts it again`,
		(connection, agent) =>
			connection.request(
				'kill',
				{ agent, wait: !call.on('no-wait') },
				{ timeoutMs: null },
			),
	);
