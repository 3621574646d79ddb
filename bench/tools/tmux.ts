// tmux as the public bar: its own server and configuration, all panes tiled in one window.
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { endProcesses, treeOf } from '../../tests/support/process-tree.ts';
import { outerSize } from '../outer.ts';
import type { Circumstances, Pane, Tool } from '../tool.ts';
import { waitForLastPane } from '../tool.ts';

const configuration = [
	'set -g escape-time 0',
	'set -g history-limit 5000',
	'set -g default-terminal tmux-256color',
	'set -ga terminal-features ",xterm-256color:RGB"',
	'set -g remain-on-exit on',
	'set -g exit-empty off',
];

export const tmux: Tool = {
	name: 'tmux',
	limit: 100,
	absent: () => {
		const result = spawnSync('tmux', ['-V']);
		return result.status === 0 ? undefined : 'tmux is not installed';
	},
	prepare: async (world, panes, circumstances = {}) => {
		const socket = world.fresh('tmux.sock');
		const control = (...argv: readonly string[]) =>
			execFileSync('tmux', ['-S', socket, ...argv], { encoding: 'utf8' }).trim();
		const file = world.fresh('tmux.conf');
		writeFileSync(file, `${configuration.join('\n')}\n`);
		const start = ['-S', socket, '-f', file, 'new-session'];
		if (!circumstances.cold) startServer(start, panes, circumstances, control);
		const server = () => Number(control('display-message', '-p', '#{pid}'));
		const attach = ['-S', socket, 'attach-session'];
		return {
			argv: ['tmux', ...(circumstances.cold ? firstPane(start, panes) : attach)],
			ready: (outer) => waitForLastPane(outer, panes),
			processes: (outer) => [server(), outer.pid],
			close: async () => {
				const all = treeOf(server());
				spawnSync('tmux', ['-S', socket, 'kill-server']);
				await endProcesses(() => all);
				rmSync(socket, { force: true });
			},
		};
	},
};

/** `tmux 3.3a`, for the report. */
export function tmuxVersion(): string {
	return spawnSync('tmux', ['-V'], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

function startServer(
	start: readonly string[],
	panes: readonly Pane[],
	{ size = outerSize, shown = 'all' }: Circumstances,
	control: (...argv: readonly string[]) => string,
): void {
	const detached = ['-d', '-x', String(size.columns), '-y', String(size.rows)];
	execFileSync('tmux', firstPane([...start, ...detached], panes), {
		env: { ...process.env, TMUX: undefined, LANG: 'C.UTF-8' },
	});
	for (const pane of panes.slice(1)) {
		if (shown === 'last') control('new-window', '--', ...pane.argv);
		else {
			control('split-window', '--', ...pane.argv);
			control('select-layout', 'tiled');
		}
	}
}

function firstPane(start: readonly string[], [pane]: readonly Pane[]): string[] {
	if (!pane) throw new Error('tmux needs a pane');
	return [...start, '--', ...pane.argv];
}
