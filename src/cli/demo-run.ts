// A demo without a terminal: every agent works, crashed ones are started again, all land by the
// very request that the key `m` makes.
import type { Connection } from '../client/connection.ts';
import type { WeirEvent } from '../domain/event.ts';
import type { AgentId } from '../domain/ids.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { DemoGround } from './demo-ground.ts';

/** A scene that fails more often than this is broken. */
const tries = 5;

export async function runHeadless(
	connection: Connection,
	ground: DemoGround,
	show: (event: WeirEvent) => void,
): Promise<Outcome<{ readonly landed: number }>> {
	const landed = new Set<AgentId>();
	const respawns = new Map<AgentId, number>();
	let last = 0;
	return new Promise((resolve) => {
		const fail = (message: string) => resolve(refuse('demo.failed', message));
		const land = async (agent: AgentId) => {
			const merged = await connection.request(
				'merge',
				{
					agent,
					into: null,
					strategy: null,
					message: null,
					include: 'committed',
					wait: true,
				},
				{ timeoutMs: null },
			);
			if (!merged.ok) fail(merged.refusal.message);
			else if (merged.value.phase === 'conflicted')
				fail(`${agent} conflicts with its base`);
		};
		const startAgain = async (agent: AgentId) => {
			const count = (respawns.get(agent) ?? 0) + 1;
			respawns.set(agent, count);
			if (count > tries) return fail(`${agent} failed ${count} times`);
			const started = await connection.request(
				'respawn',
				{ agent, wait: false, env: ground.environment },
				{ timeoutMs: null },
			);
			return started.ok ? undefined : fail(started.refusal.message);
		};
		const take = (event: WeirEvent) => {
			if (event.seq <= last) return;
			last = event.seq;
			show(event);
			if (event.kind === 'agent.exited') {
				const { agent, code } = event.data;
				void (code === 0 ? land(agent) : startAgain(agent));
			} else if (event.kind === 'spawn.settled' || event.kind === 'worktree.settled') {
				if (!event.data.outcome.ok) fail(event.data.outcome.refusal.message);
			} else if (event.kind === 'merge.landed') {
				landed.add(event.data.agent);
				if (landed.size === ground.scenes.length) resolve(ok({ landed: landed.size }));
			}
		};
		connection.onPush.on((push) => {
			if (push.push === 'events') for (const event of push.events) take(event);
		});
		connection.onClose.on(() => fail('the supervisor ended'));
		void startListening(connection, take, fail);
	});
}

/** Events from the beginning: what happened before the demo attached is read from the journal. */
async function startListening(
	connection: Connection,
	take: (event: WeirEvent) => void,
	fail: (message: string) => void,
): Promise<void> {
	const attached = await connection.request('attach', {});
	if (!attached.ok) return fail(attached.refusal.message);
	const past = await connection.request('log', { from: 1, limit: 1000, agent: null });
	if (!past.ok) return fail(past.refusal.message);
	for (const event of past.value.events) take(event);
	return undefined;
}
