// Waits until agents are in a state.
import { settledWords } from '../../domain/waiting.ts';
import { ok } from '../../lib/outcome.ts';
import { numberOf } from '../arguments.ts';
import { print, printJson, printTable, tell } from '../print.ts';
import { reach } from '../reach.ts';
import { done, exitCodes, type Run } from '../verb.ts';
import { agentRows } from './list.ts';

export const run: Run = async (call) => {
	const until = call.text('until')?.split(',') ?? settledWords;
	const timeout = numberOf(call, 'timeout', 0, 1_000_000);
	if (!timeout.ok) return timeout;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const waited = await connection.request(
		'wait',
		{
			agents: [...call.words],
			until: [...until],
			timeoutMs: timeout.value === null ? null : timeout.value * 1000,
		},
		{ timeoutMs: null },
	);
	if (!waited.ok) return waited;
	const { timedOut, agents } = waited.value;
	if (call.json) printJson({ v: 1, timedOut, agents });
	else if (timedOut) tell(`weir: not ${until.join(' or ')} within ${timeout.value} s`);
	else if (agents.length === 1) print(agents[0]?.state ?? '');
	else printTable(agentRows(agents));
	return timedOut ? ok({ code: exitCodes.timeout }) : done;
};
