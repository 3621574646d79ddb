// What a program leaves when its holder dies: its terminal is gone, and most of it hangs up. What
// does not would work on in the worktree beside the program that is started next.
import type { Agent } from '../domain/agent.ts';
import { endTree } from '../terminal/endings.ts';
import type { Tokens } from './tokens.ts';

/** It has been hung up on already, and nobody sees what it still prints. */
const ladder = { signals: ['SIGTERM'], graceMs: 2000 } as const;

/** Ends it; resolves with the pids that could not be ended. */
export async function endRemains(
	agent: Agent,
	tokens: Tokens,
): Promise<readonly number[]> {
	const { life } = agent;
	const last = life.kind === 'stopping' ? life.from : life;
	if (last.kind !== 'running') return [];
	const token = tokens.of(agent.id);
	// Each program of the tree has the token of its generation in its environment.
	const variable = token === null ? undefined : { name: 'WEIR_TOKEN', value: token };
	return endTree({ root: last.process, variable }, ladder);
}
