// What is told of gates. Scripts rely on the names.
import type { Agent } from '../domain/agent.ts';
import { standingOfBase } from '../domain/alarm/base-gates.ts';
import type { GateFailure } from '../domain/gates/failure.ts';
import type { TestCounts } from '../domain/gates/findings.ts';
import { isCurrent } from '../domain/gates/gate-standing.ts';
import { type GateStanding, noGate } from '../domain/gates/standing.ts';
import type { Verdict, VerdictWord } from '../domain/gates/verdict.ts';
import type { State } from '../domain/state.ts';

/** What a gate says of what stands on the disk now; `stale`: what it says is of an earlier tree. */
export type GateWord = 'none' | 'waiting' | 'running' | 'stale' | VerdictWord;

/** A run that has its slot. */
export interface RunningGate {
	/** Wall clock, ISO. */
	readonly began: string;
	/** How long it usually takes, in milliseconds. */
	readonly usual: number | null;
}

export interface GateJson {
	readonly name: string;
	readonly verdict: GateWord;
	/** What it said last, be it of an earlier tree. */
	readonly last: VerdictWord | null;
	readonly tree: string | null;
	/** Failures that the merge base has not, and those that it has; null where that is not known. */
	readonly new: number | null;
	readonly known: number | null;
	readonly failures: number | null;
	readonly first: string | null;
	readonly why: string | null;
	readonly exit: number | null;
	readonly flaky: boolean;
	/** In milliseconds. */
	readonly took: number | null;
	readonly at: string | null;
	readonly running: RunningGate | null;
}

/** One gate of an agent as scripts see it. */
export function gateJson(
	agent: Agent,
	name: string,
	running: RunningGate | null,
): GateJson {
	const standing = agent.gates[name] ?? noGate;
	const { verdict, compared, fault } = standing;
	return {
		...verdictJson(name, verdict),
		verdict: wordOf(agent, standing, running),
		new: compared?.fresh ?? null,
		known: compared?.known ?? null,
		why: fault ?? verdict?.why ?? null,
		running,
	};
}

/** What a gate said of a tree that stands on nobody's disk. */
export function verdictJson(name: string, verdict: Verdict | null): GateJson {
	return {
		name,
		verdict: verdict?.word ?? 'none',
		last: verdict?.word ?? null,
		tree: verdict?.tree ?? null,
		new: null,
		known: null,
		failures: verdict?.failures ?? null,
		first: verdict?.first ?? null,
		why: verdict?.why ?? null,
		exit: verdict?.exit ?? null,
		flaky: verdict?.flaky ?? false,
		took: verdict?.took ?? null,
		at: verdict?.at ?? null,
		running: null,
	};
}

function wordOf(
	agent: Agent,
	standing: GateStanding,
	running: RunningGate | null,
): GateWord {
	if (running) return 'running';
	if (standing.run) return 'waiting';
	if (!standing.verdict) return standing.fault === null ? 'none' : 'broken';
	return isCurrent(agent, standing) ? standing.verdict.word : 'stale';
}

/** The gates of one agent. */
export interface AgentGatesJson {
	readonly agent: string;
	/** What stood on its disk when it was last quiet; null while that is not known. */
	readonly tree: string | null;
	/** Something was written since. */
	readonly moved: boolean;
	readonly gates: readonly GateJson[];
}

/** What the gates of landings say of a branch where those go. */
export interface BaseGatesJson {
	readonly branch: string;
	readonly commit: string | null;
	/** Of which the verdicts are; null where there are none yet. */
	readonly tree: string | null;
	/** Why gates could say nothing of its newest files; null where they could. */
	readonly fault: string | null;
	readonly gates: readonly (GateJson & {
		/** The id of the alarm that it has raised and that is not over. */
		readonly alarm: string | null;
	})[];
}

/** Every branch that landings or others have moved since weir looks at it. */
export function basesJson(state: State): readonly BaseGatesJson[] {
	return Object.keys(state.baseGates).map((branch) => baseJson(state, branch));
}

export function baseJson(state: State, branch: string): BaseGatesJson {
	const { judged, gates, fault } = standingOfBase(state, branch);
	const commit = state.bases[branch] ?? null;
	const asked = Object.values(state.effects).some(
		({ kind, data }) =>
			kind === 'base-gates' && data.branch === branch && data.commit === commit,
	);
	const current = judged?.commit === commit;
	return {
		...{ branch, commit, tree: judged?.tree ?? null, fault },
		gates: Object.entries(gates).map(([name, { verdict, fault: broken, alarm }]) => {
			const said = verdictJson(name, verdict);
			const now = current ? (verdict?.word ?? 'broken') : 'stale';
			return {
				...said,
				verdict: asked ? 'waiting' : now,
				why: broken ?? said.why,
				alarm: alarm?.id ?? null,
			};
		}),
	};
}

/** One gate of one agent, with what it said and printed. */
export interface GateReportJson {
	/** Or the branch that it was asked about. */
	readonly agent: string;
	readonly gate: GateJson;
	/** The command, to be called in a shell. */
	readonly command: string;
	/** As which format its output was read; null where it could not be. */
	readonly format: string | null;
	readonly counts: TestCounts | null;
	/** Those that the merge base has not come first. */
	readonly failures: readonly (GateFailure & {
		/** The merge base has it as well; null where that is not known. */
		readonly known: boolean | null;
	})[];
	/** How many more there are. */
	readonly dropped: number;
	/** What it printed, of a run that is under way so far; bounded. */
	readonly output: string;
	/** It printed more before that. */
	readonly truncated: boolean;
	/** How many characters of what it printed nobody kept: they are at hand nowhere. */
	readonly leftOut: number;
}
