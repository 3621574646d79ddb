// Numbered menus of the line mode: agents, and what can be done with one.
import type { Agent } from '../../domain/agent.ts';

export interface MenuItem {
	readonly label: string;
	/** What choosing it does: a line as if typed, a question for the end of one, or another menu. */
	readonly deed:
		| { readonly kind: 'line'; readonly line: string }
		| { readonly kind: 'question'; readonly ask: string; readonly line: string }
		| { readonly kind: 'agent'; readonly name: string };
}

/** One entry an agent, in the words of `sentence`. */
export function agentsMenu(
	agents: readonly Agent[],
	sentence: (agent: Agent) => string,
): readonly MenuItem[] {
	return agents.map((agent) => ({
		label: sentence(agent),
		deed: { kind: 'agent', name: agent.name },
	}));
}

export function agentMenu(name: string): readonly MenuItem[] {
	const line = (label: string, verb: string): MenuItem => {
		return { label, deed: { kind: 'line', line: `${verb} ${name}` } };
	};
	return [
		line('read what it shows', 'read'),
		{
			label: 'type a line into it',
			deed: { kind: 'question', ask: `text for ${name}> `, line: `send ${name}` },
		},
		{
			label: 'press keys in it, such as y, enter, ctrl+c',
			deed: { kind: 'question', ask: `keys for ${name}> `, line: `keys ${name}` },
		},
		line('what it changed', 'diff'),
		line('what it may write', 'scope'),
		line('merge it', 'merge'),
		line('kill its program', 'kill'),
		line('start it again', 'respawn'),
		line('remove its worktree', 'remove'),
	];
}
