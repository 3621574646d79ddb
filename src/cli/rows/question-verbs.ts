// Verbs on what agents ask, and what they say of themselves.
import type { Verb } from '../verb.ts';

export const questionVerbs = {
	inbox: {
		summary: 'List what needs you, the most urgent first',
		usage: '',
		arguments: [0, 0],
		flags: {
			all: { type: 'boolean', help: 'those that are put off, too' },
			ids: { type: 'boolean', help: 'only the ids, one a line' },
		},
		json: '{"v":1,"items":[{"id":"q12","tier":2,"kind":"ask","agent":"a3","text":"…","detail":null,"since":"…","inferred":false,"choices":[{"key":"1","label":"keep","free":false}],"question":"q12","answerable":true,"snoozed":null,"name":"api"}],"proposal":null}',
		examples: ['weir inbox', "weir inbox --json | jq -r '.items[].text'"],
		load: () => import('../verbs/inbox.ts'),
	},
	answer: {
		summary: 'Answer a question of the inbox by a choice, by words, or by both',
		usage: 'ID [CHOICE]',
		arguments: [1, 2],
		flags: {
			text: { type: 'string', value: 'TEXT', help: 'in words of your own; - reads it' },
		},
		notes: [
			'A prompt on a screen is answered only while the very same prompt stands there.',
			'Where another does by now nothing is typed, and the exit code is 3.',
			'An alarm takes ack, which ends it, or a landing that it names: that one is',
			'taken back, as by weir undo.',
		],
		json: '{"v":1,"question":"q12","delivered":true}',
		examples: [
			'weir answer q12 y',
			'weir answer r90 ack',
			"weir answer q12 --text 'keep it until v3'",
		],
		load: () => import('../verbs/answer.ts'),
	},
	snooze: {
		summary: 'Put an item of the inbox off, for 15 minutes where nothing is said',
		usage: 'ID',
		arguments: [1, 1],
		flags: {
			minutes: { type: 'string', value: 'N', help: 'for so long; 240 at most' },
			wake: { type: 'boolean', help: 'bring it back now' },
		},
		json: '{"v":1,"item":"q12","until":"2026-11-21T01:17:03.004Z"}',
		examples: [
			'weir snooze q12',
			'weir snooze q12 --minutes 60',
			'weir snooze q12 --wake',
		],
		load: () => import('../verbs/snooze.ts'),
	},
	ask: {
		summary: 'Ask the human and wait for the answer; said by an agent',
		usage: 'QUESTION...',
		arguments: [1, 1000],
		flags: {
			choice: { type: 'strings', value: 'TEXT', help: 'an answer to choose; up to nine' },
			timeout: {
				type: 'string',
				value: 'SECONDS',
				help: 'go on without an answer after this (exit code 124)',
			},
		},
		json: '{"v":1,"question":"q12","answer":{"choice":"1","text":null}}',
		examples: [
			"weir ask 'keep the v1 route?' --choice keep --choice drop",
			"weir ask 'which database?' --timeout 600",
		],
		load: () => import('../verbs/ask.ts'),
	},
	done: {
		summary: 'Say that the task is done; said by an agent',
		usage: '',
		arguments: [0, 0],
		flags: {
			note: { type: 'string', value: 'TEXT', help: 'what was done and what is left' },
		},
		notes: ['Refused with exit code 3 while it has changed files outside its scope.'],
		json: '{"v":1}',
		examples: ["weir done --note 'routes moved; tests pass; docs are left'"],
		load: () => import('../verbs/done.ts'),
	},
	report: {
		summary: 'Say in a line how it goes; said by an agent',
		usage: 'TEXT...',
		arguments: [1, 1000],
		flags: {},
		json: '{"v":1}',
		examples: ["weir report '3 of 5 files converted'"],
		load: () => import('../verbs/report.ts'),
	},
	mcp: {
		summary: 'Serve what an agent may say as tools of MCP; run by its CLI',
		usage: '',
		arguments: [0, 0],
		flags: {},
		notes: [
			'Speaks on standard input and output, and ends with them. Its tools are ask,',
			'done, report, gates, scope_show and scope_request. weir gives it to the CLIs',
			'that it knows.',
		],
		json: null,
		examples: ['weir mcp'],
		load: () => import('../verbs/mcp.ts'),
	},
	hook: {
		summary: "Hand the payload of a CLI's hook to weir; run by the CLI",
		usage: '',
		arguments: [0, 0],
		flags: {
			'before-write': {
				type: 'boolean',
				help: 'refuse a write unless weir says that it may be',
			},
			of: {
				type: 'string',
				value: 'CLI',
				help: 'whose payload it is; of Claude Code or Codex without',
			},
		},
		json: null,
		examples: ['weir hook'],
		load: () => import('../verbs/hook.ts'),
	},
} as const satisfies Readonly<Record<string, Verb>>;
