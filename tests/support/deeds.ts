// What a person asks of the agents of a mission, each with the sight of it done.
import type { Agent } from '../../src/domain/agent.ts';
import type { State } from '../../src/domain/state.ts';
import type { Deed, Mission } from './mission.ts';

export function agentIn(state: State, name: string): Agent | undefined {
	return Object.values(state.agents).findLast((agent) => agent.name === name);
}

export function startAgent(name: string, prompt: string | null = null): Deed {
	return {
		name: `new ${name}`,
		reached: (state) => agentIn(state, name)?.life.kind === 'running',
		ask: (mission) => {
			const there = agentIn(mission.state, name);
			if (there && there.life.kind !== 'removed') return respawnAgent(name).ask(mission);
			return mission.request('new', {
				agents: [{ name, argv: ['sh', mission.program] }],
				kind: null,
				base: null,
				prompt,
				env: mission.weir.env,
				columns: 80,
				rows: 24,
				wait: false,
			});
		},
	};
}

export function killAgent(name: string): Deed {
	return {
		name: `kill ${name}`,
		reached: (state) => agentIn(state, name)?.life.kind === 'ended',
		ask: (mission) => mission.request('kill', { agent: name, wait: false }),
	};
}

/** A new generation of the agent runs. */
export function respawnAgent(name: string, above = 0): Deed {
	return {
		name: `respawn ${name}`,
		reached: (state) => {
			const agent = agentIn(state, name);
			return agent?.life.kind === 'running' && agent.generation > above;
		},
		ask: (mission) =>
			mission.request('respawn', { agent: name, wait: false, env: mission.weir.env }),
	};
}

export function pauseAgent(name: string, paused: boolean): Deed {
	return {
		name: `${paused ? 'pause' : 'resume'} ${name}`,
		reached: (state) => {
			const life = agentIn(state, name)?.life;
			return life?.kind === 'running' && life.paused === paused;
		},
		ask: (mission) =>
			mission.request(paused ? 'pause' : 'resume', { agent: name, wait: false }),
	};
}

export function removeAgent(name: string): Deed {
	return {
		name: `remove ${name}`,
		reached: (state) => agentIn(state, name)?.life.kind === 'removed',
		ask: (mission) => mission.request('remove', { agent: name, wait: false }),
	};
}

export function restoreAgent(name: string): Deed {
	return {
		name: `restore ${name}`,
		reached: (state) => agentIn(state, name)?.life.kind === 'ended',
		ask: (mission) => mission.request('restore', { agent: name, wait: false }),
	};
}

/** Lands what the agent has committed since its last landing. */
export function landAgent(mission: Mission, name: string): Deed {
	const before = agentIn(mission.state, name)?.landed?.landing;
	return {
		name: `merge ${name}`,
		reached: (state) => {
			const landed = agentIn(state, name)?.landed?.landing;
			return landed !== undefined && landed !== before;
		},
		ask: () =>
			mission.request('merge', {
				agent: name,
				into: null,
				strategy: null,
				message: null,
				include: 'committed',
				wait: false,
			}),
	};
}

/** Takes the last landing of the agent back. */
export function undoLanding(mission: Mission, name: string): Deed {
	const landing = agentIn(mission.state, name)?.landed?.landing ?? null;
	if (landing === null) throw new Error(`${name} has not landed`);
	return {
		name: `undo ${name}`,
		reached: (state) => state.landings[landing]?.phase === 'undone',
		ask: () => mission.request('undo', { landing, revert: false, wait: false }),
	};
}

/** Brings the base into the agent's worktree; the agent is told by a prompt. */
export function handOff(mission: Mission, name: string): Deed {
	const from = mission.state.seq;
	return {
		name: `hand-off ${name}`,
		reached: () => mission.happened('prompt.settled', from),
		ask: () => mission.request('hand-off', { agent: name, into: null, wait: false }),
	};
}

export function openShell(mission: Mission, name: string): Deed {
	const before = Object.keys(mission.state.shells).length;
	return {
		name: `shell ${name}`,
		reached: ({ shells }) =>
			Object.values(shells).length > before &&
			Object.values(shells).every(({ life }) => life === 'running'),
		ask: () =>
			mission.request('shell', {
				agent: name,
				argv: ['cat'],
				env: mission.weir.env,
				columns: 80,
				rows: 24,
			}),
	};
}

/** The agent commits a file of this name, which is then mirrored into the repository. */
export function publishWork(mission: Mission, name: string, file: string): Deed {
	const from = mission.state.seq;
	return {
		name: `publish ${file}`,
		reached: () => mission.happened('publish.settled', from),
		ask: () => mission.request('send', { agent: name, text: file, enter: true }),
	};
}

/** The agent commits a file of this name. */
export async function letWork(mission: Mission, name: string, file: string) {
	await mission.quiet();
	const sent = await mission.request('send', { agent: name, text: file, enter: true });
	if (!sent.ok) throw new Error(sent.refusal.message);
	await mission.shows(name, `did ${file}`);
}
