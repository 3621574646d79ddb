// How an agent stands in the landing queue, in one word and why.
import { counted } from '../../lib/counted.ts';
import type { Agent } from '../agent.ts';
import { runsAt } from '../gates/gate.ts';
import { gatesOf, isCurrent } from '../gates/gate-standing.ts';
import { type GateStanding, noGate } from '../gates/standing.ts';
import { resolvedWords, resolvingOf } from '../resolving.ts';
import type { State } from '../state.ts';
import type { StateWord } from '../state-words.ts';
import { isLanding } from './holding.ts';
import type { Clash } from './prediction.ts';
import type { EntryClash, Sight } from './sight.ts';

/** The first that holds: what is under way, what only somebody brings on, what only takes time. */
export const standingWords = [
	/** Its landing was asked for. */
	'landing',
	'held',
	/** Its scope does not cover all that it changed. */
	'outside',
	/** It conflicts with its base. */
	'conflict',
	'red',
	/** It works, asks, or its gates have not said what they say. */
	'waits',
	/** It conflicts with one that lands before it. */
	'clash',
	'ready',
] as const;
export type StandingWord = (typeof standingWords)[number];

export interface Standing {
	readonly word: StandingWord;
	/** Null where it is ready. */
	readonly why: string | null;
}

interface Known extends Pick<Sight, 'head' | 'outside'> {
	/** What it conflicts in with its base: none where it does not, null where that is not known. */
	readonly withBase: Pick<Clash, 'files' | 'count'> | null;
	/** Those that land before it and that it conflicts with. */
	readonly inTheWay: readonly EntryClash[];
}

export function standingOf(state: State, agent: Agent, known: Known): Standing {
	if (isLanding(state, agent.id))
		return { word: 'landing', why: 'its landing was asked for' };
	const { held } = agent;
	if (held) return { word: 'held', why: held.why ?? 'held by you' };
	const { outside, withBase, inTheWay } = known;
	if (outside) return { word: 'outside', why: outside.words };
	if (withBase && withBase.count > 0) {
		const { resolvedBy } = resolvingOf(state, agent);
		const whose = resolvedBy ? `; ${resolvedWords(resolvedBy)}` : '';
		const files = counted(withBase.count, 'file');
		const why = `conflicts with ${agent.base.branch} in ${files}${whose}`;
		return { word: 'conflict', why };
	}
	const red = redGate(state, agent);
	if (red) return { word: 'red', why: red };
	const waits = whyWaits(state, agent, known);
	if (waits !== null) return { word: 'waits', why: waits };
	const [first] = inTheWay;
	if (first)
		return {
			word: 'clash',
			why: `conflicts with ${first.name}, which lands first, in ${counted(first.count, 'file')}`,
		};
	return { word: 'ready', why: null };
}

/** The gates that decide over its landing, as they stand. */
function landingGates(state: State, agent: Agent): [string, GateStanding, boolean][] {
	return gatesOf(state)
		.filter(([, gate]) => runsAt(gate, 'landing'))
		.map(([name, gate]) => [name, agent.gates[name] ?? noGate, runsAt(gate, 'settle')]);
}

/** One that is red on what stands there now, in words. */
function redGate(state: State, agent: Agent): string | null {
	const { require } = state.settings.land;
	for (const [name, gate] of landingGates(state, agent)) {
		if (gate.run || !isCurrent(agent, gate)) continue;
		const { verdict, compared } = gate;
		if (!verdict || verdict.word === 'passed') continue;
		if (verdict.word === 'broken')
			return `${name} says nothing: ${verdict.why ?? 'it broke'}`;
		if (require === 'no-new-failures' && compared?.fresh === 0) continue;
		const { failures } = verdict;
		const count = failures === null ? '' : `, ${counted(failures, 'failure')}`;
		return `${name} is red${count}`;
	}
	return null;
}

function whyWaits(state: State, agent: Agent, { head, withBase }: Known): string | null {
	const busy = busyWords[agent.report.state];
	if (agent.life.kind === 'running' && busy !== undefined) return busy;
	if (agent.life.kind === 'preparing') return 'it is being started';
	for (const [name, gate, settles] of landingGates(state, agent)) {
		if (gate.run) return `${name} runs`;
		if (settles && gate.verdict && !isCurrent(agent, gate))
			return `${name} has not seen what stands there now`;
	}
	return head === null || withBase === null ? 'it is being looked at' : null;
}

const busyWords: Readonly<Partial<Record<StateWord, string>>> = {
	starting: 'it is being started',
	working: 'it works',
	'needs-approval': 'it asks for approval',
	asks: 'it asks you',
	waiting: 'it waits',
	paused: 'it is paused',
};
