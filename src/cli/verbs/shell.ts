// Opens a program of the user's in an agent's worktree, in a pane beside it.
import { print, printJson } from '../print.ts';
import { environmentOf, reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = ''] = call.words;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const opened = await connection.request(
		'shell',
		{
			agent,
			argv: call.rest && call.rest.length > 0 ? [...call.rest] : null,
			env: environmentOf(call),
			columns: 100,
			rows: 30,
		},
		{ timeoutMs: null },
	);
	if (!opened.ok) return opened;
	const { shell } = opened.value;
	if (call.json) printJson({ v: 1, shell });
	else print(`${shell} is open beside ${agent}; weir attach ${agent} shows it`);
	return done;
};
