// What the holders say unasked, brought to whom it concerns.
import type { WeirEvent } from '../domain/event.ts';
import type { AgentId, ShellId } from '../domain/ids.ts';
import type { HolderPush } from '../protocol/holder.ts';
import type { EvidenceDesk } from './evidence.ts';
import type { Fleet } from './fleet.ts';
import type { Loop } from './loop.ts';
import type { Observatory } from './observatory.ts';
import { endRemains } from './remains.ts';
import type { Tokens } from './tokens.ts';

export interface RoutingParts {
	readonly loop: Loop;
	readonly fleet: Fleet;
	readonly evidence: EvidenceDesk;
	readonly observatory: Observatory;
	readonly tokens: Tokens;
}

export function routePushes(parts: RoutingParts): () => void {
	const { loop, fleet } = parts;
	const stopPushes = fleet.onPush.on((push) => route(parts, push));
	const stopEvents = loop.onEvents.on((events) => {
		for (const event of events) {
			if (event.kind === 'setup.asked' || event.kind === 'spawn.asked')
				parts.observatory.recording(event.data.agent, recordedWhole);
			// What could land is another, or was found to be; files were put back.
			if (
				event.kind === 'scope.widened' ||
				event.kind === 'merge.refused' ||
				event.kind === 'redress.settled'
			)
				parts.observatory.stir(event.data.agent);
			void lookForEnd(parts, event);
		}
	});
	const stopLost = fleet.onLost.on(({ pane, generation }) => {
		const exit = fleet.exitOf(pane, generation);
		if (exit) return route(parts, { push: 'exit', exit });
		if (pane in loop.state.shells) {
			void loop.report({ kind: 'shell.exit', shell: pane as ShellId, code: null });
			return;
		}
		void tellLost(parts, pane as AgentId, generation);
	});
	return () => {
		stopPushes();
		stopEvents();
		stopLost();
	};
}

async function tellLost(
	{ loop, tokens, evidence }: RoutingParts,
	agent: AgentId,
	generation: number,
): Promise<void> {
	const known = loop.state.agents[agent];
	if (known?.generation !== generation) return;
	evidence.forget(agent);
	const survivors = await endRemains(known, tokens);
	await loop.report({
		kind: 'agent.exit',
		agent,
		generation,
		code: null,
		signal: null,
		cause: 'lost',
		survivors,
	});
}

/** A program may have ended before its start was recorded; its end was then told too early. */
async function lookForEnd(parts: RoutingParts, event: WeirEvent): Promise<void> {
	const { fleet } = parts;
	const started =
		event.kind === 'agent.started'
			? { pane: event.data.agent, generation: event.data.generation }
			: event.kind === 'shell.settled' && event.data.outcome.ok
				? { pane: event.data.shell, generation: 1 }
				: null;
	if (started === null) return;
	const { pane, generation } = started;
	const info = await fleet.paneInfo(pane);
	const known = info?.generation === generation ? info.exit : null;
	const exit = known ?? fleet.exitOf(pane, generation);
	if (exit) route(parts, { push: 'exit', exit });
}

/** Panes bear the ids of agents and shells, so a pane's name is one of the two. */
function route(
	{ loop, fleet, evidence, observatory }: RoutingParts,
	push: HolderPush,
): void {
	switch (push.push) {
		case 'signal': {
			const agent = push.pane as AgentId;
			evidence.take(agent, push.generation, push.signal);
			if (push.signal.kind === 'activity') observatory.stir(agent);
			return;
		}
		case 'exit': {
			const { pane, generation, code, signal, stopped, survivors } = push.exit;
			if (pane in loop.state.shells) {
				void loop.report({ kind: 'shell.exit', shell: pane as ShellId, code });
				void fleet
					.ask(pane, 'collect', { pane, generation })
					.then(() => fleet.forget(pane));
				return;
			}
			const agent = pane as AgentId;
			evidence.forget(agent);
			observatory.ended(agent);
			observatory.stir(agent);
			void loop.report({
				kind: 'agent.exit',
				agent,
				generation,
				code,
				signal,
				cause: stopped ? 'stopped' : 'exit',
				survivors,
			});
			return;
		}
		case 'recording': {
			const agent = push.pane as AgentId;
			if (loop.state.agents[agent]?.generation === push.generation)
				observatory.recording(agent, push.recording);
			return;
		}
		default:
			return;
	}
}

/** Each program has a recording of its own. */
const recordedWhole = { trouble: null, lost: 0 };
