// What is done about writes outside a scope: a copy is kept, and where that is the policy or the human says
// so, the files are put back as they were.

import type { Agent } from './agent.ts';
import { isGone } from './agent.ts';
import type { CommandOf, EffectOutcome } from './command.ts';
import { type Decision, Draft, refused, unknownAgent } from './decision.ts';
import type { EventData } from './event.ts';
import type { AgentId } from './ids.ts';
import { type PendingOf, pendingOf, type State } from './state.ts';

export function askRedress(
	draft: Draft,
	{ id }: Agent,
	{
		how,
		paths,
		resume = false,
	}: Pick<EventData<'redress.asked'>, 'how' | 'paths'> & { readonly resume?: boolean },
): void {
	draft.add('redress.asked', { effect: draft.effect, agent: id, how, paths, resume });
}

/** All of it, by the human's word. */
export function decideRedress(
	state: State,
	{ agent: id, how }: CommandOf<'trespass.redress'>,
): Decision {
	const agent = state.agents[id];
	if (!agent || isGone(agent)) return unknownAgent(id);
	if (!agent.trespasses)
		return refused({
			code: 'trespass.none',
			message: `nothing stands outside the scope of ${agent.name}, as far as was seen`,
			allow: `weir diff ${agent.name}`,
		});
	if (pendingOf(state, id).some(({ kind }) => kind === 'redress'))
		return refused({
			code: 'trespass.busy',
			message: `files of ${agent.name} are being copied or put back already`,
			allow: 'wait until that is done',
		});
	const draft = new Draft(state);
	askRedress(draft, agent, { how, paths: null });
	return draft.done();
}

export function settleRedress(
	state: State,
	{ id: effect, data }: PendingOf<'redress'>,
	outcome: EffectOutcome<'redress'>,
): Decision {
	const { agent: id, resume } = data;
	const draft = new Draft(state).add('redress.settled', { effect, agent: id, outcome });
	const agent = state.agents[id];
	if (agent && outcome.ok && data.how === 'restore')
		clear(draft, agent, data.paths, outcome.value.left);
	if (resume && agent) goOn(draft, state, agent);
	return draft.done();
}

/** What was put back is in order, so that who writes it at that very moment is told again. */
function clear(
	draft: Draft,
	{ id, trespasses }: Agent,
	paths: readonly string[] | null,
	left: readonly { readonly path: string }[],
): void {
	if (!trespasses) return;
	const kept = new Set(left.map(({ path }) => path));
	const over = trespasses.paths
		.map(({ path }) => path)
		.filter((path) => !kept.has(path) && (paths?.includes(path) ?? true));
	if (over.length > 0)
		draft.add('trespass.cleared', { agent: id, paths: over, more: trespasses.more });
}

/** Its program runs on, where it was stopped, or is being stopped just now. */
export function goOn(draft: Draft, state: State, agent: Agent): void {
	const { id, life, generation } = agent;
	if (life.kind !== 'running' || !(life.paused || isBeingPaused(state, id))) return;
	draft.add('pause.asked', {
		effect: draft.effect,
		agent: id,
		generation,
		paused: false,
	});
}

function isBeingPaused(state: State, agent: AgentId): boolean {
	const pauses = pendingOf(state, agent).filter((effect) => effect.kind === 'pause');
	return pauses.at(-1)?.data.paused === true;
}
