// Letting all go on that waits for it: what is paused, and what its holder or machine took along.
import { type Agent, isLost } from '../domain/agent.ts';
import { howAgain } from '../domain/tries.ts';
import { type Outcome, ok, type Refusal } from '../lib/outcome.ts';
import type { ResumedJson } from '../protocol/requests/agent-requests.ts';
import { carryOutOn, type Desk, type Handler } from './session.ts';

export const handleResumeAll: Handler<'resume.all'> = async ({ wait, env }, desk) => {
	const agents = Object.values(desk.loop.state.agents);
	const waiting = agents.filter((agent) => isLost(agent) || isPaused(agent));
	const tried = await Promise.all(
		waiting.map(async (agent) => ({
			name: agent.name,
			resumed: await resume(agent, { wait, env }, desk),
		})),
	);
	const refusals = tried.flatMap(({ name, resumed }): (Refusal & { agent: string })[] =>
		resumed.ok ? [] : [{ agent: name, ...resumed.refusal }],
	);
	return ok({
		agents: tried.flatMap(({ resumed }) => (resumed.ok ? [resumed.value] : [])),
		refusals,
	});
};

interface Wish {
	readonly wait: boolean;
	readonly env: Readonly<Record<string, string>>;
}

async function resume(
	agent: Agent,
	{ wait, env }: Wish,
	desk: Desk,
): Promise<Outcome<ResumedJson>> {
	const { id } = agent;
	if (isPaused(agent)) {
		const done = await carryOutOn(desk, id, wait, () => ({
			kind: 'agent.resume',
			agent: id,
		}));
		return done.ok ? ok({ ...done.value, how: 'continued' }) : done;
	}
	desk.world.environments.bring(id, env);
	const how = howAgain(agent, 'auto', null);
	const goesOn = how.ok && how.value.resume != null;
	const done = await carryOutOn(desk, id, wait, () => ({
		kind: 'agent.respawn',
		agent: id,
	}));
	return done.ok ? ok({ ...done.value, how: goesOn ? 'resumed' : 'respawned' }) : done;
}

function isPaused({ life }: Agent): boolean {
	return life.kind === 'running' && life.paused;
}
