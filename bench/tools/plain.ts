// The floors: the program directly in the outer terminal, and relays that only copy bytes.
import { join } from 'node:path';
import { treeOf } from '../../tests/support/process-tree.ts';
import type { Pane, Session, Tool } from '../tool.ts';
import { waitForLastPane } from '../tool.ts';

export const rawPty: Tool = {
	name: 'raw pty',
	limit: 1,
	absent: () => undefined,
	prepare: async (_, panes) => plainSession(panes, onlyPane(panes).argv, () => []),
};

export const relay: Tool = {
	name: 'C relay',
	limit: 1,
	absent: () => undefined,
	prepare: async (world, panes) => {
		const argv = [world.programs.relay, ...onlyPane(panes).argv];
		return plainSession(panes, argv, (pid) => treeOf(pid).slice(0, 1));
	},
};

/** What an echo costs any two programs of Node with a socket between them. */
export const nodeRelay: Tool = {
	name: 'Node relay',
	limit: 1,
	absent: () => undefined,
	prepare: async (world, panes) => {
		const program = join(import.meta.dirname, '../programs/node-relay.ts');
		const argv = [
			process.execPath,
			program,
			world.fresh('relay'),
			...onlyPane(panes).argv,
		];
		return plainSession(panes, argv, (pid) => treeOf(pid).slice(0, 2));
	},
};

function onlyPane(panes: readonly Pane[]): Pane {
	const [pane] = panes;
	if (!pane || panes.length > 1) throw new Error('a plain terminal shows one program');
	return pane;
}

function plainSession(
	panes: readonly Pane[],
	argv: readonly string[],
	processes: (pid: number) => readonly number[],
): Session {
	return {
		argv,
		ready: (outer) => waitForLastPane(outer, panes),
		processes: (outer) => processes(outer.pid),
		close: async () => {},
	};
}
