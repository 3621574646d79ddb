// Flags and words of verbs that take several agents, and of those that wait.
import type { Flag } from '../verb.ts';

export const noWait: Flag = {
	type: 'boolean',
	help: 'return at once, do not wait until it is done',
};

/** What verbs that take several agents have in common. */
export const onAgents = {
	usage: 'AGENT...',
	arguments: [1, 100],
	flags: {},
	notes: [
		'Goes through the agents in the order given. One that is refused is named with',
		'the reason, the others are done all the same; the exit code is that of the',
		'first refusal, else 0.',
	],
	json: '{"v":1,"agents":[Agent…],"refusals":[{"agent":"api","code":"…","message":"…","allow":"…"}]}',
} as const;
