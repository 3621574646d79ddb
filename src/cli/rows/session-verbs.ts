// Verbs on weir itself: the panes, the supervisor, what can be seen of both.
import { appearanceFlags } from '../appearance.ts';
import type { Verb } from '../verb.ts';

export const sessionVerbs = {
	attach: {
		summary: 'Open the panes, on one agent if it is named',
		usage: '[AGENT]',
		arguments: [0, 1],
		flags: appearanceFlags,
		json: null,
		examples: ['weir', 'weir attach api', 'weir attach --no-color --ascii'],
		load: () => import('../verbs/attach.ts'),
	},
	up: {
		summary: 'Start the supervisor of this repository',
		usage: '',
		arguments: [0, 0],
		flags: {
			restart: { type: 'boolean', help: 'replace the supervisor; agents run on' },
		},
		json: '{"v":1,"supervisor":{"pid":4242},"repository":{"root":"…","commonDir":"…","base":"main","trusted":true}}',
		examples: ['weir up', 'weir up --restart'],
		load: () => import('../verbs/up.ts'),
	},
	down: {
		summary: 'Stop the supervisor where no agent runs; with --now end the agents too',
		usage: '',
		arguments: [0, 0],
		flags: { now: { type: 'boolean', help: 'snapshot and end every agent first' } },
		notes: [
			'Refused with exit code 3 while agents or shells run, which are named.',
			'Worktrees, branches and the journal stay; the next verb that needs a',
			'supervisor starts one. To replace only the supervisor while agents run on:',
			'weir up --restart.',
		],
		json: '{"v":1,"ended":2}',
		examples: ['weir down', 'weir down --now'],
		load: () => import('../verbs/down.ts'),
	},
	list: {
		summary: 'List the agents',
		usage: '',
		arguments: [0, 0],
		flags: { names: { type: 'boolean', help: 'only the names, one a line' } },
		json: '{"v":1,"agents":[Agent…],"alarms":[]}',
		examples: ['weir list', "weir list --json | jq '.agents[].name'"],
		load: () => import('../verbs/list.ts'),
	},
	status: {
		summary: 'Show the supervisor, its holders and the agents',
		usage: '',
		arguments: [0, 0],
		flags: {},
		json: '{"v":1,"supervisor":{"pid":4242,"since":"…","version":"0.1.0","protocol":3},"repository":{"root":"…","commonDir":"…","base":"main","trusted":true},"journal":{"seq":8412,"ok":true},"holders":[{"id":"h1","process":4300,"agents":8}],"strays":[],"queue":[],"inbox":[],"bases":[],"agents":[Agent…]}',
		examples: ['weir status', 'weir status --json'],
		load: () => import('../verbs/status.ts'),
	},
	log: {
		summary: 'Print the journal',
		usage: '',
		arguments: [0, 0],
		flags: {
			follow: { type: 'boolean', help: 'go on with what happens' },
			since: {
				type: 'string',
				value: 'WHEN',
				help: 'from this event on, by its number, a time or 10m',
			},
			agent: { type: 'string', value: 'AGENT', help: 'only what concerns this agent' },
		},
		json: '{"v":1,"event":{"seq":3,"at":"…","kind":"agent.created","actor":"human","cause":null,"data":{…}}}',
		examples: ['weir log', 'weir log --since 10m', 'weir log --follow --json'],
		load: () => import('../verbs/log.ts'),
	},
} as const satisfies Readonly<Record<string, Verb>>;
