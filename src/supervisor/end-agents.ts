// Going down for good: every agent and shell ends, after a snapshot.
import { setTimeout as sleep } from 'node:timers/promises';
import { hasProgram, type Life } from '../domain/agent.ts';
import type { Fillings } from './fillings.ts';
import type { Fleet } from './fleet.ts';
import { followAgent } from './follow-effects.ts';
import type { Loop } from './loop.ts';

/**
 * Snapshots and ends every agent and shell, then the holders. What is under way is waited for first:
 * an agent that is being prepared would start with the next supervisor. Filling a worktree can take
 * minutes and is broken off.
 */
export async function endAgents(
	loop: Loop,
	fleet: Fleet,
	fillings: Fillings,
): Promise<void> {
	fillings.breakOffAll();
	const agents = Object.values(loop.state.agents).filter(
		({ life }) => !isOver(life.kind),
	);
	const ends = Promise.all(
		agents.map(async ({ id }) => {
			// A set-up may run for long, and is ended as a program is.
			const before = loop.state.agents[id];
			if (!before || !hasProgram(before)) await followAgent(loop, id, []);
			const now = loop.state.agents[id];
			if (!now || isOver(now.life.kind)) return;
			const submitted = await loop.submit({ kind: 'agent.kill', agent: id }, 'human');
			if (submitted.ok) await followAgent(loop, id, submitted.value);
		}),
	);
	// On a full disk nothing can be recorded: then the programs are ended all the same.
	await Promise.race([ends, sleep(endsMs, undefined, { ref: false })]);
	await fleet.shutdown();
	for (const shell of Object.values(loop.state.shells)) {
		await loop.submit({ kind: 'shell.exit', shell: shell.id, code: null });
	}
}

/** The ladder of a hostile tree takes fifteen seconds, its snapshot some. */
const endsMs = 30_000;

function isOver(life: Life['kind']): boolean {
	return life === 'ended' || life === 'failed' || life === 'removed';
}
