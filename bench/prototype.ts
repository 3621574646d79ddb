// What the prototype measured, and tmux beside it, on a like machine (two cores, 200x50, outer
// terminal at 10 MB/s): the figures that weir's processes are held to. `daemon` is ptys and
// emulators in a second process, as weir's holders are; `single` is all in one process.

export interface Reference {
	readonly daemon?: number;
	readonly single?: number;
	readonly tmux?: number;
}

/** Scenario -> metric -> what was measured then. */
export const prototype: Readonly<Record<string, Readonly<Record<string, Reference>>>> = {
	'echo-idle': {
		'p50 ms': { daemon: 0.948, single: 0.527, tmux: 0.117 },
		'p95 ms': { daemon: 2.1, single: 2.2, tmux: 0.38 },
		'p99 ms': { daemon: 10.4, single: 6.1, tmux: 1 },
	},
	'echo-spinners': {
		'p50 ms': { daemon: 0.769, single: 0.375, tmux: 0.213 },
		'p95 ms': { daemon: 2.3, single: 1.5, tmux: 0.39 },
		'p99 ms': { daemon: 8, single: 7, tmux: 2 },
	},
	'echo-flood': {
		'p50 ms': { daemon: 1.8, single: 0.38, tmux: 84.4 },
		'p95 ms': { daemon: 30, single: 3.3, tmux: 90.4 },
		'p99 ms': { daemon: 56, single: 10, tmux: 90.9 },
		'kB/s out': { single: 340, tmux: 120 },
	},
	'cat-1': {
		seconds: { single: 1.03, tmux: 2.28 },
		'MB/s in': { single: 48, tmux: 22 },
		'MB out': { single: 0.38, tmux: 53.8 },
		'CPU s': { single: 1.09, tmux: 2.27 },
	},
	'cat-4': {
		seconds: { daemon: 5.1, single: 3.82, tmux: 10 },
		'MB/s in': { daemon: 39.2, single: 52.4, tmux: 20 },
		'MB out': { daemon: 3, single: 2.3, tmux: 98 },
	},
	'spinners-30': {
		'CPU %': { daemon: 10.3, single: 7.7, tmux: 6.5 },
		'RSS MB': { daemon: 215, single: 138, tmux: 9.1 },
		'kB/s out': { single: 100, tmux: 201 },
	},
	'logs-16': {
		'CPU %': { single: 11.9, tmux: 12.7 },
		'kB/s out': { single: 450, tmux: 2_300 },
	},
};
