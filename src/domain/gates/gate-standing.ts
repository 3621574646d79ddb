// What is known of an agent's work by gates: the tree that stands on its disk, and what each gate said.
import type { Agent } from '../agent.ts';
import { hasWorktree } from '../agent.ts';
import type { CommandOf, EffectOutcome } from '../command.ts';
import { type Decision, Draft, refused, unchanged, unknownAgent } from '../decision.ts';
import type { EventData, EventOf } from '../event.ts';
import type { AgentId } from '../ids.ts';
import type { Settings } from '../settings.ts';
import type { PendingOf, State } from '../state.ts';
import { definitionOf, type Gate, runsAt } from './gate.ts';
import { type GateStanding, noGate } from './standing.ts';
import type { Comparison } from './verdict.ts';

/** Whether what the gate said is said of what stands on the disk now. */
export function isCurrent(agent: Agent, { verdict }: GateStanding): boolean {
	return verdict !== null && agent.tree?.tree === verdict.tree && !agent.tree.moved;
}

/** The gates that run by their settings; none before those are trusted. */
export function gatesOf({
	settings,
	settingsTrusted,
}: Pick<State, 'settings' | 'settingsTrusted'>): readonly [string, Gate][] {
	return settingsTrusted ? Object.entries(settings.gates) : [];
}

export function decideTreeMove(
	state: State,
	{ agent: id }: CommandOf<'tree.move'>,
): Decision {
	const agent = state.agents[id];
	if (!agent?.tree || agent.tree.moved) return unchanged;
	return new Draft(state).add('tree.moved', { agent: id }).done();
}

/** What stands there is told, and gates that have not said anything of it are asked. */
export function decideTreeSettle(
	state: State,
	{ agent: id, tree }: CommandOf<'tree.settle'>,
): Decision {
	const agent = state.agents[id];
	if (!agent || !hasWorktree(agent)) return unchanged;
	const draft = new Draft(state);
	if (agent.tree?.tree !== tree || agent.tree.moved)
		draft.add('tree.settled', { agent: id, tree });
	for (const [name, gate] of gatesOf(state))
		if (runsAt(gate, 'settle') && isDue(agent, name, tree))
			ask(draft, agent, { gate: name, tree, why: 'settle', anew: false });
	return draft.done();
}

/** The human, or who says that it is done, wants to know. */
export function decideGateRun(
	state: State,
	{ agent: id, gates, why, anew }: CommandOf<'gate.run'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const all = gatesOf(state);
	const unknown = gates?.find((name) => !all.some(([known]) => known === name));
	if (unknown !== undefined || all.length === 0) return noSuchGate(state, unknown);
	if (!agent.tree)
		return refused({
			code: 'gate.no-tree',
			message: `what stands in the worktree of ${agent.name} is not known yet`,
			allow: `weir gates ${agent.name}, in a moment`,
		});
	const { tree } = agent.tree;
	const draft = new Draft(state);
	for (const [name, gate] of all) {
		const wanted = gates ? gates.includes(name) : why === 'demand' || runsAt(gate, why);
		const due = anew ? !runs(agent, name, tree) : isDue(agent, name, tree);
		if (wanted && due) ask(draft, agent, { gate: name, tree, why, anew });
	}
	return draft.done();
}

function noSuchGate(state: State, name: string | undefined): Decision {
	const known = Object.keys(state.settings.gates);
	if (known.length === 0)
		return refused({
			code: 'gate.none',
			message: 'no gate is set up for this repository',
			allow: 'weir gates detect',
		});
	if (!state.settingsTrusted)
		return refused({
			code: 'trust.needed',
			message: "this repository's settings name gates, and are not trusted yet",
			allow: 'weir trust',
		});
	return refused({
		code: 'gate.unknown',
		message: `there is no gate ${name}; there are ${known.join(', ')}`,
		allow: 'weir gates',
	});
}

function ask(
	draft: Draft,
	{ id }: Agent,
	wanted: Omit<EventData<'gate.asked'>, 'effect' | 'agent'>,
): void {
	draft.add('gate.asked', { effect: draft.effect, agent: id, ...wanted });
}

function runs(agent: Agent, gate: string, tree: string): boolean {
	return agent.gates[gate]?.run?.tree === tree;
}

