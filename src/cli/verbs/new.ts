// Creates an agent.
import { numberOf } from '../arguments.ts';
import { readInput } from '../input.ts';
import { print, printJson } from '../print.ts';
import { withProgress } from '../progress.ts';
import { environmentOf, reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [name = ''] = call.words;
	const columns = numberOf(call, 'columns', 2, 1000);
	if (!columns.ok) return columns;
	const rows = numberOf(call, 'rows', 1, 1000);
	if (!rows.ok) return rows;
	const prompt = call.text('prompt');
	const argv = call.rest && call.rest.length > 0 ? [...call.rest] : null;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const asked = connection.request(
		'new',
		{
			name,
			kind: call.text('agent'),
			argv,
			base: call.text('base'),
			prompt: prompt === '-' ? await readInput() : prompt,
			env: environmentOf(call),
			columns: columns.value ?? 100,
			rows: rows.value ?? 30,
			wait: !call.on('no-wait'),
		},
		{ timeoutMs: null },
	);
	const made = await withProgress(connection, `new ${name}`, asked);
	if (!made.ok) return made;
	const { agent } = made.value;
	if (call.json) printJson({ v: 1, agents: [agent] });
	else print(`${agent.name}  ${agent.branch}  ${agent.worktree}`);
	return done;
};
