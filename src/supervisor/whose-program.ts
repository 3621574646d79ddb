// In whose pane a process runs: an agent can read the token of another one, which runs as the same user.
import type { Agent } from '../domain/agent.ts';
import type { State } from '../domain/state.ts';
import { markOf } from '../lib/lineage.ts';
import type { Peer } from './sockets.ts';

/**
 * Another agent in whose pane this peer runs; undefined where it is in none, or in that of `speaker`. By its
 * parents; one that has left them by the mark that programs wear in the kernel, which is best effort.
 */
export function otherProgram(
	{ pid, ancestors }: Pick<Peer, 'pid' | 'ancestors'>,
	speaker: Agent,
	{ agents }: State,
): Agent | undefined {
	if (pid === null || ancestors === null) return undefined;
	const running = Object.values(agents).flatMap((agent) =>
		agent.life.kind === 'running' ? [{ agent, program: agent.life.process.pid }] : [],
	);
	const line = new Set([pid, ...ancestors]);
	const parent = running.find(({ program }) => line.has(program))?.agent;
	if (parent) return parent.id === speaker.id ? undefined : parent;
	const mark = markOf(pid);
	if (mark === null || mark === 'unlimited') return undefined;
	const same = running.find(({ program }) => markOf(program) === mark)?.agent;
	return same && same.id !== speaker.id ? same : undefined;
}
