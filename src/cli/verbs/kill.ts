// Ends agents' programs.
import type { ClientResponses } from '../../protocol/client.ts';
import { onAgents } from '../on-agents.ts';
import type { Run } from '../verb.ts';

export const run: Run = (call) =>
	onAgents<ClientResponses['kill']>(call, {
		past: (name, { agent: { life } }) => pastOf[life]?.(name) ?? killed(name),
		ask: (connection, agent) =>
			connection.request(
				'kill',
				{ agent, wait: !call.on('no-wait') },
				{ timeoutMs: null },
			),
		hint: ' (killed again meanwhile, it ends at once)',
	});

const killed = (name: string) =>
	`killed; its worktree stays, weir respawn ${name} starts it again`;

const pastOf: Readonly<Record<string, (name: string) => string>> = {
	failed: (name) =>
		`broken off before its program was started; weir respawn ${name} goes on with it`,
	// Not waited for: its snapshot is taken, or its program has been asked to leave.
	running: (name) => `is being killed; weir wait ${name} --until ended`,
	stopping: (name) => `is being killed; weir kill ${name} again ends it at once`,
};
