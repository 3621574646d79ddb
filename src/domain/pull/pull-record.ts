// What a client did outside with an agent's work, recorded: the push and the pull request are its own deeds.
import type { Agent } from '../agent.ts';
import type { CommandOf } from '../command.ts';
import { type Decision, Draft, unchanged, unknownAgent } from '../decision.ts';
import type { EventOf } from '../event.ts';
import type { State } from '../state.ts';

/** What is known already is not recorded twice. */
export function decidePushed(state: State, command: CommandOf<'pr.push'>): Decision {
	const { kind: _, ...data } = command;
	const agent = state.agents[data.agent];
	if (!agent) return unknownAgent(data.agent);
	const { pull } = agent;
	const known =
		pull?.remote === data.remote &&
		pull.branch === data.branch &&
		pull.commit === data.commit;
	return known ? unchanged : new Draft(state).add('pr.pushed', data).done();
}

export function decidePullOpened(state: State, command: CommandOf<'pr.open'>): Decision {
	const { kind: _, ...data } = command;
	const agent = state.agents[data.agent];
	if (!agent) return unknownAgent(data.agent);
	if (agent.pull?.opened?.url === data.url) return unchanged;
	return new Draft(state).add('pr.opened', data).done();
}

/** Elsewhere another pull request is to be opened. */
export function evolvePushed(
	agent: Agent,
	{ at, data: { remote, branch, commit } }: EventOf<'pr.pushed'>,
): Agent {
	const before = agent.pull;
	const same = before?.remote === remote && before.branch === branch;
	const opened = same ? before.opened : null;
	return { ...agent, pull: { at, remote, branch, commit, opened } };
}

export function evolvePullOpened(
	agent: Agent,
	{ at, data }: EventOf<'pr.opened'>,
): Agent {
	const { remote, branch, commit, url, number, base } = data;
	return {
		...agent,
		pull: { at, remote, branch, commit, opened: { url, number, base } },
	};
}
