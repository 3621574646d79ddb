// After a start: what the journal says runs is compared with what runs. Agents that live are
// adopted, ends that nobody heard of are recorded, what is lost is said to be lost.
import type { Agent } from '../domain/agent.ts';
import { isSettingUp } from '../domain/agent.ts';
import type { ExitRecord, PaneInfo } from '../protocol/holder.ts';
import type { EvidenceDesk } from './evidence.ts';
import type { Fleet } from './fleet.ts';
import type { Loop } from './loop.ts';
import { paneOf } from './program-effects.ts';
import { endRemains } from './remains.ts';
import type { Tokens } from './tokens.ts';
import type { Environments } from './world.ts';

export interface ReconcileParts {
	readonly loop: Loop;
	readonly fleet: Fleet;
	readonly tokens: Tokens;
	readonly environments: Environments;
	readonly evidence: EvidenceDesk;
}

export async function reconcile(
	parts: ReconcileParts,
	panes: readonly PaneInfo[],
	/** The machine went down since: what would start again by itself waits to be asked. */
	rebooted: boolean,
): Promise<void> {
	const { loop, fleet } = parts;
	const byName = new Map(panes.map((info) => [info.pane, info]));
	const expecting = Object.values(loop.state.agents).filter(expectsProgram);
	await Promise.all(
		expecting.map(async (agent) => {
			const info = byName.get(paneOf(agent));
			if (info?.generation === agent.generation && info.exit === null)
				return adopt(parts, agent, info);
			if (agent.life.kind === 'running' && fleet.isUnreached(agent.life.holder)) return;
			const exit =
				(info?.generation === agent.generation ? info.exit : null) ??
				fleet.exitOf(paneOf(agent), agent.generation);
			// Its start is performed again, which finds out what became of it.
			if (agent.life.kind === 'preparing' && agent.life.step === 'spawn') return;
			if (exit === null && agent.life.kind === 'preparing') return;
			await recordEnd(parts, agent, exit);
		}),
	);
	for (const { id } of rebooted ? Object.values(loop.state.agents) : []) {
		await loop.report({ kind: 'agent.call-off', agent: id });
	}
	for (const shell of Object.values(loop.state.shells)) {
		const info = byName.get(shell.id);
		if (info && info.exit === null) continue;
		// Its start is performed again, which finds out what became of it.
		if (shell.life === 'starting') continue;
		await loop.report({
			kind: 'shell.exit',
			shell: shell.id,
			code: info?.exit?.code ?? null,
		});
	}
}

async function recordEnd(
	{ loop, tokens }: ReconcileParts,
	agent: Agent,
	exit: ExitRecord | null,
): Promise<void> {
	const survivors = exit?.survivors ?? (await endRemains(agent, tokens));
	await loop.report({
		kind: 'agent.exit',
		agent: agent.id,
		generation: agent.generation,
		code: exit?.code ?? null,
		signal: exit?.signal ?? null,
		cause: exit === null ? 'lost' : exit.stopped ? 'stopped' : 'exit',
		survivors,
	});
}

/** The agent's tokens, its environment and its last signals live in the holder. */
async function adopt(parts: ReconcileParts, agent: Agent, info: PaneInfo): Promise<void> {
	const spec = await parts.fleet.ask(info.pane, 'spec', { pane: info.pane });
	if (spec.ok && spec.value) {
		const token = spec.value.env.WEIR_TOKEN;
		if (token) parts.tokens.admit(token, agent.id, agent.generation);
		parts.environments.bring(agent.id, spec.value.env);
	}
	parts.evidence.adopt(agent.id, info);
}

function expectsProgram(agent: Agent): boolean {
	const { life } = agent;
	return (
		life.kind === 'running' ||
		life.kind === 'stopping' ||
		isSettingUp(agent) ||
		(life.kind === 'preparing' && life.step === 'spawn')
	);
}
