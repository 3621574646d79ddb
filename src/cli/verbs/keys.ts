// Presses keys in an agent.
import { printJson } from '../print.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = '', ...keys] = call.words;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const pressed = await connection.request('keys', { agent, keys }, { timeoutMs: null });
	if (!pressed.ok) return pressed;
	if (call.json) printJson({ v: 1, ...pressed.value });
	return done;
};
