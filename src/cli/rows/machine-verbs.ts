// Verbs that need no repository: on this machine, and about weir.
import { appearanceFlags } from '../appearance.ts';
import type { Verb } from '../verb.ts';

export const machineVerbs = {
	doctor: {
		summary: 'Check what weir needs, and say how to mend what is missing',
		usage: '',
		arguments: [0, 0],
		flags: {},
		json: '{"v":1,"ok":true,"checks":[{"name":"git","verdict":"good","found":"git version 2.39.5","fix":null}]}',
		examples: ['weir doctor', 'weir doctor --json'],
		load: () => import('../verbs/doctor.ts'),
	},
	demo: {
		summary: 'Show weir at work on a scratch repository with scripted agents',
		usage: '',
		arguments: [0, 0],
		flags: {
			agents: {
				type: 'string',
				value: 'N',
				help: 'how many agents, 4 where nothing is said',
			},
			headless: { type: 'boolean', help: 'no terminal: let all work and land, then end' },
			speed: { type: 'string', value: 'X', help: 'how fast they play, 1 is natural' },
			seed: { type: 'string', value: 'N', help: 'another seed, other details' },
			dir: {
				type: 'string',
				value: 'DIR',
				help: 'an empty folder to work in, which stays',
			},
			...appearanceFlags,
		},
		json: '{"v":1,"event":{"seq":57,"at":"…","kind":"merge.landed",…}}',
		examples: ['weir demo', 'weir demo --agents 30', 'weir demo --headless --json'],
		load: () => import('../verbs/demo.ts'),
	},
	completions: {
		summary: 'Print a completion script for bash, zsh or fish',
		usage: 'SHELL',
		arguments: [1, 1],
		flags: {},
		json: null,
		examples: ['source <(weir completions bash)', 'weir completions fish | source'],
		load: () => import('../verbs/completions.ts'),
	},
	version: {
		summary: 'Print the version',
		usage: '',
		arguments: [0, 0],
		flags: {},
		json: '{"v":1,"version":"0.1.0","node":"24.21.0"}',
		examples: ['weir version'],
		load: () => import('../verbs/version.ts'),
	},
	help: {
		summary: 'Tell about weir or one verb',
		usage: '[VERB]',
		arguments: [0, 1],
		flags: {},
		json: null,
		examples: ['weir help', 'weir help new'],
		load: () => import('../verbs/help.ts'),
	},
} as const satisfies Readonly<Record<string, Verb>>;
