// tmux as the public bar: its own server and configuration, all panes tiled in one window.
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { endProcesses, treeOf } from '../../tests/support/process-tree.ts';
import { outerSize } from '../outer.ts';
import type { Pane, Tool } from '../tool.ts';
import { waitForLastPane } from '../tool.ts';
import type { World } from '../world.ts';

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
	prepare: async (world, panes) => {
		const socket = world.fresh('tmux.sock');
		const control = (...argv: readonly string[]) =>
			execFileSync('tmux', ['-S', socket, ...argv], { encoding: 'utf8' }).trim();
		startServer(world, socket, panes, control);
		const server = Number(control('display-message', '-p', '#{pid}'));
		return {
			argv: ['tmux', '-S', socket, 'attach-session'],
			ready: (outer) => waitForLastPane(outer, panes),
			processes: (outer) => [server, outer.pid],
			close: async () => {
				const all = treeOf(server);
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
	world: World,
	socket: string,
	panes: readonly Pane[],
	control: (...argv: readonly string[]) => string,
): void {
	const file = world.fresh('tmux.conf');
	writeFileSync(file, `${configuration.join('\n')}\n`);
	const [first, ...others] = panes;
	if (!first) throw new Error('tmux needs a pane');
	const size = ['-x', String(outerSize.columns), '-y', String(outerSize.rows)];
	const start = ['-S', socket, '-f', file, 'new-session', '-d', ...size, '--'];
	execFileSync('tmux', [...start, ...first.argv], {
		env: { ...process.env, TMUX: undefined, LANG: 'C.UTF-8' },
	});
	for (const pane of others) {
		control('split-window', '--', ...pane.argv);
		control('select-layout', 'tiled');
	}
}
