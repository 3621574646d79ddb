// The supervisor, its holders and the agents.
import { counted } from '../../lib/counted.ts';
import type { StatusJson } from '../../protocol/status.ts';
import { print, printJson, printLine, printTable } from '../print.ts';
import { reachToRead } from '../reach.ts';
import { done, type Run } from '../verb.ts';
import { agentRows, printAlarms } from './list.ts';

export const run: Run = async (call) => {
	const reached = await reachToRead(call);
	if (!reached.ok) return reached;
	if (reached.value.connection === null) {
		const { root, commonDir } = reached.value;
		const nothing: StatusJson = {
			v: 1,
			supervisor: null,
			repository: { root, commonDir, base: null, trusted: true },
			journal: { seq: 0, ok: true },
			holders: [],
			strays: [],
			queue: [],
			inbox: [],
			bases: [],
			agents: [],
		};
		if (call.json) printJson(nothing);
		else print(`weir has not run in ${root}`);
		return done;
	}
	using connection = reached.value.connection;
	const status = await connection.request('status', {});
	if (!status.ok) return status;
	if (call.json) {
		printJson(status.value);
		return done;
	}
	const { supervisor, repository, journal, holders, strays, agents } = status.value;
	printAlarms(status.value.inbox);
	print(
		`${repository.root}  base ${repository.base ?? 'none'}${repository.trusted ? '' : '  not trusted'}`,
	);
	print(
		`supervisor ${supervisor?.pid}  weir ${supervisor?.version}  ${counted(journal.seq, 'event')}`,
	);
	for (const { id, process, agents: panes } of holders) {
		print(`holder ${id}  ${process}  ${counted(panes, 'pane')}`);
	}
	for (const { pid, folder, argv } of strays) {
		printLine(`stray ${argv[0] ?? ''}  ${pid}  in ${folder}`);
	}
	if (agents.length > 0) printTable(agentRows(agents));
	return done;
};
