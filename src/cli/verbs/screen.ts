// Prints what an agent shows.
import { print, printJson } from '../print.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = ''] = call.words;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const { on } = call;
	const shown = await connection.request('screen', {
		agent,
		ansi: on('ansi'),
		history: on('history'),
	});
	if (!shown.ok) return shown;
	const lines = shown.value.lines.slice(0, shown.value.lines.findLastIndex(Boolean) + 1);
	if (call.json) printJson({ v: 1, lines });
	else for (const line of lines) print(line);
	return done;
};
