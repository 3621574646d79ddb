// Offers to remove agents that have ended and whose work is in the base to the last byte.
import { type Outcome, ok } from '../../lib/outcome.ts';
import { confirm } from '../confirm.ts';
import { print, printJson, printRefusal, printTable } from '../print.ts';
import { reach } from '../reach.ts';
import { codeOf, done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const found = await connection.request('prunable', {}, { timeoutMs: null });
	if (!found.ok) return found;
	const { agents } = found.value;
	if (!call.json) {
		if (agents.length === 0) print('no agent has ended with all its work in the base');
		else printTable(agents.map(({ name, why }) => [name, why]));
	}
	const sure =
		agents.length > 0 &&
		(call.on('yes') || (!call.json && (await confirm(`Remove ${countOf(agents)}?`))));
	const removed: string[] = [];
	let failed: Outcome<never> | null = null;
	for (const { name } of sure ? agents : []) {
		const gone = await connection.request(
			'remove',
			{ agent: name, wait: true },
			{ timeoutMs: null },
		);
		if (gone.ok) removed.push(name);
		else {
			if (!call.json) printRefusal(gone.refusal, null);
			failed ??= gone;
		}
	}
	if (call.json) printJson({ v: 1, agents, removed });
	else if (removed.length > 0) print(`removed ${removed.join(', ')}`);
	else if (agents.length > 0) print('weir prune --yes removes them');
	return failed === null || failed.ok ? done : ok({ code: codeOf(failed.refusal) });
};

function countOf(agents: readonly object[]): string {
	return agents.length === 1 ? 'it' : `these ${agents.length}`;
}
