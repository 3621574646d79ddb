// The small commands: pause, rename, prompt, publish, shells, settings, trust, the base.

import type { Refusal } from '../lib/outcome.ts';
import type { Agent } from './agent.ts';
import { whyNotPause, whyNotResume, whyNotShell, whyNotType } from './agent-refusals.ts';
import type { CommandOf, EffectOutcome } from './command.ts';
import { withoutLift } from './cost/own-budget.ts';
import { nameIsFree } from './creation.ts';
import { type Decision, Draft, refused, unchanged, unknownAgent } from './decision.ts';
import type { EventOf, WeirEvent } from './event.ts';
import { shellId } from './ids.ts';
import { checkName } from './name.ts';
import { observePrompt, openQuestions } from './question.ts';
import { type PendingOf, pendingOf, type State } from './state.ts';
import type { StateWord } from './state-words.ts';

export function decidePause(
	state: State,
	command: CommandOf<'agent.pause'> | CommandOf<'agent.resume'>,
): Decision {
	const agent = state.agents[command.agent];
	if (!agent) return unknownAgent(command.agent);
	const paused = command.kind === 'agent.pause';
	const no = paused ? whyNotPause(agent) : whyNotResume(agent);
	if (no) return refused(no);
	const draft = new Draft(state);
	// Resumed by hand, nobody asks any more how it goes on.
	for (const { id, via } of paused ? [] : openQuestions(state, agent.id)) {
		if (via.kind === 'guard' || via.kind === 'budget')
			draft.add('question.closed', { question: id, reason: 'replaced' });
		if (via.kind === 'budget') draft.add('budget.lifted', { whose: agent.id, day: null });
	}
	return draft
		.add('pause.asked', {
			effect: draft.effect,
			agent: agent.id,
			generation: agent.generation,
			paused,
		})
		.done();
}

export function settlePause(
	state: State,
	pending: PendingOf<'pause'>,
	outcome: EffectOutcome<'pause'>,
): Decision {
	const { agent, paused } = pending.data;
	return new Draft(state)
		.add('pause.settled', { effect: pending.id, agent, paused, outcome })
		.done();
}

export function decideRename(
	state: State,
	{ agent: id, name }: CommandOf<'agent.rename'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const checked = checkName(name);
	if (!checked.ok) return checked;
	if (agent.name === name) {
		return refused({
			code: 'agent.same-name',
			message: `${name} is called that already`,
			allow: `weir rename ${name} NEW`,
		});
	}
	if (!nameIsFree(state, name, id)) {
		return refused({
			code: 'agent.exists',
			message: `an agent called ${name} is there already`,
			allow: 'weir list',
		});
	}
	return new Draft(state).add('agent.renamed', { agent: id, name }).done();
}

export function decidePrompt(
	state: State,
	{ agent: id, text }: CommandOf<'agent.prompt'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const no = whyNotType(agent);
	if (no) return refused(no);
	const draft = new Draft(state);
	return draft
		.add('prompt.asked', {
			effect: draft.effect,
			agent: id,
			generation: agent.generation,
			text,
		})
		.done();
}

export function settlePrompt(
	state: State,
	pending: PendingOf<'prompt'>,
	outcome: EffectOutcome<'prompt'>,
): Decision {
	const { agent, message } = pending.data;
	const part = message === undefined ? {} : { message };
	return new Draft(state)
		.add('prompt.settled', { effect: pending.id, agent, outcome, ...part })
		.done();
}

export function evolvePrompted(
	agent: Agent,
	{ data: { outcome }, at }: EventOf<'prompt.settled'>,
): Agent {
	return { ...agent, untold: outcome.ok ? null : { why: outcome.refusal.message, at } };
}

/** Mirrors the agent's commits into the user's repository; one at a time for each agent. */
export function decidePublish(
	state: State,
	{ agent: id }: CommandOf<'agent.publish'>,
): Decision {
	if (!state.agents[id]) return unknownAgent(id);
	const running = pendingOf(state, id).some((effect) =>
		['publish', 'merge', 'remove', 'restore', 'worktree', 'sync'].includes(effect.kind),
	);
	if (running) return unchanged;
	const draft = new Draft(state);
	return draft.add('publish.asked', { effect: draft.effect, agent: id }).done();
}

