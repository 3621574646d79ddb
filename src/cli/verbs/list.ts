// Lists the agents.

import { costWords } from '../../domain/cost/cost-words.ts';
import { resolvedWords } from '../../domain/resolving.ts';
import { shownWord } from '../../domain/state-words.ts';
import { ok } from '../../lib/outcome.ts';
import type { AgentJson, StatusJson } from '../../protocol/status.ts';
import { print, printJson, printLine, printTable, shortAge } from '../print.ts';
import { reachToRead } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const reached = await reachToRead(call);
	if (!reached.ok) return reached;
	using connection = reached.value.connection;
	const status = connection
		? await connection.request('status', {})
		: ok({ agents: [], inbox: [] });
	if (!status.ok) return status;
	const { agents, inbox } = status.value;
	if (call.on('names')) for (const { name } of agents) print(name);
	else if (call.json) printJson({ v: 1, agents, alarms: inbox.filter(isAlarm) });
	else {
		printAlarms(inbox);
		if (agents.length === 0) print('no agents; weir new NAME starts one');
		else printTable(agentRows(agents));
	}
	return done;
};

/** Above all else: what must not wait. */
export function printAlarms(inbox: StatusJson['inbox']): void {
	for (const { text, name, kind } of inbox.filter(isAlarm))
		printLine(`!! ${kind === 'alarm' ? '' : `${name}: `}${text}; weir inbox has more`);
}

function isAlarm({ tier }: StatusJson['inbox'][number]): boolean {
	return tier === 1;
}

/** A row for each agent; `~` marks a state that is only inferred. */
export function agentRows(agents: readonly AgentJson[]): string[][] {
	const again = agents.some(({ tries }) => tries > 1);
	const tried = (text: string) => (again ? [text] : []);
	const metered = agents.some(({ cost }) => cost !== null);
	const spent = (text: string) => (metered ? [text] : []);
	const head = ['NAME', 'KIND', 'STATE', 'SINCE', ...tried('TRY'), 'DIFF'];
	return [
		[...head, ...spent('COST'), 'BRANCH', 'WHY'],
		...agents.map((agent) => [
			agent.name,
			agent.kind,
			wordOf(agent),
			shortAge(agent.since),
			...tried(agent.tries > 1 ? String(agent.tries) : ''),
			agent.diff ? `+${agent.diff.added}-${agent.diff.removed}` : '',
			...spent(agent.cost ? costWords(agent.cost) : ''),
			agent.branch,
			whyOf(agent),
		]),
	];
}

function wordOf({ life, state, inferred }: AgentJson): string {
	const guessed = inferred && life === 'running' ? '~' : '';
	return guessed + shownWord(life, state);
}

/** A conflict first: it waits for somebody, whatever the program is doing. Then what it asks. */
function whyOf(agent: AgentJson): string {
	const { why, conflicts, base, recording, asks } = agent;
	const { resolves, resolvedBy, landedThrough } = agent;
	const [file, ...others] = conflicts ?? [];
	const more = others.length > 0 ? ` and ${others.length} more` : '';
	const trouble = recording?.trouble;
	return [
		file && `CONFLICT with ${base.branch} in ${file}${more}`,
		file && resolvedBy && resolvedWords(resolvedBy),
		landedThrough && `landed through ${landedThrough}`,
		resolves && `resolves the conflict of ${resolves.agent}`,
		trouble && `not recorded: ${trouble}`,
		asks?.text ?? why,
	]
		.filter(Boolean)
		.join('; ');
}
