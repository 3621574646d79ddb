// Writes outside an agent's scope are found by whoever watches its files. That is over when a path is as
// weir left it, or when the scope covers it.
import type { Agent } from './agent.ts';
import type { CommandOf } from './command.ts';
import { type Decision, Draft, unchanged } from './decision.ts';
import type { EventOf } from './event.ts';
import { freeze } from './freezing.ts';
import type { TrespassPolicy } from './guard.ts';
import { askRedress } from './redress.ts';
import { isByHand } from './resolving.ts';
import { covers, scopeOf } from './scope/scope.ts';
import type { State } from './state.ts';
import { namedTrespasses, type Trespass } from './trespass.ts';

export function decideReport(
	state: State,
	command: CommandOf<'trespass.report'>,
): Decision {
	const agent = state.agents[command.agent];
	if (!agent || agent.generation !== command.generation) return unchanged;
	const known = new Set(agent.trespasses?.paths.map(({ path }) => path));
	const scope = scopeOf(agent.scope, { ignoreCase: state.ignoresCase });
	const fresh = command.paths.filter(
		({ path }) => !known.has(path) && !covers(scope, path),
	);
	if (fresh.length === 0 && command.more === 0) return unchanged;
	const draft = new Draft(state);
	find(draft, state, agent, fresh, command);
	return draft.done();
}

/** All that stands outside now: what is not in it is in order again. */
export function decideTrespassSettle(
	state: State,
	command: CommandOf<'trespass.settle'>,
): Decision {
	const agent = state.agents[command.agent];
	if (!agent) return unchanged;
	const before = agent.trespasses;
	const standing = new Set(command.paths.map(({ path }) => path));
	const known = new Set(before?.paths.map(({ path }) => path));
	const over = [...known].filter((path) => !standing.has(path));
	const fresh = command.paths.filter(({ path }) => !known.has(path));
	const draft = new Draft(state);
	const cleared = over.length > 0 || (before?.more ?? 0) > command.more;
	if (cleared)
		draft.add('trespass.cleared', { agent: agent.id, paths: over, more: command.more });
	const more = Math.max(0, command.more - (before?.more ?? 0));
	if (fresh.length > 0 || more > 0)
		find(draft, state, agent, fresh, { policy: command.policy, more }, over.length);
	return draft.done();
}

function find(
	draft: Draft,
	state: State,
	agent: Agent,
	fresh: CommandOf<'trespass.report'>['paths'],
	{ policy: asked, more }: { readonly policy: TrespassPolicy; readonly more: number },
	freed = 0,
): void {
	// What a person has written is not taken from them; it does not land either.
	const policy = isByHand(agent) ? 'report' : asked;
	const room = namedTrespasses - (agent.trespasses?.paths.length ?? 0) + freed;
	const named = fresh.slice(0, Math.max(0, room));
	draft.add('trespass.found', {
		agent: agent.id,
		generation: agent.generation,
		paths: named,
		more: more + fresh.length - named.length,
		policy,
	});
	if (policy === 'freeze') freeze(draft, state, agent, { paths: named, more });
	if (policy === 'quarantine' || policy === 'restore')
		askRedress(draft, agent, {
			how: policy,
			paths:
				more > 0 || named.length < fresh.length ? null : named.map(({ path }) => path),
		});
}

export function evolveFound(agent: Agent, event: EventOf<'trespass.found'>): Agent {
	const { paths, more } = event.data;
	const before = agent.trespasses ?? { paths: [], more: 0 };
	const added = paths.map((one) => ({ ...one, at: event.at }));
	return {
		...agent,
		trespasses: {
			paths: [...before.paths, ...added],
			more: before.more + more,
		},
	};
}

export function evolveCleared(
	agent: Agent,
	{ data }: EventOf<'trespass.cleared'>,
): Agent {
	const over = new Set(data.paths);
	return left(agent, ({ path }) => !over.has(path), data.more);
}

/** What the scope of the agent covers by now is no trespass any more. */
export function withoutCovered(
	agent: Agent,
	{ ignoresCase: ignoreCase }: Pick<State, 'ignoresCase'>,
): Agent {
	if (!agent.trespasses) return agent;
	const scope = scopeOf(agent.scope, { ignoreCase });
	return left(agent, ({ path }) => !covers(scope, path), agent.trespasses.more);
}

function left(agent: Agent, stays: (one: Trespass) => boolean, more: number): Agent {
	if (!agent.trespasses) return agent;
	const paths = agent.trespasses.paths.filter(stays);
	const none = paths.length === 0 && more === 0;
	return { ...agent, trespasses: none ? null : { paths, more } };
}
