// Lists the agents.
import { shownWord } from '../../domain/state-words.ts';
import { ok } from '../../lib/outcome.ts';
import type { AgentJson } from '../../protocol/status.ts';
import { print, printJson, printTable, shortAge } from '../print.ts';
import { reachToRead } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const reached = await reachToRead(call);
	if (!reached.ok) return reached;
	using connection = reached.value.connection;
	const status = connection ? await connection.request('status', {}) : ok({ agents: [] });
	if (!status.ok) return status;
	const { agents } = status.value;
	if (call.on('names')) for (const { name } of agents) print(name);
	else if (call.json) printJson({ v: 1, agents });
	else if (agents.length === 0) print('no agents; weir new NAME starts one');
	else printTable(agentRows(agents));
	return done;
};

/** A row for each agent; `~` marks a state that is only inferred. */
export function agentRows(agents: readonly AgentJson[]): string[][] {
	const head = ['NAME', 'STATE', 'SINCE', 'DIFF', 'BRANCH', 'WHY'];
	return [
		head,
		...agents.map((agent) => [
			agent.name,
			wordOf(agent),
			shortAge(agent.since),
			agent.diff ? `+${agent.diff.added}-${agent.diff.removed}` : '',
			agent.branch,
			whyOf(agent),
		]),
	];
}

function wordOf({ life, state, inferred }: AgentJson): string {
	const guessed = inferred && life === 'running' ? '~' : '';
	return guessed + shownWord(life, state);
}

/** A conflict first: it waits for somebody, whatever the program is doing. */
function whyOf({ why, conflicts, base, recording }: AgentJson): string {
	const [file, ...others] = conflicts ?? [];
	const more = others.length > 0 ? ` and ${others.length} more` : '';
	const trouble = recording?.trouble;
	return [
		file && `CONFLICT with ${base.branch} in ${file}${more}`,
		trouble && `not recorded: ${trouble}`,
		why,
	]
		.filter(Boolean)
		.join('; ');
}
