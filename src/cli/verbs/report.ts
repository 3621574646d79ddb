// An agent says in a line how it goes.
import { sayAsAgent } from '../../client/agent-line.ts';
import { printJson } from '../print.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const said = await sayAsAgent(call.environment, 'report', {
		text: call.words.join(' '),
	});
	if (!said.ok) return said;
	if (call.json) printJson({ v: 1 });
	return done;
};
