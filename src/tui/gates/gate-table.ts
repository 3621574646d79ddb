// What the table of gates holds, and which cell of it the cursor is on.
import { type Agent, hasWorktree } from '../../domain/agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { State } from '../../domain/state.ts';
import type { GateReportJson } from '../../protocol/gates.ts';
import type { Observation } from '../../protocol/observation.ts';
import { filtered } from '../layouts/filter.ts';
import { shownAgents, type View } from '../view.ts';
import type { CellReport } from './gates-view.ts';

export interface GateTable {
	readonly gates: readonly string[];
	readonly agents: readonly GateRow[];
	/** Of the cursor; -1 where there is none. */
	readonly row: number;
	readonly column: number;
}

export interface GateRow {
	readonly agent: Agent;
	/** By which it is called everywhere. */
	readonly number: number;
}

export interface GateCell {
	readonly agent: Agent;
	readonly gate: string;
}

export function tableOf(state: State, view: View): GateTable {
	const gates = Object.keys(state.settings.gates);
	const all = shownAgents(state);
	const agents = filtered(all, view)
		.filter(hasWorktree)
		.map((agent) => ({ agent, number: all.indexOf(agent) + 1 }));
	const focused = agents.findIndex(({ agent }) => agent.id === view.focus);
	const column = gates.indexOf(view.gates.gate ?? '');
	return {
		gates,
		agents,
		row: Math.min(Math.max(0, focused), agents.length - 1),
		column: Math.min(Math.max(0, column), gates.length - 1),
	};
}

/** The agent of the row under the cursor. */
export function rowAimedAt(state: State, view: View): Agent | null {
	const { agents, row } = tableOf(state, view);
	return agents[row]?.agent ?? null;
}

export function cellAimedAt(state: State, view: View): GateCell | null {
	const { gates, agents, row, column } = tableOf(state, view);
	const agent = agents[row]?.agent;
	const gate = gates[column];
	return agent && gate !== undefined ? { agent, gate } : null;
}

/** What was fetched of the cell under the cursor; null while that is of another one. */
export function reportAimedAt(state: State, view: View): CellReport | null {
	const { report } = view.gates;
	const cell = cellAimedAt(state, view);
	const same = report?.agent === cell?.agent.id && report?.gate === cell?.gate;
	return same ? report : null;
}

type Failure = GateReportJson['failures'][number];

/** The failure that is marked, and which one that is. */
export function failureAimedAt(
	state: State,
	view: View,
): { readonly failure: Failure; readonly at: number } | null {
	const report = reportAimedAt(state, view);
	const failures = report?.told.ok ? report.told.value.failures : [];
	const at = Math.min(view.gates.failure, failures.length - 1);
	const failure = failures[at];
	return failure ? { failure, at } : null;
}

/** Runs that have a slot, and those that wait for one. */
export function runsIn(
	state: State,
	observed: Readonly<Record<AgentId, Observation>>,
): { readonly running: number; readonly waiting: number } {
	const agents = Object.values(state.agents);
	const running = agents.map(({ id }) => Object.keys(observed[id]?.gates ?? {}).length);
	const asked = agents.map(
		({ gates }) => Object.values(gates).filter(({ run }) => run !== null).length,
	);
	const sum = (counts: readonly number[]) => counts.reduce((one, more) => one + more, 0);
	return { running: sum(running), waiting: Math.max(0, sum(asked) - sum(running)) };
}
