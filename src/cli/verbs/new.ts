// Creates agents, all from the same commit.
import { resolve } from 'node:path';
import { numberOf } from '../arguments.ts';
import { readInput } from '../input.ts';
import { endWith } from '../on-agents.ts';
import { print, printRefusal, tell } from '../print.ts';
import { withProgress } from '../progress.ts';
import { environmentOf, reach } from '../reach.ts';
import type { Run } from '../verb.ts';

export const run: Run = async (call) => {
	const columns = numberOf(call, 'columns', 2, 1000);
	if (!columns.ok) return columns;
	const rows = numberOf(call, 'rows', 1, 1000);
	if (!rows.ok) return rows;
	const worktree = call.text('worktree');
	const prompt = call.text('prompt');
	const argv = call.rest && call.rest.length > 0 ? [...call.rest] : null;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const asked = connection.request(
		'new',
		{
			agents: call.words.map((name) => ({ name, argv })),
			kind: call.text('agent'),
			base: call.text('base'),
			branch: call.text('branch'),
			worktree: worktree === null ? null : resolve(call.folder, worktree),
			prompt: prompt === '-' ? await readInput() : prompt,
			env: environmentOf(call),
			scope: [...call.texts('scope')],
			columns: columns.value ?? 100,
			rows: rows.value ?? 30,
			wait: !call.on('no-wait'),
		},
		{ timeoutMs: null },
	);
	const label = call.words.length === 1 ? call.words[0] : `${call.words.length} agents`;
	const made = await withProgress(connection, `new ${label}`, asked);
	if (!made.ok) return made;
	const { agents, refusals, remark } = made.value;
	const [refusal] = refusals;
	if (refusal && call.words.length === 1) return { ok: false, refusal };
	if (!call.json) {
		for (const { name, branch, worktree } of agents)
			print(`${name}  ${branch}  ${worktree}`);
		for (const one of refusals) printRefusal(one, null);
	}
	if (remark) tell(`${remark.text}\n  ${remark.allow}`);
	return endWith(call, agents, refusals);
};
