// Takes the last step back.
import { print, printJson } from '../print.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const undone = await connection.request(
		'undo',
		{ landing: call.words[0] ?? null, revert: call.on('revert'), wait: true },
		{ timeoutMs: null },
	);
	if (!undone.ok) return undone;
	if (call.json) printJson({ v: 1, ...undone.value });
	else print(`undone: ${undone.value.undone}`);
	return done;
};
