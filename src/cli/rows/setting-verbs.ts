// Verbs on settings, trust and keys.
import type { Verb } from '../verb.ts';

export const settingVerbs = {
	config: {
		summary: 'Print the settings with where they come from, read, set or check them',
		usage: '[get [KEY] | set KEY VALUE | check | schema]',
		arguments: [0, 3],
		flags: {
			origin: { type: 'boolean', help: 'get: say which file set it' },
			shared: { type: 'boolean', help: 'set: in .weir/config.yaml, for all who clone' },
			local: { type: 'boolean', help: 'set: in .weir/config.local.yaml, for you here' },
		},
		json: '{"v":1,"values":{"theme":"light"},"origins":{"theme":"/home/me/.config/weir/config.yaml"},"problems":[]}',
		examples: [
			'weir config',
			'weir config get worktree',
			'weir config set theme light',
			"weir config set --shared worktree.copy '[.env]'",
			'weir config check',
		],
		load: () => import('../verbs/config.ts'),
	},
	trust: {
		summary: 'Show the commands that the repository names, and trust exactly these',
		usage: '',
		arguments: [0, 0],
		flags: {
			yes: { type: 'boolean', help: 'trust what is there now without a look' },
			hash: { type: 'string', value: 'SHA', help: 'trust it if it is still this' },
		},
		json: '{"v":1,"trusted":true,"hash":"…","files":["…/.weir/config.yaml"]}',
		examples: ['weir trust', 'weir trust --yes'],
		load: () => import('../verbs/trust.ts'),
	},
	keymap: {
		summary: 'Check the keys in force, or show what keys are called here',
		usage: 'check | echo',
		arguments: [1, 1],
		flags: {},
		notes: [
			'check: what ~/.config/weir/keys.yaml and .weir/keys.yaml bind, and what is',
			'wrong with it: unknown actions, sequences that begin with a bound key, keys',
			'that shadow others, that no terminal sends, that agents, shells or a tmux',
			'around weir take. Exit code 1 where there is an error. echo: names, bytes and',
			'meanings of the keys you press. docs/keys.md says how to bind keys.',
		],
		json: '{"v":1,"keys":142,"conflicts":[],"files":["/home/me/.config/weir/keys.yaml"],"leader":{"key":"ctrl+space","file":null,"line":null,"column":null},"escapeTime":"auto","directChords":true,"bindings":[{"context":"nav","key":"f5","action":"agent.kill","file":"/home/me/.config/weir/keys.yaml","line":3,"column":5}],"findings":[{"level":"warning","file":null,"line":null,"column":null,"message":"…"}]}',
		examples: ['weir keymap check', 'weir keymap echo'],
		load: () => import('../verbs/keymap.ts'),
	},
} as const satisfies Readonly<Record<string, Verb>>;
