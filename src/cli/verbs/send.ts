// Types a text into an agent.

import { readInput } from '../input.ts';
import { printJson } from '../print.ts';
import { withProgress } from '../progress.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = '', text = ''] = call.words;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const asked = connection.request(
		'send',
		{
			agent,
			text: text === '-' ? await readInput() : text,
			enter: !call.on('no-enter'),
		},
		{ timeoutMs: null },
	);
	const sent = await withProgress(connection, `send ${agent}`, asked);
	if (!sent.ok) return sent;
	if (call.json) printJson({ v: 1, ...sent.value });
	return done;
};
