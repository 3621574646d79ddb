// Starting again after a crash: later each time, and at last not any more.
import { counted } from '../lib/counted.ts';
import type { Agent, Exit } from './agent.ts';
import type { CommandOf } from './command.ts';
import { hasTriesLeft } from './cost/budget.ts';
import { reportOf, start } from './creation.ts';
import { type Context, type Decision, Draft, unchanged } from './decision.ts';
import type { EventOf } from './event.ts';
import type { State } from './state.ts';
import { howAgain } from './tries.ts';

/** Crashes within this time count towards the back-off. */
const crashWindowMs = 10 * 60_000;
const delaysMs = [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000];

/** After an end that was a crash, where the agent's kind starts again and has tries left. */
export function backOff(
	draft: Draft,
	state: State,
	agent: Agent,
	exit: CommandOf<'agent.exit'>,
	{ now }: Context,
): void {
	if (agent.restart !== 'on-failure' || exit.cause !== 'exit') return;
	if (exit.code === 0 && exit.signal === null) return;
	const tries = recentCrashes(agent, now).length;
	const delay = delaysMs[tries];
	if (delay === undefined || !hasTriesLeft(state, agent)) return;
	draft.add('agent.back-off', {
		agent: agent.id,
		generation: exit.generation,
		until: new Date(Date.parse(now) + delay).toISOString(),
		tries: tries + 1,
	});
}

export function recentCrashes(agent: Agent, now: string): readonly string[] {
	return agent.crashes.filter((at) => Date.parse(now) - Date.parse(at) < crashWindowMs);
}

/** The back-off is over. */
export function decideRetry(
	state: State,
	{ agent: id }: CommandOf<'agent.retry'>,
): Decision {
	const agent = state.agents[id];
	if (agent?.life.kind !== 'backing-off') return unchanged;
	const how = howAgain(agent, 'auto', null);
	if (!how.ok) return how;
	const draft = new Draft(state);
	start(draft, agent, how.value);
	return draft.done();
}

/** The machine went down during the back-off: nothing starts again by itself. */
export function decideCallOff(
	state: State,
	{ agent: id }: CommandOf<'agent.call-off'>,
): Decision {
	const agent = state.agents[id];
	if (agent?.life.kind !== 'backing-off') return unchanged;
	return calledOff(state, agent, agent.life.exit, 'lost');
}

/** Nothing runs: calling off the next start is all there is to end. */
export function calledOff(
	state: State,
	agent: Agent,
	{ code, signal }: Exit,
	cause: 'stopped' | 'lost',
): Decision {
	const { id, generation } = agent;
	return new Draft(state)
		.add('agent.exited', { agent: id, generation, code, signal, cause, survivors: [] })
		.done();
}

export function evolveBackOff(agent: Agent, event: EventOf<'agent.back-off'>): Agent {
	if (agent.life.kind !== 'ended') return agent;
	const { until, tries } = event.data;
	return {
		...agent,
		life: { kind: 'backing-off', exit: agent.life.exit, until, tries },
		report: reportOf(
			event,
			'waiting',
			`crashed ${counted(tries, 'time')}, starts again by itself`,
		),
	};
}