export function settlePublish(
	state: State,
	pending: PendingOf<'publish'>,
	outcome: EffectOutcome<'publish'>,
): Decision {
	return new Draft(state)
		.add('publish.settled', { effect: pending.id, agent: pending.data.agent, outcome })
		.done();
}

/** Why commits are not mirrored to a branch of the user's: others have moved it. */
export function branchMoved({ kind, data }: WeirEvent): Refusal | null {
	if (kind !== 'publish.settled' || data.outcome.ok) return null;
	const { refusal } = data.outcome;
	return refusal.code === 'branch.moved' ? refusal : null;
}

export function decideShell(state: State, command: CommandOf<'shell.open'>): Decision {
	const found = state.agents[command.agent];
	if (!found) return unknownAgent(command.agent);
	const no = whyNotShell(found);
	if (no) return refused(no);
	const draft = new Draft(state);
	const { agent, argv, columns, rows } = command;
	return draft
		.add('shell.asked', {
			effect: draft.effect,
			shell: shellId(draft.seq),
			agent,
			argv,
			columns,
			rows,
		})
		.done();
}

export function settleShell(
	state: State,
	pending: PendingOf<'shell'>,
	outcome: EffectOutcome<'shell'>,
): Decision {
	return new Draft(state)
		.add('shell.settled', { effect: pending.id, shell: pending.data.shell, outcome })
		.done();
}

export function decideShellExit(
	state: State,
	{ shell, code }: CommandOf<'shell.exit'>,
): Decision {
	if (!state.shells[shell]) return unchanged;
	return new Draft(state).add('shell.exited', { shell, code }).done();
}

/** What its program can be seen to do; the human's word stands before it. */
export function decideObserve(
	state: State,
	command: CommandOf<'agent.observe'>,
): Decision {
	const agent = state.agents[command.agent];
	if (!agent || agent.generation !== command.generation) return unchanged;
	if (agent.life.kind !== 'running') return unchanged;
	const { kind: _, prompt: __, ...report } = command;
	const { state: word, source, inferred, why } = agent.overridden ?? agent.report;
	const same =
		word === report.state &&
		source === report.source &&
		inferred === report.inferred &&
		why === report.why;
	const draft = new Draft(state);
	observePrompt(draft, state, agent, command);
	if (!same) draft.add('agent.state', report);
	return draft.done();
}

export function decideOverride(
	state: State,
	{ agent: id, state: word }: CommandOf<'agent.override'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	if (agent.life.kind !== 'running')
		return refused({
			code: 'agent.not-running',
			message: `${agent.name} does not run, so there is no state to set`,
			allow: `weir respawn ${agent.name}`,
		});
	if (word === null && !agent.overridden) return unchanged;
	const { generation } = agent;
	return new Draft(state)
		.add('agent.overridden', { agent: id, generation, state: word })
		.done();
}

export function decideConverse(
	state: State,
	{ agent: id, generation, conversation }: CommandOf<'agent.converse'>,
): Decision {
	const agent = state.agents[id];
	if (!agent || agent.generation !== generation) return unchanged;
	if (agent.conversation === conversation) return unchanged;
	return new Draft(state)
		.add('agent.conversation', { agent: id, generation, conversation })
		.done();
}

export function evolveObserved(
	agent: Agent,
	{ data, at }: EventOf<'agent.state'>,
): Agent {
	const { state, source, inferred, why } = data;
	const observed = { state, source, inferred, why };
	const before = agent.overridden;
	// What the program asserts anew is newer than the human's word; a guess is not.
	if (before && (inferred || before.state === state))
		return { ...agent, overridden: observed };
	const since = agent.report.state === state ? agent.report.since : at;
	const untold = state === 'working' ? null : agent.untold;
	const own = endsTurn(state) ? withoutLift(agent) : agent;
	return { ...own, untold, overridden: null, report: { ...observed, since } };
}

function endsTurn(state: StateWord): boolean {
	return state === 'idle' || state === 'done' || state === 'failed';
}

export function evolveOverridden(
	agent: Agent,
	{ data, at }: EventOf<'agent.overridden'>,
): Agent {
	const { since: _, ...seen } = agent.report;
	const observed = agent.overridden ?? seen;
	if (data.state === null)
		return { ...agent, overridden: null, report: { ...observed, since: at } };
	return {
		...agent,
		overridden: observed,
		report: {
			state: data.state,
			source: 'human',
			inferred: false,
			why: 'set by you',
			since: at,
		},
	};
}
