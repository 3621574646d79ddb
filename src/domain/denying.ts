// A write is refused: what of that is recorded, and when it becomes too many.
import type { Agent } from './agent.ts';
import type { CommandOf } from './command.ts';
import { type Decision, Draft, unchanged, unknownAgent } from './decision.ts';
import type { EventOf } from './event.ts';
import type { State } from './state.ts';

const tooMany = 3;
const pathsKept = 20;

export function decideDeny(state: State, command: CommandOf<'write.deny'>): Decision {
	const { kind: _, ...data } = command;
	const agent = state.agents[data.agent];
	if (!agent) return unknownAgent(data.agent);
	if (agent.generation !== data.generation) return unchanged;
	return new Draft(state).add('write.denied', data).done();
}

export function evolveDenied(agent: Agent, { data, at }: EventOf<'write.denied'>): Agent {
	const { count, standing, since, paths } = agent.denied;
	const before = paths.find(({ path }) => path === data.path)?.times ?? 0;
	const others = paths.filter(({ path }) => path !== data.path);
	const now = standing + data.times;
	return {
		...agent,
		denied: {
			count: count + data.times,
			standing: now,
			since: since ?? (now >= tooMany ? at : null),
			paths: [...others, { path: data.path, times: before + data.times }].slice(
				-pathsKept,
			),
		},
	};
}
