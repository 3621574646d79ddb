// Requests about what stands outside an agent's scope.
import type { AgentId } from '../domain/ids.ts';
import type { Trespasses } from '../domain/trespass.ts';
import { listCopies } from '../git/kept-copies.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import type { OutsideJson } from '../protocol/outside.ts';
import { followEffects } from './follow-effects.ts';
import { agentOf, type Desk, type Handler } from './session.ts';

export const handleOutside: Handler<'outside'> = async (request, desk) => {
	const found = agentOf(desk, request.agent);
	if (!found.ok) return found;
	const { id } = found.value;
	await desk.trespasses.look(id);
	const before = standingOf(desk, id);
	const done = request.how === null ? ok([]) : await redress(desk, id, request.how);
	if (!done.ok) return done;
	const { world } = desk;
	const copies = await listCopies(world.places.outside, id);
	const { paths, more } = standingOf(desk, id);
	return ok({
		paths,
		more,
		settled: Math.max(0, countOf(before) - countOf({ paths, more })),
		left: done.value,
		kept: copies.map(({ at, ...rest }) => ({
			...rest,
			at: new Date(at).toISOString(),
		})),
		unwatched: world.observatory.of(id).unwatched ?? null,
	});
};

function standingOf({ loop }: Desk, agent: AgentId): Trespasses {
	return loop.state.agents[agent]?.trespasses ?? { paths: [], more: 0 };
}

function countOf({ paths, more }: Trespasses): number {
	return paths.length + more;
}

/** What was left, once it has been done and looked at. */
async function redress(
	{ loop, trespasses }: Desk,
	agent: AgentId,
	how: 'quarantine' | 'restore',
): Promise<Outcome<OutsideJson['left']>> {
	let left: OutsideJson['left'] = [];
	const stop = loop.onEvents.on((events) => {
		for (const { kind, data } of events)
			if (kind === 'redress.settled' && data.agent === agent && data.outcome.ok)
				left = data.outcome.value.left;
	});
	try {
		const command = { kind: 'trespass.redress', agent, how } as const;
		const asked = await loop.submit(command, 'human');
		if (!asked.ok) return asked;
		const refusal = await followEffects(loop, asked.value);
		if (refusal) return { ok: false, refusal };
		await trespasses.look(agent);
		return ok(left);
	} finally {
		stop();
	}
}
