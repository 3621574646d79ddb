// Gives an agent another name; its worktree and branch keep theirs.
import { print, printJson } from '../print.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = '', name = ''] = call.words;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const renamed = await connection.request(
		'rename',
		{ agent, name },
		{ timeoutMs: null },
	);
	if (!renamed.ok) return renamed;
	if (call.json) printJson({ v: 1, agents: [renamed.value.agent] });
	else print(`${agent} is now ${renamed.value.agent.name}`);
	return done;
};
