// What each figure must be, beside tmux or a bare pty in the same run where it is a ratio.

export interface Bar {
	/** Of what: the figure itself, or the figure divided by that tool's. */
	readonly of?: 'tmux' | 'raw pty';
	readonly atMost: number;
}

/** Scenario -> metric -> what it must be. */
export const bars: Readonly<Record<string, Readonly<Record<string, readonly Bar[]>>>> = {
	'echo-idle': { 'p50 ms': [{ atMost: 1 }], 'p99 ms': [{ atMost: 5 }] },
	'echo-flood': {
		'p50 ms': [{ of: 'tmux', atMost: 0.01 }],
		'p99 ms': [{ atMost: 5 }],
	},
	'echo-floods': { 'p50 ms': [{ of: 'tmux', atMost: 0.5 }] },
	'cat-1': {
		seconds: [
			{ of: 'tmux', atMost: 0.5 },
			{ of: 'raw pty', atMost: 2 },
		],
	},
	'cat-4': {
		seconds: [{ of: 'tmux', atMost: 0.4 }],
		'MB out': [{ of: 'tmux', atMost: 0.03 }],
	},
	colours: { 'kB in a second': [{ atMost: 1_000 }] },
	'spinners-30': { 'CPU %': [{ of: 'tmux', atMost: 1.5 }] },
	'spinners-100': { 'CPU %': [{ atMost: 15 }] },
	'history-30': { 'PSS MB': [{ atMost: 300 }] },
	'history-100': { 'PSS MB': [{ atMost: 600 }] },
	scroll: {
		'client blocked ms': [{ atMost: 30 }],
		'holder blocked ms': [{ atMost: 30 }],
	},
	resize: {
		'client blocked ms': [{ atMost: 10 }],
		'holder blocked ms': [{ atMost: 10 }],
	},
	open: { 'first byte ms': [{ atMost: 60 }], 'live pane ms': [{ atMost: 150 }] },
	'open-cold': { 'live pane ms': [{ atMost: 300 }] },
};
