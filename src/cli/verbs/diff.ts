// Shows what an agent has changed, uncommitted files included, and what of it cannot land.
import { outsideWords } from '../../domain/outside.ts';
import { headsOutside, outsideMark } from '../../protocol/marked-diff.ts';
import { pageThrough } from '../pager.ts';
import { print, printJson, tell } from '../print.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = ''] = call.words;
	const stat = call.on('stat');
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const read = await connection.request('diff', { agent, stat }, { timeoutMs: null });
	if (!read.ok) return read;
	const { text, truncated, outside = [] } = read.value;
	const terminal = process.stdout.isTTY;
	// What goes on to another program is a patch, and nothing else.
	const heads = headsOutside(terminal || stat ? outside : []);
	const marked = text
		.split('\n')
		.map((line) => (heads(line) ? line + outsideMark : line))
		.join('\n');
	if (call.json) printJson({ v: 1, text, truncated, outside });
	else if (terminal) await pageThrough(marked, call.environment);
	else if (text !== '') print(marked.replace(/\n$/, ''));
	if (truncated)
		tell(`weir: the diff is longer than this; git diff in the worktree shows all of it`);
	if (outside.length > 0 && !call.json)
		tell(
			`weir: outside the scope of ${agent}, so it cannot land: ${outsideWords(outside)}`,
		);
	return done;
};
