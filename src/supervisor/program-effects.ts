// Effects on programs: start, set-up, stop, pause, prompts and shells. All through the holders.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Agent, isSpawning } from '../domain/agent.ts';
import type { Guard } from '../domain/guard.ts';
import { repairPointer } from '../git/repair-pointer.ts';
import type { Worktree } from '../git/worktree.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { makeWithin } from '../lib/private-folder.ts';
import { secretsOf } from '../lib/secrets.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { ProcessIdentity, StopLadder } from '../protocol/holder.ts';
import { findCommand } from '../terminal/command.ts';
import { type AgentStart, prepareStart } from './agent-start.ts';
import { agentEnvironment, shellEnvironment, type Variables } from './environment.ts';
import { noAgent } from './no-agent.ts';
import type { ToHold } from './sandbox-openings.ts';
import { worktreeOf } from './worktree-effects.ts';
import type { Perform, World } from './world.ts';

/** The pane of an agent bears its id: names change. */
export const paneOf = (agent: { readonly id: string }) => agent.id;

export const performSpawn: Perform<'spawn'> = async (effect, world) => {
	const agent = world.state().agents[effect.data.agent];
	// Asked for again after a crash, while the end of that very program has been recorded.
	if (!agent || !isSpawning(agent)) return noAgent;
	const { generation } = effect.data;
	return startProgram(world, agent, generation, async (env, worktree) => {
		await world.acceptSetup(agent);
		const start = await prepareStart(agent, effect.data, { env, worktree }, world);
		return holdStart({ agent, worktree, generation, ...start }, start, world);
	});
};

/** Settles by the exit of the set-up's program; only a start that fails is told of here. */
export const performSetup = async (
	effect: Parameters<Perform<'setup'>>[0],
	world: World,
): Promise<Awaited<ReturnType<Perform<'setup'>>> | null> => {
	const agent = world.state().agents[effect.data.agent];
	if (!agent) return noAgent;
	const started = await startProgram(
		world,
		agent,
		effect.data.generation,
		// The user's own text, which installs what agents then find: it is held by nothing.
		async (env) => ok({ argv: effect.data.argv, env, conversation: null }),
		`weir: set-up of ${agent.name}: ${effect.data.argv.map(shellWord).join(' ')}\r\n`,
	);
	if (started.ok) return null;
	const { code, message } = started.refusal;
	if (code !== 'spawn.failed') return started;
	return refuse(
		code,
		`worktree.setup cannot be started: ${message}`,
		'a list in the settings is one program with its arguments; write several commands as one text, joined by &&',
	);
};

interface Started {
	readonly holder: string;
	/** Null where it ended before it could be looked at. */
	readonly process: ProcessIdentity | null;
	readonly conversation?: string;
	readonly guard?: Guard;
}

type Prepare = (env: Variables, worktree: Worktree) => Promise<Outcome<HeldStart>>;

type HeldStart = AgentStart & { readonly guard?: Guard };

/** Refused as it would be without a sandbox, of which alone the holder would see that it is there. */
async function holdStart(
	toHold: ToHold,
	start: AgentStart,
	{ confinement }: World,
): Promise<Outcome<HeldStart>> {
	const found = findCommand({ ...toHold, cwd: toHold.agent.path });
	if (!found.ok) return found;
	const held = await confinement.hold(toHold);
	return held.ok ? ok({ ...start, ...held.value }) : held;
}

async function startProgram(
	world: World,
	agent: Agent,
	generation: number,
	prepare: Prepare,
	banner?: string,
): Promise<Outcome<Started>> {
	const pane = paneOf(agent);
	const recording = join(world.places.recordings, agent.id, String(generation));
	const known = await startedBefore(world, { pane, generation, recording });
	if (known === 'lost') {
		return {
			ok: false,
			refusal: {
				code: 'spawn.lost',
				message: `${agent.name} was started and was lost with its holder before anyone saw it`,
				allow: `weir respawn ${agent.name}`,
			},
		};
	}
	if (known) return { ok: true, value: known };
	const asked = world.askedAgain.check(agent);
	if (!asked.ok) return asked;
	const worktree = await worktreeOf(world, agent);
	if (!worktree.ok) return worktree;
	await repairPointer(worktree.value);
	const client = world.environments.of(agent.id);
	const size = world.fleet.sizeOf(pane) ?? agent;
	const token = world.tokens.issue(agent.id, generation);
	const usual = agentEnvironment(client, agent, {
		socket: world.places.agentSocket,
		token,
		generation,
		shim: world.places.shim,
	});
	const prepared = await prepare(usual, worktree.value);
	if (!prepared.ok) return prepared;
	const { argv, env, conversation, guard } = prepared.value;
	await makeWithin(dirname(recording));
	const spawned = await world.fleet.spawn({
		pane,
		generation,
		argv,
		cwd: agent.path,
		env,
		columns: size.columns,
		rows: size.rows,
		ladder: agent.ladder as StopLadder,
		recording,
		redact: [...secretsOf(client), token],
		...(banner === undefined ? {} : { banner }),
	});
	if (!spawned.ok) return spawned;
	const { holder, info } = spawned.value;
	const named = conversation === null ? {} : { conversation };
	const held = guard === undefined ? {} : { guard };
	return { ok: true, value: { holder, process: info.process, ...named, ...held } };
}

