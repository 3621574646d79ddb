// Shows what an agent has changed, uncommitted files included.

import { pageThrough } from '../pager.ts';
import { print, printJson, tell } from '../print.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = ''] = call.words;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const read = await connection.request(
		'diff',
		{ agent, stat: call.on('stat') },
		{ timeoutMs: null },
	);
	if (!read.ok) return read;
	const { text, truncated } = read.value;
	if (call.json) printJson({ v: 1, text, truncated });
	else if (process.stdout.isTTY) await pageThrough(text, call.environment);
	else if (text !== '') print(text.replace(/\n$/, ''));
	if (truncated)
		tell(`weir: the diff is longer than this; git diff in the worktree shows all of it`);
	return done;
};
