// Verbs on the life of agents.
import type { Verb } from '../verb.ts';
import { noWait, onAgents } from './agent-list.ts';

export const agentVerbs = {
	new: {
		summary: 'Create a worktree for each name and start an agent in it',
		usage: 'NAME...',
		arguments: [1, 200],
		rest: 'COMMAND...',
		flags: {
			agent: {
				type: 'string',
				value: 'KIND',
				help: 'an agent kind of the settings, or shell',
			},
			base: { type: 'string', value: 'REF', help: 'the branch or commit to start from' },
			branch: {
				type: 'string',
				value: 'BRANCH',
				help: 'a branch of yours to go on with, instead of a new one',
			},
			worktree: {
				type: 'string',
				value: 'DIR',
				help: 'start from what stands there, uncommitted files too',
			},
			prompt: {
				type: 'string',
				value: 'TEXT',
				help: 'typed once the program runs (see below); - reads it',
			},
			scope: {
				type: 'strings',
				value: 'GLOB',
				help: 'what it may write, as in .gitignore; may be repeated',
			},
			columns: {
				type: 'string',
				value: 'N',
				help: 'width of its terminal until it is shown',
			},
			rows: {
				type: 'string',
				value: 'N',
				help: 'height of its terminal until it is shown',
			},
			'no-wait': noWait,
		},
		notes: [
			'A CLI that weir knows gets its prompt in its own way, a kind of the settings as',
			'it says (agents.KIND.prompt), a command or a shell as a comment (# TEXT).',
		],
		json: '{"v":1,"agents":[Agent],"refusals":[]}',
		examples: [
			"weir new docs lint --agent claude --scope 'docs/**'",
			'weir new try --worktree .',
		],
		load: () => import('../verbs/new.ts'),
	},
	kill: {
		...onAgents,
		summary: "End an agent's program; its worktree stays",
		flags: { 'no-wait': noWait },
		notes: [
			'A snapshot of the worktree is taken, then the program and all that it started',
			'hear HUP, after 5 seconds TERM and after 5 more KILL; agents.KIND.stop names',
			'other first signals. An agent that is being killed and is killed again meets',
			'KILL at once.',
			...onAgents.notes,
		],
		examples: ['weir kill api'],
		load: () => import('../verbs/kill.ts'),
	},
	respawn: {
		...onAgents,
		summary: "Start an agent's program again",
		flags: {
			fresh: { type: 'boolean', help: 'begin anew, told its task and what went wrong' },
			resume: { type: 'boolean', help: 'go on with its conversation' },
			former: {
				type: 'boolean',
				help: 'go on with the conversation that the last start left',
			},
			note: { type: 'string', value: 'TEXT', help: 'what it is told at its start' },
			'no-wait': noWait,
		},
		notes: [
			'Without --fresh and --resume it goes on with its conversation where its CLI can;',
			'one that is stuck at a task begins anew, told so. Its worktree stays as it is.',
			...onAgents.notes,
		],
		examples: ['weir respawn api', "weir respawn api --fresh --note 'leave the tests'"],
		load: () => import('../verbs/respawn.ts'),
	},
	rename: {
		summary: 'Give an agent another name; its worktree and branch keep theirs',
		usage: 'AGENT NAME',
		arguments: [2, 2],
		flags: {},
		json: '{"v":1,"agents":[Agent]}',
		examples: ['weir rename api server'],
		load: () => import('../verbs/rename.ts'),
	},
	pause: {
		...onAgents,
		summary: "Stop all of an agent's processes where they are",
		examples: ['weir pause api'],
		load: () => import('../verbs/pause.ts'),
	},
	resume: {
		...onAgents,
		summary: 'Let paused agents go on, or all that were interrupted',
		usage: 'AGENT...|--all',
		arguments: [0, 100],
		flags: {
			all: {
				type: 'boolean',
				help: 'all that are paused, and all that were lost',
			},
		},
		notes: [
			'After the machine went down nothing starts by itself: with --all what is',
			'paused goes on and what was lost is started again, with its conversation',
			'where its CLI can go on with one, with the environment of this shell.',
			...onAgents.notes,
		],
		examples: ['weir resume api', 'weir resume --all'],
		load: () => import('../verbs/resume.ts'),
	},
	remove: {
		...onAgents,
		summary: 'Take the worktree of an agent away, after a snapshot',
		flags: { yes: { type: 'boolean', help: 'also when work is not in the base' } },
		notes: [
			'Where work is not in the base it asks first; without a terminal, and with',
			'--json, that is refused without --yes, by a sentence that says what would go.',
			...onAgents.notes,
		],
		examples: ['weir remove api', 'weir remove api --yes'],
		load: () => import('../verbs/remove.ts'),
	},
	restore: {
		...onAgents,
		summary: 'Bring a removed agent back from its snapshot',
		examples: ['weir restore api'],
		load: () => import('../verbs/restore.ts'),
	},
	prune: {
		summary: 'Offer to remove agents that ended and whose work is all in the base',
		usage: '',
		arguments: [0, 0],
		flags: { yes: { type: 'boolean', help: 'remove them without asking' } },
		json: '{"v":1,"agents":[{"name":"api","why":"the base has its commits"}],"removed":["api"]}',
		examples: ['weir prune', 'weir prune --yes'],
		load: () => import('../verbs/prune.ts'),
	},
} as const satisfies Readonly<Record<string, Verb>>;
