// The rows of the key table for gates: their screen, and runs of them.
import { whyNotMerge, whyNoWorktree } from '../../../domain/agent-refusals.ts';
import { type Refusal, refusal } from '../../../lib/outcome.ts';
import { whyNotOverride } from '../../cards/override-choice.ts';
import { noAgent } from '../../chrome/no-agent.ts';
import { cellAimedAt, failureAimedAt, reportAimedAt } from '../../gates/gate-table.ts';
import { agentAimedAt } from '../../inbox/inbox-list.ts';
import type { KeyRow, Situation } from '../key-row.ts';

const gates = { contexts: ['gates'], keyOnly: true } as const;

export const gateKeys = [
	{
		action: 'screen.gates',
		contexts: ['nav', 'review', 'gates', 'queue'],
		keys: ['5'],
		short: 'gates',
		hint: 'gates',
		weight: 34,
		hinted: ({ state, view }) => view.screen === 'panes' && anyRed({ state, view }),
		help: 'what gates say of the work of agents',
	},
	{
		action: 'gate.all',
		contexts: ['nav', 'review', 'queue'],
		keys: ['g'],
		verb: 'run the gates of',
		short: 'run gates',
		help: 'run all its gates on what it has now',
		whyNot: whyNoRun,
	},
	{
		...gates,
		action: 'gate.output',
		keys: ['enter'],
		help: 'all that the gate printed',
		hint: 'output',
		weight: 100,
		whyNot: whyNoReport,
	},
	{
		...gates,
		action: 'gate.run',
		keys: ['g'],
		help: 'run the gate again on what the agent has now',
		hint: 'run again',
		weight: 99,
		whyNot: whyNotAgain,
	},
	{
		...gates,
		action: 'gate.all',
		keys: ['G'],
		help: 'run all gates of the agent again',
		hint: 'run all',
		weight: 98,
		whyNot: whyNoRun,
	},
	{
		...gates,
		action: 'gate.tell',
		keys: ['f'],
		help: 'send what failed to the agent, once it is idle',
		hint: 'tell the agent',
		weight: 97,
		whyNot: whyNotTell,
	},
	{
		...gates,
		action: 'gate.place',
		keys: ['o'],
		help: 'open the place of the failure in your editor',
		hint: 'open in editor',
		weight: 96,
		whyNot: whyNoPlace,
	},
	{
		...gates,
		action: 'gate.override',
		keys: ['O'],
		help: 'land the agent although its gates are red, once; asks why',
		hint: 'override once',
		weight: 94,
		whyNot: whyNotOverrideHere,
	},
	{
		...gates,
		action: 'failure.next',
		keys: ['tab', ']'],
		help: 'the next failure',
		hint: 'next failure',
		weight: 95,
		whyNot: whyNoFailure,
	},
	{
		...gates,
		action: 'failure.previous',
		keys: ['shift+tab', '['],
		help: 'the failure before',
		whyNot: whyNoFailure,
	},
	{ ...gates, action: 'gates.down', keys: ['j', 'down'], help: 'the next agent' },
	{ ...gates, action: 'gates.up', keys: ['k', 'up'], help: 'the agent before' },
	{ ...gates, action: 'gates.left', keys: ['h', 'left'], help: 'the gate before' },
	{ ...gates, action: 'gates.right', keys: ['l', 'right'], help: 'the next gate' },
	{ ...gates, action: 'gates.first', keys: ['<', 'home'], help: 'the first agent' },
	{ ...gates, action: 'gates.end', keys: ['>', 'end'], help: 'the last agent' },
] as const satisfies readonly KeyRow[];

function anyRed({ state }: Situation): boolean {
	return Object.values(state.agents).some((agent) =>
		Object.values(agent.gates).some(({ verdict }) => verdict?.word === 'failed'),
	);
}

function whyNoRun(situation: Situation): Refusal | null {
	const { state, view } = situation;
	if (Object.keys(state.settings.gates).length === 0)
		return refusal(
			'gate.none',
			'no gate is set up',
			view.screen === 'gates' ? undefined : '{screen.gates} says how',
		);
	if (!state.settingsTrusted)
		return refusal(
			'trust.needed',
			'the settings name gates and are not trusted: none of them runs',
			'weir trust',
		);
	const agent = agentAimedAt(state, view);
	if (!agent) return noAgent();
	return whyNoWorktree(agent);
}

function whyNotAgain(situation: Situation): Refusal | null {
	const no = whyNoRun(situation);
	const cell = cellAimedAt(situation.state, situation.view);
	if (no || !cell) return no ?? noCell();
	const { agent, gate } = cell;
	const run = agent.gates[gate]?.run;
	return run && run.tree === agent.tree?.tree
		? refusal('gate.runs', `${gate} runs or waits for ${agent.name} already`)
		: null;
}

function whyNoReport({ state, view }: Situation): Refusal | null {
	const cell = cellAimedAt(state, view);
	if (!cell) return noCell();
	const report = reportAimedAt(state, view);
	if (report && !report.told.ok) return report.told.refusal;
	return report && report.lines.length > 0
		? null
		: refusal(
				'gate.silent',
				`${cell.gate} has printed nothing for ${cell.agent.name}`,
				'{gate.run} runs it',
			);
}

function whyNotTell({ state, view }: Situation): Refusal | null {
	const cell = cellAimedAt(state, view);
	if (!cell) return noCell();
	const verdict = cell.agent.gates[cell.gate]?.verdict;
	return verdict && verdict.word !== 'passed'
		? null
		: refusal(
				'gate.not-red',
				`${cell.gate} is not red for ${cell.agent.name}: there is nothing to tell`,
			);
}

function whyNotOverrideHere({ state, view }: Situation): Refusal | null {
	const agent = agentAimedAt(state, view);
	if (!agent) return noAgent();
	return whyNotMerge(agent) ?? whyNotOverride(agent);
}

function whyNoFailure({ state, view }: Situation): Refusal | null {
	return failureAimedAt(state, view)
		? null
		: refusal('gate.no-failure', 'no failure is listed here');
}

function whyNoPlace(situation: Situation): Refusal | null {
	const { state, view } = situation;
	const marked = failureAimedAt(state, view);
	if (!marked) return whyNoFailure(situation);
	return marked.failure.file === null
		? refusal('gate.no-place', 'the failure names no file', '{gate.output} shows all')
		: null;
}

function noCell(): Refusal {
	return refusal('gate.none', 'no gate is looked at');
}
