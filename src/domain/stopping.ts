// Kill, respawn, and how programs end.
import { type Agent, type Exit, hasProgram, isSettingUp, isSpawning } from './agent.ts';
import { preparing, whyNotKill, whyNotRespawn } from './agent-refusals.ts';
import { backOff, calledOff, recentCrashes } from './back-off.ts';
import type { CommandOf, EffectOutcome } from './command.ts';
import { withoutLift } from './cost/own-budget.ts';
import { withClock } from './cost/usage.ts';
import { settleSetup, start } from './creation.ts';
import {
	type Context,
	type Decision,
	Draft,
	refused,
	unchanged,
	unknownAgent,
} from './decision.ts';
import type { EventData, EventOf } from './event.ts';
import type { AfterStop } from './events/after-stop.ts';
import { snapshotId } from './ids.ts';
import { closeAll } from './question.ts';
import { type PendingOf, pendingOf, type State } from './state.ts';
import { afterEnd, howAgain } from './tries.ts';

export function decideKill(
	state: State,
	{ agent: id }: CommandOf<'agent.kill'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const awaited = stopAwaited(state, agent);
	const no = whyNotKill(agent) ?? (hasProgram(agent) ? null : beingStopped(state, agent));
	if (no) return refused(no);
	if (agent.life.kind === 'backing-off')
		return calledOff(state, agent, agent.life.exit, 'stopped');
	const draft = new Draft(state);
	if (agent.life.kind === 'stopping') return hasten(draft, agent).done();
	if (!hasProgram(agent)) return refused(preparing(agent));
	if (!awaited) askStop(draft, agent, { kind: 'nothing' }, 'kill');
	else {
		// The snapshot goes on beside it: what follows, follows the later of both.
		stopNow(draft, agent, awaited);
		hasten(draft, agent);
	}
	return draft.done();
}

function hasten(draft: Draft, { id, generation }: Agent): Draft {
	return draft.add('hasten.asked', { effect: draft.effect, agent: id, generation });
}

export function decideRespawn(
	state: State,
	{ agent: id, mode = 'auto', note = null }: CommandOf<'agent.respawn'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const no = whyNotRespawn(agent) ?? beingStopped(state, agent);
	if (no) return refused(no);
	const how = howAgain(agent, mode, note);
	if (!how.ok) return how;
	const draft = new Draft(state);
	if (agent.life.kind === 'running') {
		askStop(draft, agent, { kind: 'respawn', ...how.value }, 'respawn');
	} else if (agent.life.kind === 'failed' && agent.life.step === 'worktree') {
		draft.add('worktree.asked', { effect: draft.effect, agent: id });
	} else {
		start(draft, agent, how.value);
	}
	return draft.done();
}

export function decideExit(
	state: State,
	command: CommandOf<'agent.exit'>,
	context: Context,
): Decision {
	const agent = state.agents[command.agent];
	if (!agent || agent.generation !== command.generation) return unchanged;
	const { life } = agent;
	// A program may have ended before weir hears that it started.
	const alive =
		life.kind === 'running' ||
		life.kind === 'stopping' ||
		isSettingUp(agent) ||
		isSpawning(agent);
	if (!alive) return unchanged;
	const pending = pendingOf(state, agent.id);
	const setup = pending.find((effect) => effect.kind === 'setup');
	const stop = pending.find((effect) => effect.kind === 'stop');
	if (setup && !stop) return settleSetup(state, setup, setupOutcome(agent, command));
	const draft = new Draft(state).add('agent.exited', {
		agent: agent.id,
		generation: command.generation,
		code: command.code,
		signal: command.signal,
		cause: stop ? 'stopped' : command.cause,
		survivors: command.survivors,
	});
	closeAll(draft, state, agent.id);
	if (setup) {
		draft.add('setup.settled', {
			effect: setup.id,
			agent: agent.id,
			generation: command.generation,
			outcome: {
				ok: false,
				refusal: { code: 'setup.stopped', message: 'the set-up was stopped' },
			},
		});
	}
	if (stop) {
		draft.add('stop.settled', {
			effect: stop.id,
			agent: agent.id,
			generation: command.generation,
			outcome: { ok: true, value: {} },
		});
		if (!stopAwaited(state, agent)) goOn(draft, agent, stop.data.next);
	} else {
		backOff(draft, state, agent, command, context);
	}
	return draft.done();
}

/** A stop settles by the exit of the program; told of here is only that it could not be begun. */
export function settleStop(
	state: State,
	pending: PendingOf<'stop'>,
	outcome: EffectOutcome<'stop'>,
): Decision {
	if (outcome.ok) return unchanged;
	return new Draft(state)
		.add('stop.settled', {
			effect: pending.id,
			agent: pending.data.agent,
			generation: pending.data.generation,
			outcome,
		})
		.done();
}

export function settleHasten(
	state: State,
	pending: PendingOf<'hasten'>,
	outcome: EffectOutcome<'hasten'>,
): Decision {
	const { agent, generation } = pending.data;
	return new Draft(state)
		.add('hasten.settled', { effect: pending.id, agent, generation, outcome })
		.done();
}

