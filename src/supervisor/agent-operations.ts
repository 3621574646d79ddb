// Requests on the life of agents.

import { hasProgram, isSettingUp } from '../domain/agent.ts';
import { findRemoved } from '../domain/find-agent.ts';
import type { AgentId } from '../domain/ids.ts';
import { howAgain } from '../domain/tries.ts';
import { branchTip, resolveBase } from '../git/base.ts';
import { type BranchesTaken, branchesTaken } from '../git/create-worktree.ts';
import { requireWritable } from '../git/repository.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import type { ClientRequest } from '../protocol/client.ts';
import { followAgent } from './follow-effects.ts';
import { prunable, whatIsLost } from './losses.ts';
import { checkNew, checkPlace, checkRoom, checkSettings } from './new-agent-checks.ts';
import { type Ground, groundOf } from './new-agent-ground.ts';
import {
	remarkOnCommand,
	remarkOnScope,
	remarkOnSubmodules,
} from './new-agent-remarks.ts';
import {
	agentOf,
	carryOut,
	carryOutOn,
	type Desk,
	type Handler,
	jsonOf,
} from './session.ts';
import { submitNew } from './submit-new.ts';
import { remarkOnDirt } from './surroundings.ts';

export const handleNew: Handler<'new'> = async (request, desk) => {
	const { repository } = desk.world;
	const writable = await requireWritable(repository);
	if (!writable.ok) return writable;
	const settings = await checkSettings(desk);
	if (!settings.ok) return settings;
	const { base: usual, branch } = desk.loop.state.settings;
	const base = await resolveBase(repository, request.base ?? usual, branch.prefix);
	if (!base.ok) return base;
	const ground = await groundOf(request, base.value, desk);
	if (!ground.ok) return ground;
	const place = checkPlace(desk);
	if (!place.ok) return place;
	const room = checkRoom(desk);
	if (!room.ok) return room;
	const plans = await branchesTaken(repository);
	const first = request.wait && Object.keys(desk.loop.state.agents).length === 0;
	const leftOut = first && ground.value.start === null ? remarkOnDirt(desk) : null;
	const shared = remarkOnScope(desk, request.scope ?? []);
	const made = await Promise.all(
		request.agents.map((wish) => create(wish, request, ground.value, plans, desk)),
	);
	const refusals = made.flatMap((one, at) =>
		one.ok ? [] : [{ agent: request.agents[at]?.name ?? '', ...one.refusal }],
	);
	const agents = made.flatMap((one) => (one.ok ? [jsonOf(desk, one.value)] : []));
	const { commit } = base.value;
	const remark = agents.length > 0 ? await remarkOnSubmodules(desk, commit) : null;
	const plain = remarkOnCommand(
		desk,
		made.flatMap((one) => (one.ok ? [one.value] : [])),
	);
	const own = agents.length > 0 ? (ground.value.remark ?? shared ?? plain) : null;
	return ok({ agents, refusals, remark: own ?? remark ?? (await leftOut) });
};

type NewRequest = ClientRequest<'new'>;

async function create(
	{ name, argv }: NewRequest['agents'][number],
	{ kind, prompt, scope = [], columns, rows, env, wait }: NewRequest,
	{ branch, commit, adopt, start }: Ground,
	taken: BranchesTaken,
	desk: Desk,
): Promise<Outcome<AgentId>> {
	const plain = await checkNew({ name, argv, kind, env, adopt }, commit, taken, desk);
	if (!plain.ok) return plain;
	return submitNew(
		desk,
		{
			name,
			agentKind: kind,
			argv,
			base: { branch: branch ?? commit, commit },
			adopt,
			start,
			prompt,
			scope,
			columns,
			rows,
		},
		{ env, wait },
	);
}

export const handleKill: Handler<'kill'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const { id } = agent.value;
	if (desk.world.fillings.breakOff(id)) {
		await followAgent(desk.loop, id, []);
		// It may have been filled by then, and its program runs.
		if (!hasProgram(desk.loop.state.agents[id] ?? agent.value))
			return ok({ agent: jsonOf(desk, id) });
	}
	const settingUp = isSettingUp(agent.value);
	const killed = await carryOutOn(desk, id, request.wait, () => ({
		kind: 'agent.kill',
		agent: id,
	}));
	// A set-up that was stopped has failed, and that was asked for.
	const asked = settingUp && !killed.ok && killed.refusal.code === 'setup.stopped';
	return asked ? ok({ agent: jsonOf(desk, id) }) : killed;
};

export const handleRespawn: Handler<'respawn'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	desk.world.environments.bring(agent.value.id, request.env);
	const { mode = 'auto', note = null } = request;
	let resumed = false;
	const done = await carryOutOn(desk, agent.value.id, request.wait, (present) => {
		const how = howAgain(present, mode, note);
		resumed = how.ok && how.value.resume != null;
		return { kind: 'agent.respawn', agent: present.id, mode, note };
	});
	return done.ok ? ok({ ...done.value, resumed }) : done;
};

export const handlePause: Handler<'pause'> = (request, desk) =>
	carryOutOn(desk, request.agent, request.wait, ({ id }) => ({
		kind: 'agent.pause',
		agent: id,
	}));

export const handleResume: Handler<'resume'> = (request, desk) =>
	carryOutOn(desk, request.agent, request.wait, ({ id }) => ({
		kind: 'agent.resume',
		agent: id,
	}));

export const handleRename: Handler<'rename'> = (request, desk) =>
	carryOutOn(desk, request.agent, true, ({ id }) => ({
		kind: 'agent.rename',
		agent: id,
		name: request.name,
	}));

export const handleRemove: Handler<'remove'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const { id, branch } = agent.value;
	let teardown: string | null = null;
	const stop = desk.loop.onEvents.on((events) => {
		for (const { kind, data } of events) {
			if (kind === 'remove.settled' && data.agent === id && data.outcome.ok)
				teardown = data.outcome.value.teardown ?? null;
		}
	});
	const done = await carryOut(
		desk,
		{ kind: 'agent.remove', agent: id },
		id,
		request.wait,
	);
	stop();
	if (!done.ok) return done;
	const life = desk.loop.state.agents[id]?.life;
	const snapshot = life?.kind === 'removed' ? life.commit : null;
	const left = snapshot === null && (await branchTip(desk.world.repository, branch));
	return ok({
		agent: jsonOf(desk, id),
		snapshot,
		branch: left ? branch : null,
		teardown,
	});
};

export const handleRestore: Handler<'restore'> = async (request, desk) => {
	const agent = findRemoved(desk.loop.state.agents, request.agent);
	if (!agent.ok) return agent;
	return carryOutOn(desk, agent.value.id, request.wait, ({ id }) => ({
		kind: 'agent.restore',
		agent: id,
	}));
};

export const handlePrunable: Handler<'prunable'> = async (_request, desk) =>
	ok({ agents: await prunable(desk) });

export const handleLoss: Handler<'loss'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	return whatIsLost(desk, agent.value);
};
