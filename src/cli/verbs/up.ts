// Starts the supervisor, or replaces it.
import { type Outcome, ok } from '../../lib/outcome.ts';
import { print, printJson } from '../print.ts';
import { reach, reachRunning } from '../reach.ts';
import { type Call, done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	if (call.on('restart')) {
		const ended = await endSupervisor(call);
		if (!ended.ok) return ended;
	}
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const { pid, repository } = connection.supervisor;
	if (call.json) printJson({ v: 1, supervisor: { pid }, repository });
	else print(`the supervisor of ${repository.root} runs (${pid})`);
	return done;
};

/** Ends the supervisor alone. One that ends meanwhile, by another restart, has ended as well. */
async function endSupervisor(call: Call): Promise<Outcome<void>> {
	const running = await reachRunning(call, true);
	if (!running.ok) return hasEnded.has(running.refusal.code) ? ok(undefined) : running;
	using connection = running.value;
	const closed = new Promise<void>((resolve) => {
		connection.onClose.on(() => resolve());
	});
	const asked = await connection.request('restart', {});
	if (!asked.ok) return hasEnded.has(asked.refusal.code) ? ok(undefined) : asked;
	await closed;
	return ok(undefined);
}

const hasEnded: ReadonlySet<string> = new Set(['supervisor.none', 'supervisor.gone']);