/** Asks for the end of the agent's program, a snapshot first. */
export function askStop(
	draft: Draft,
	agent: Agent,
	next: AfterStop,
	reason: string,
): void {
	askSnapshot(draft, agent, reason, { kind: 'stop', next });
}

/** Asks for a snapshot of the agent's files, and what is to follow it. */
export function askSnapshot(
	draft: Draft,
	agent: Agent,
	reason: string,
	next: EventData<'snapshot.asked'>['next'],
): void {
	draft.add('snapshot.asked', {
		effect: draft.effect,
		agent: agent.id,
		snapshot: snapshotId(draft.seq),
		reason,
		next,
	});
}

/** The snapshot is done: the stop itself, or what follows it where the program has ended since. */
export function stopNow(draft: Draft, agent: Agent, next: AfterStop): void {
	if (agent.life.kind === 'running' || isSettingUp(agent)) {
		draft.add('stop.asked', {
			effect: draft.effect,
			agent: agent.id,
			generation: agent.generation,
			next,
		});
	} else if (agent.life.kind !== 'stopping') {
		goOn(draft, agent, next);
	}
}

function goOn(draft: Draft, agent: Agent, next: AfterStop): void {
	if (next.kind === 'respawn') start(draft, agent, next);
	if (next.kind === 'remove') askSnapshot(draft, agent, 'remove', { kind: 'remove' });
}

function setupOutcome(
	agent: Agent,
	exit: CommandOf<'agent.exit'>,
): EffectOutcome<'setup'> {
	if (exit.code === 0 && exit.cause === 'exit') return { ok: true, value: {} };
	const how =
		exit.cause === 'lost'
			? 'was lost with its holder'
			: exit.signal === null
				? `ended with code ${exit.code}`
				: `ended by ${exit.signal}`;
	return {
		ok: false,
		refusal: {
			code: 'setup.failed',
			message: `the set-up of ${agent.name} (worktree.setup) ${how}; its output is in the pane`,
			allow: `weir respawn ${agent.name}`,
		},
	};
}

/** What is to follow a stop that was asked for, while the snapshot before it is taken. */
function stopAwaited(state: State, agent: Agent): AfterStop | null {
	for (const effect of pendingOf(state, agent.id))
		if (effect.kind === 'snapshot' && effect.data.next.kind === 'stop')
			return effect.data.next.next;
	return null;
}

function beingStopped(state: State, agent: Agent) {
	const stopping = pendingOf(state, agent.id).some(
		(effect) => effect.kind === 'snapshot' && effect.data.next.kind !== 'nothing',
	);
	return stopping
		? { code: 'agent.stopping', message: `${agent.name} is being stopped already` }
		: null;
}

export function evolveExited(agent: Agent, event: EventOf<'agent.exited'>): Agent {
	const { code, signal, cause } = event.data;
	const exit: Exit = { code, signal, cause, at: event.at };
	const crashed = cause === 'exit' && (code !== 0 || signal !== null);
	// Of one that was lost nobody knows how long it ran.
	const until = cause === 'lost' ? agent.report.since : event.at;
	return {
		...withoutLift(agent),
		usage: withClock(agent.usage, { runs: false, at: until }),
		...afterEnd(agent, exit, crashed),
		life: { kind: 'ended', exit },
		lastExit: exit,
		overridden: null,
		crashes: crashed ? [...recentCrashes(agent, event.at), event.at] : agent.crashes,
		report: {
			state: cause === 'exit' ? (crashed ? 'failed' : 'done') : 'interrupted',
			since: event.at,
			source: 'process',
			inferred: false,
			why: exitSentence(exit),
		},
	};
}

export function evolveStopping(agent: Agent, event: EventOf<'stop.asked'>): Agent {
	return {
		...agent,
		life: { kind: 'stopping', from: agent.life, next: event.data.next, atOnce: false },
	};
}

/** A stop that could not be begun leaves the agent as it was. */
export function evolveStopSettled(agent: Agent, event: EventOf<'stop.settled'>): Agent {
	if (event.data.outcome.ok || agent.life.kind !== 'stopping') return agent;
	return { ...agent, life: agent.life.from };
}

export function evolveHasten(agent: Agent): Agent {
	return agent.life.kind === 'stopping'
		? { ...agent, life: { ...agent.life, atOnce: true } }
		: agent;
}

/** Where it could not be asked for, it may be asked for again. */
export function evolveHastenSettled(
	agent: Agent,
	event: EventOf<'hasten.settled'>,
): Agent {
	if (event.data.outcome.ok || agent.life.kind !== 'stopping') return agent;
	return { ...agent, life: { ...agent.life, atOnce: false } };
}

/** How a program ended, in words. */
export function exitSentence(exit: Exit): string {
	if (exit.cause === 'stopped') return 'killed by you';
	if (exit.cause === 'lost') return 'lost with its holder or machine';
	return exit.signal === null ? `exit code ${exit.code}` : `ended by ${exit.signal}`;
}
