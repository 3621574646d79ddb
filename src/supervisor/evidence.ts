// Gathers what the terminals of running agents say and tells the core when its meaning changes.
import {
	type Evidence,
	evidenceBehind,
	isShell,
	judge,
	noEvidence,
} from '../domain/agent-state.ts';
import type { AgentId } from '../domain/ids.ts';
import type { PaneInfo, TerminalSignal } from '../protocol/holder.ts';
import { foregroundOf } from '../terminal/foreground.ts';
import type { Loop } from './loop.ts';
import type { Observatory } from './observatory.ts';
import { hear, silent } from './program-words.ts';

interface Gathered {
	readonly generation: number;
	readonly evidence: Evidence;
}

export class EvidenceDesk {
	readonly #loop: Loop;
	readonly #observatory: Pick<Observatory, 'of' | 'hear'>;
	readonly #gathered = new Map<AgentId, Gathered>();

	constructor(loop: Loop, observatory: Pick<Observatory, 'of' | 'hear'>) {
		this.#loop = loop;
		this.#observatory = observatory;
		loop.onEvents.on((events) => {
			for (const { kind, data } of events) {
				// A program may have spoken before its start was recorded, or while it was paused.
				if (kind === 'agent.started' || kind === 'pause.settled') this.#tell(data.agent);
			}
		});
	}

	/**
	 * A program that was started under another supervisor: its last signals are taken as one, and what
	 * nobody tells again is read off its report, so that its state is as old as it was.
	 */
	adopt(
		agent: AgentId,
		{
			generation,
			signals,
			silentMs,
			process,
		}: Pick<PaneInfo, 'generation' | 'signals' | 'silentMs' | 'process'>,
	): void {
		const known = this.#loop.state.agents[agent];
		if (!known || known.generation !== generation) return;
		const shell = isShell(known.argv);
		const behind = evidenceBehind(known.report, { silentMs, shell }, () =>
			process ? foregroundOf(process.pid) : null,
		);
		const evidence: Evidence = { ...noEvidence, ...behind, shell };
		this.#gathered.set(agent, { generation, evidence: signals.reduce(fold, evidence) });
		for (const signal of signals) if (!isCall(signal)) this.#hear(agent, signal);
		this.#tell(agent);
	}

	/** One signal of a running program; of an ended generation it is dropped by number. */
	take(agent: AgentId, generation: number, signal: TerminalSignal): void {
		const known = this.#loop.state.agents[agent];
		if (!known || known.generation !== generation) return;
		const before = this.#gathered.get(agent);
		const evidence =
			before?.generation === generation
				? before.evidence
				: { ...noEvidence, shell: isShell(known.argv) };
		const after = fold(evidence, signal);
		this.#gathered.set(agent, { generation, evidence: after });
		this.#hear(agent, signal);
		// A title or a bell tells nothing about what the program does.
		if (after !== evidence) this.#tell(agent);
	}

	forget(agent: AgentId): void {
		this.#gathered.delete(agent);
		this.#observatory.hear(agent, undefined);
	}

	#hear(agent: AgentId, signal: TerminalSignal): void {
		const before = this.#observatory.of(agent).words ?? silent;
		const after = hear(before, signal, new Date().toISOString());
		if (after !== before) this.#observatory.hear(agent, after);
	}

	#tell(agent: AgentId): void {
		const known = this.#loop.state.agents[agent];
		const gathered = this.#gathered.get(agent);
		if (!known || gathered?.generation !== known.generation) return;
		if (known.life.kind !== 'running' || known.life.paused) return;
		const { generation, evidence } = gathered;
		void this.#loop.submit({
			kind: 'agent.observe',
			agent,
			generation,
			...judge(evidence),
		});
	}
}

/** Who called before this supervisor came was heard then. */
function isCall({ kind }: TerminalSignal): boolean {
	return kind === 'bell' || kind === 'notification';
}

function fold(evidence: Evidence, signal: TerminalSignal): Evidence {
	switch (signal.kind) {
		case 'status': {
			// A part of the program (a subagent) does not speak for the whole.
			if (signal.id !== null) return evidence;
			const { state, blocked, message } = signal;
			const gone = state === null || state === 'clear';
			return { ...evidence, status: gone ? null : { state, blocked, message } };
		}
		case 'prompt':
			return { ...evidence, promptMark: signal.mark };
		case 'progress':
			return { ...evidence, progress: signal.state };
		case 'activity':
			return { ...evidence, active: signal.active, foreground: signal.foreground };
		default:
			return evidence;
	}
}