function isDue(agent: Agent, gate: string, tree: string): boolean {
	return agent.gates[gate]?.verdict?.tree !== tree && !runs(agent, gate, tree);
}

export function settleGate(
	state: State,
	{ id, data: { agent, gate, tree } }: PendingOf<'gate'>,
	outcome: EffectOutcome<'gate'>,
): Decision {
	const draft = new Draft(state);
	draft.add('gate.settled', { effect: id, agent, gate, tree, outcome });
	if (outcome.ok && outcome.value.word === 'failed')
		draft.add('compare.asked', { effect: draft.effect, agent, gate, tree });
	return draft.done();
}

export function settleCompare(
	state: State,
	{ id, data: { agent, gate, tree } }: PendingOf<'compare'>,
	outcome: EffectOutcome<'compare'>,
): Decision {
	const draft = new Draft(state);
	draft.add('compare.settled', { effect: id, agent, gate, tree, outcome });
	if (outcome.ok && isToldByItself(state, agent, gate, outcome.value))
		draft.add('words.asked', { effect: draft.effect, agent, gate, tree, by: 'weir' });
	return draft.done();
}

/** It has something new to tell of what stands there now, and has not told it too often. */
function isToldByItself(
	state: State,
	id: AgentId,
	name: string,
	{ fresh }: Comparison,
): boolean {
	const agent = state.agents[id];
	const gate = state.settings.gates[name];
	const standing = agent?.gates[name];
	if (!agent || !gate || !standing || fresh === 0) return false;
	return standing.told < gate.tell && isCurrent(agent, standing);
}

export function evolveTreeMoved(agent: Agent): Agent {
	return agent.tree ? { ...agent, tree: { ...agent.tree, moved: true } } : agent;
}

export function evolveTreeSettled(agent: Agent, event: EventOf<'tree.settled'>): Agent {
	return { ...agent, tree: { tree: event.data.tree, moved: false } };
}

export function evolveGateAsked(agent: Agent, event: EventOf<'gate.asked'>): Agent {
	const { effect, gate, tree } = event.data;
	return withGate(agent, gate, { run: { effect, tree, since: event.at } });
}

export function evolveGateSettled(agent: Agent, event: EventOf<'gate.settled'>): Agent {
	const { effect, gate, outcome } = event.data;
	// A later run of the same gate is under way.
	const over = agent.gates[gate]?.run?.effect === effect;
	const run = over ? { run: null } : {};
	if (!outcome.ok)
		return withGate(agent, gate, {
			...run,
			fault: outcome.refusal.code === cancelled ? null : outcome.refusal.message,
		});
	const { value: verdict } = outcome;
	const told = verdict.word === 'passed' ? { told: 0 } : {};
	return withGate(agent, gate, { ...run, ...told, verdict, compared: null, fault: null });
}

export function evolveCompared(agent: Agent, event: EventOf<'compare.settled'>): Agent {
	const { gate, tree, outcome } = event.data;
	const known = agent.gates[gate];
	if (!outcome.ok || known?.verdict?.tree !== tree) return agent;
	return withGate(agent, gate, { compared: outcome.value });
}

/** Of a gate that is another one by now, nothing said before counts. */
export function withoutFormer(state: State, before: Settings): State {
	const { gates } = state.settings;
	const same = (name: string) => {
		const [now, then] = [gates[name], before.gates[name]];
		return now && then && definitionOf(now) === definitionOf(then);
	};
	const former = Object.keys(before.gates).filter((name) => !same(name));
	if (former.length === 0) return state;
	const agents = Object.entries(state.agents).map(([id, agent]) => {
		const kept = Object.entries(agent.gates).filter(([name]) => !former.includes(name));
		return [id, { ...agent, gates: Object.fromEntries(kept) }];
	});
	return { ...state, agents: Object.fromEntries(agents) };
}

/** The refusal of a run that was ended since the tree moved on. */
export const cancelled = 'gate.cancelled';

export function withGate(agent: Agent, name: string, now: Partial<GateStanding>): Agent {
	const before = agent.gates[name] ?? noGate;
	return { ...agent, gates: { ...agent.gates, [name]: { ...before, ...now } } };
}
