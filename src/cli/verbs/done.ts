// An agent says that its task is done.
import { sayAsAgent } from '../../client/agent-line.ts';
import { printJson } from '../print.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const said = await sayAsAgent(call.environment, 'done', { note: call.text('note') });
	if (!said.ok) return said;
	if (call.json) printJson({ v: 1 });
	return done;
};
