// weir's own agent, which needs no CLI.
import type { Verb } from '../verb.ts';

export const ownAgentVerb = {
	agent: {
		summary: "Run weir's own agent in this terminal, on an API of Anthropic or OpenAI",
		usage: '[PROMPT...]',
		arguments: [0, 1000],
		rest: 'PROMPT',
		flags: {
			model: {
				type: 'string',
				value: 'NAME',
				help: 'the model; ANTHROPIC_MODEL, OPENAI_MODEL',
			},
			provider: {
				type: 'string',
				value: 'P',
				help: 'anthropic, openai or chat, where the model does not tell',
			},
			'base-url': {
				type: 'string',
				value: 'URL',
				help: 'where it is; ANTHROPIC_BASE_URL, OPENAI_BASE_URL',
			},
			'permission-mode': {
				type: 'string',
				value: 'M',
				help: 'what it does unasked: ask (nothing), edits, all, or read',
			},
			resume: { type: 'string', value: 'ID', help: 'go on with a conversation' },
			conversation: {
				type: 'string',
				value: 'ID',
				help: 'go on with this one, or begin it',
				noted: true,
			},
			print: {
				type: 'boolean',
				help: 'one turn without a terminal; of PROMPT, - reads it',
			},
			'max-tokens': {
				type: 'string',
				value: 'N',
				help: 'ask no more once so many are used (exit code 3)',
			},
			'max-cost': {
				type: 'string',
				value: 'USD',
				help: 'ask no more once it has cost so much (exit code 3)',
			},
			window: {
				type: 'string',
				value: 'N',
				help: 'how many tokens fit into the model',
				noted: true,
			},
			'add-dir': {
				type: 'strings',
				value: 'DIR',
				help: 'a folder beside this one that it may use',
			},
			instructions: { type: 'string', value: 'FILE', help: 'what it is told besides' },
		},
		notes: [
			'The key comes from ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN or OPENAI_API_KEY.',
			'--conversation ID goes on or begins; --window N is what fits into the model.',
		],
		json: '{"v":1,"kind":"text","text":"…"}, and at the end {"v":1,"kind":"end","end":"done","why":null,"conversation":"…","usage":{"input":10,"cacheRead":0,"cacheWrite":0,"output":5,"reasoning":0},"usd":0.01}',
		examples: [
			'weir agent',
			"weir agent --print --permission-mode edits 'mend the typo in the readme'",
		],
		load: () => import('../verbs/agent.ts'),
	},
} as const satisfies Readonly<Record<string, Verb>>;
