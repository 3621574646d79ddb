// Starts the supervisor, or replaces it.
import { print, printJson } from '../print.ts';
import { reach, reachRunning } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	if (call.on('restart')) {
		const running = await reachRunning(call, true);
		if (running.ok) {
			const connection = running.value;
			const closed = new Promise<void>((resolve) => {
				connection.onClose.on(() => resolve());
			});
			const asked = await connection.request('restart', {});
			if (!asked.ok) return asked;
			await closed;
		} else if (running.refusal.code !== 'supervisor.none') return running;
	}
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const { pid, repository } = connection.supervisor;
	if (call.json) printJson({ v: 1, supervisor: { pid }, repository });
	else print(`the supervisor of ${repository.root} runs (${pid})`);
	return done;
};
