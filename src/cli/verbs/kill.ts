// Ends agents' programs.
import { onAgents } from '../on-agents.ts';
import type { Run } from '../verb.ts';

export const run: Run = (call) =>
	onAgents(
		call,
		'killed; its worktree stays, weir undo starts it again',
		(connection, agent) =>
			connection.request(
				'kill',
				{ agent, wait: !call.on('no-wait') },
				{ timeoutMs: null },
			),
	);