interface Start {
	readonly pane: string;
	readonly generation: number;
	readonly recording: string | null;
}

/**
 * What became of a start that the supervisor asked for before it crashed: the program runs or has
 * ended in its pane, was lost with its holder, or never was (null). It is never started twice.
 */
async function startedBefore(
	world: World,
	{ pane, generation, recording }: Start,
): Promise<Started | 'lost' | null> {
	const { fleet } = world;
	const info = await fleet.paneInfo(pane);
	if (info?.generation === generation) {
		return { holder: fleet.holderOf(pane) ?? '', process: info.process };
	}
	const ended = fleet.exitOf(pane, generation) !== null;
	return ended || (recording !== null && existsSync(recording)) ? 'lost' : null;
}

/** Begins the ladder; the exit of the program settles it. */
export const performStop = async (
	effect: Parameters<Perform<'stop'>>[0],
	world: World,
): Promise<Awaited<ReturnType<Perform<'stop'>>> | null> => {
	const { agent, generation } = effect.data;
	const asked = await world.fleet.ask(agent, 'stop', { pane: agent, generation });
	return asked.ok ? null : asked;
};

/** A ladder without a signal: the holder waits no longer. One that is older than this waits on. */
export const performHasten: Perform<'hasten'> = async (effect, world) => {
	const { agent, generation } = effect.data;
	const ladder = { signals: [], graceMs: 0 };
	const asked = await world.fleet.ask(agent, 'stop', { pane: agent, generation, ladder });
	const ended = !asked.ok && asked.refusal.code === 'pane.ended';
	return asked.ok || ended ? { ok: true, value: {} } : asked;
};

export const performPause: Perform<'pause'> = async (effect, world) => {
	const { agent, generation, paused } = effect.data;
	const asked = await world.fleet.ask(agent, paused ? 'pause' : 'resume', {
		pane: agent,
		generation,
	});
	return asked.ok ? { ok: true, value: {} } : asked;
};

/** Under Landlock nothing can be given back; a program that has ended meanwhile needs nothing. */
export const performWiden: Perform<'widen'> = async ({ data }, world) => {
	const agent = world.state().agents[data.agent];
	if (!agent?.guard) return noAgent;
	const { life, name, generation, guard } = agent;
	if (generation !== data.generation || life.kind !== 'running')
		return ok({ loose: guard.loose });
	if (guard.prevention !== 'bubblewrap')
		return refuse(
			'widen.next-start',
			`what ${name} may write besides counts from its next start on: Landlock gives nothing back`,
			`weir respawn ${name}`,
		);
	const worktree = await worktreeOf(world, agent);
	if (!worktree.ok) return worktree;
	const widened = await world.confinement.widen(agent, worktree.value, life.process);
	return widened.ok ? ok({ loose: widened.value }) : widened;
};

export const performShell: Perform<'shell'> = async (effect, world) => {
	const { shell, argv, columns, rows } = effect.data;
	const agent = world.state().agents[effect.data.agent];
	if (!agent) return noAgent;
	const known = await startedBefore(world, {
		pane: shell,
		generation: 1,
		recording: null,
	});
	if (known === 'lost') {
		return { ok: false, refusal: { code: 'shell.lost', message: 'the shell has ended' } };
	}
	if (known) return { ok: true, value: { holder: known.holder } };
	const env = shellEnvironment(world.environments.of(agent.id), agent);
	const spawned = await world.fleet.spawn({
		pane: shell,
		generation: 1,
		argv,
		cwd: agent.path,
		env,
		columns,
		rows,
		ladder: { signals: ['SIGHUP', 'SIGTERM'], graceMs: 5000 },
		recording: null,
		redact: secretsOf(env),
	});
	return spawned.ok ? { ok: true, value: { holder: spawned.value.holder } } : spawned;
};
