// Stops the supervisor, and on demand everything it looks after.
import { counted } from '../../lib/counted.ts';
import { ok } from '../../lib/outcome.ts';
import { print, printJson } from '../print.ts';
import { withProgress } from '../progress.ts';
import { reachToEnd } from '../reach.ts';
import { untilSupervisorEnds } from '../supervisor-end.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const reached = await reachToEnd(call);
	if (!reached.ok) {
		if (reached.refusal.code !== 'supervisor.none') return reached;
		if (call.json) printJson({ v: 1, ended: 0 });
		else print('no supervisor runs');
		return ok({ code: 0 });
	}
	const connection = reached.value;
	const ended = untilSupervisorEnds(connection);
	const work = connection.request('down', { now: call.on('now') }, { timeoutMs: null });
	const asked = await withProgress(connection, 'down', work);
	if (!asked.ok) {
		connection[Symbol.dispose]();
		return asked;
	}
	await ended;
	const { agents } = asked.value;
	if (call.json) printJson({ v: 1, ended: agents });
	else print(agents === 0 ? 'stopped' : `stopped, ${counted(agents, 'agent')} ended`);
	return done;
};
