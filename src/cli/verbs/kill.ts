// Ends agents' programs.
import type { ClientResponses } from '../../protocol/client.ts';
import { onAgents } from '../on-agents.ts';
import type { Run } from '../verb.ts';

export const run: Run = (call) =>
	onAgents<ClientResponses['kill']>(
		call,
		(name, { agent }) =>
			agent.life === 'failed'
				? `broken off before its program was started; weir respawn ${name} goes on with it`
				: `killed; its worktree stays, weir respawn ${name} starts it again`,
		(connection, agent) =>
			connection.request(
				'kill',
				{ agent, wait: !call.on('no-wait') },
				{ timeoutMs: null },
			),
	);
