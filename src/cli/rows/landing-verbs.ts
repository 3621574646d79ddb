// Verbs on the work of agents: what changed, what may change, and how it lands.
import type { Verb } from '../verb.ts';
import { noWait } from './agent-list.ts';

export const landingVerbs = {
	diff: {
		summary: 'Show what an agent has changed, uncommitted files included',
		usage: 'AGENT',
		arguments: [1, 1],
		flags: { stat: { type: 'boolean', help: 'only the files and how much of each' } },
		notes: [
			'What its scope keeps from landing is named, and marked with ! in a terminal.',
		],
		json: '{"v":1,"text":"diff --git …","truncated":false,"outside":[]}',
		examples: ['weir diff api', 'weir diff api --stat'],
		load: () => import('../verbs/diff.ts'),
	},
	review: {
		summary: 'Show what an agent has changed by file, and comment on its lines',
		usage: 'AGENT [FILE:LINE TEXT]',
		arguments: [1, 1000],
		flags: {
			send: { type: 'boolean', help: 'send it all comments that it does not have' },
		},
		notes: [
			'A comment is kept with the line as it stands there now, and is sent with the',
			'others, in one message, once the agent is idle. ! marks what its scope does not',
			'cover. The terminal shows what differs, by the key 4: docs/review.md.',
		],
		json: '{"v":1,"agent":"api","base":{"branch":"main","commit":"9f2c"},"tree":"77","files":[{"path":"a.ts","from":null,"letter":"M","old":{"mode":"100644","object":"ab"},"new":{"mode":"100644","object":"cd"},"added":1,"removed":1,"outside":false,"viewed":false}],"comments":[{"id":"c7","at":"…","path":"a.ts","side":"new","line":3,"quote":"…","text":"…","standing":"unsent"}],"counts":{"files":1,"added":1,"removed":1,"outside":0}}',
		examples: ['weir review api', "weir review api src/a.ts:3 'add a test' --send"],
		load: () => import('../verbs/review.ts'),
	},
	scope: {
		summary:
			'Show what an agent may write and what holds it to that, or let it write more',
		usage: 'AGENT [PATH...] | add AGENT GLOB... | request GLOB...',
		arguments: [0, 200],
		words: ['show', 'add', 'request'],
		flags: {
			why: { type: 'string', value: 'TEXT', help: 'add, request: kept in the journal' },
			timeout: {
				type: 'string',
				value: 'SECONDS',
				help: 'request: give up after this (exit code 124)',
			},
		},
		notes: [
			'Of each PATH, from the top of the repository on, it says whether the agent may',
			'write it and by which pattern. add is for you. request is said by an agent: it',
			'waits for you, and ends with 0 once it may, with 3 where you said no. Without a',
			'name an agent is shown its own scope. More on patterns and layers is in',
			'docs/guard.md.',
		],
		json: '{"v":1,"name":"api","patterns":["src/**"],"layers":[{"layer":"prevention","holds":true,"text":"…","allow":null}],"temp":"/abs/.tmp-of/api/tmp","widened":[],"paths":[{"path":"docs/a.md","allowed":false,"by":null,"mustBeNamed":false}],"outside":[]}',
		examples: [
			'weir scope api docs/guide.md',
			"weir scope add api 'docs/**' --why 'the manual belongs to it'",
			"weir scope request 'docs/**' --why 'the manual names the route'",
		],
		load: () => import('../verbs/scope.ts'),
	},
	outside: {
		summary: 'Show what was written outside the scope of an agent, and put it back',
		usage: 'AGENT',
		arguments: [1, 1],
		flags: {
			restore: { type: 'boolean', help: 'put it back as it was; copies are kept' },
			keep: { type: 'boolean', help: 'keep copies, and leave the files as they are' },
		},
		notes: [
			'What is as before, or covered by a wider scope, is not listed any more. Copies',
			'lie in the folders that are printed, for you alone; docs/guard.md says how long.',
		],
		json: '{"v":1,"paths":[{"path":"docs/a.md","how":"changed","at":"…"}],"more":0,"left":[],"kept":[{"folder":"…","at":"…","files":1,"bytes":12}],"unwatched":null}',
		examples: ['weir outside api', 'weir outside api --restore'],
		load: () => import('../verbs/outside.ts'),
	},
	gates: {
		summary: 'Show what gates say of the work of agents, or let them run',
		usage: '[AGENT] | run AGENT [GATE...] | show AGENT GATE | tell AGENT GATE',
		arguments: [0, 50],
		words: ['run', 'show', 'tell'],
		flags: {
			again: { type: 'boolean', help: 'run: on the same files once more' },
			landing: { type: 'boolean', help: 'show: what it said of the last landing' },
			'no-wait': noWait,
		},
		notes: [
			'A verdict is of exactly the files that stand there now, or it is called stale.',
			'run ends with 0 where all are green, with 1 where one is not. show prints what',
			'failed and what was printed, tell lets the agent know once it is idle. Gates',
			'are set up in .weir/config.yaml, as in gates: {test: npm test}; docs/gates.md',
			'has the rest.',
		],
		json: '{"v":1,"gates":[{"name":"test","run":"npm test","when":"settle"}],"trusted":true,"slots":{"taken":0,"all":1},"agents":[{"agent":"api","tree":"77…","moved":false,"gates":[{"name":"test","verdict":"failed","new":1,"known":7}]}]}',
		examples: ['weir gates', 'weir gates run api test', 'weir gates show api test'],
		load: () => import('../verbs/gates.ts'),
	},
	merge: {
		summary: 'Land an agent on its base',
		usage: '[AGENT]',
		arguments: [0, 1],
		flags: {
			all: { type: 'boolean', help: 'every agent that has commits, one after the other' },
			strategy: { type: 'string', value: 'S', help: 'squash, merge or rebase' },
			message: { type: 'string', value: 'TEXT', help: 'the commit message; - reads it' },
			into: {
				type: 'string',
				value: 'BRANCH',
				help: 'another branch; integration is made',
			},
			'with-uncommitted': { type: 'boolean', help: 'land uncommitted files too' },
			committed: { type: 'boolean', help: 'land the commits, leave uncommitted files' },
			override: {
				type: 'string',
				value: 'WHY',
				help: 'land whatever gates say; kept in journal and commit',
			},
			accept: {
				type: 'strings',
				value: 'FILE',
				help: 'what gates judge by may change; or all of it',
			},
			after: {
				type: 'string',
				value: 'A',
				help: 'the worktree then: keep, reset, remove',
			},
			'hand-off': { type: 'boolean', help: 'on a conflict bring the base to the agent' },
			'no-wait': noWait,
		},
		notes: [
			'Ends once all has landed, been refused or found in conflict (exit code 3; 0 once',
			'handed off). What gates of the base call red does not land: docs/landing.md.',
		],
		json: '{"v":1,"landings":[{"agent":"api","landing":"l57","phase":"landed","old":"9f2c…","new":"ab12…","files":[],"checkout":"updated","after":null,"handedOff":null}],"refusals":[]}',
		examples: ['weir merge api --accept package.json'],
		load: () => import('../verbs/merge.ts'),
	},
	pr: {
		summary: 'Push what an agent has committed, and open a pull request with gh',
		usage: 'AGENT',
		arguments: [1, 1],
		flags: {
			base: {
				type: 'string',
				value: 'BRANCH',
				help: "there, instead of the agent's base",
			},
			title: { type: 'string', value: 'TEXT', help: 'instead of what its commits say' },
			body: { type: 'string', value: 'TEXT', help: 'instead of task, commits and gates' },
			draft: { type: 'boolean', help: 'open it as a draft' },
			remote: { type: 'string', value: 'R', help: 'push there' },
			'with-uncommitted': { type: 'boolean', help: 'push uncommitted files too' },
			committed: { type: 'boolean', help: 'push the commits, leave uncommitted files' },
			force: { type: 'boolean', help: 'replace commits there that the agent rewrote' },
			'no-verify': { type: 'boolean', help: 'leave out your pre-push hook' },
			timeout: { type: 'string', value: 'SECONDS', help: 'for all of it; 600' },
		},
		notes: [
			'Once more, it pushes what is new and names the pull request that is there. It',
			'runs your git, your hook and your gh in this terminal: docs/landing.md.',
		],
		json: '{"v":1,"agent":"api","branch":"weir/api","remote":"origin","commit":"ab12…","push":"new","pull":{"url":"https://…/7","number":7,"base":"main","found":false},"refusal":null}',
		examples: ['weir pr api --draft'],
		load: () => import('../verbs/pr.ts'),
	},
	queue: {
		summary: 'Show what waits to land, and in which order; hold, release or move it',
		usage: '[hold AGENT... | release AGENT... | move AGENT]',
		arguments: [0, 200],
		words: ['hold', 'release', 'move'],
		flags: {
			why: { type: 'string', value: 'TEXT', help: 'hold: kept in the journal' },
			before: { type: 'string', value: 'OTHER', help: 'move: before that agent' },
			first: { type: 'boolean', help: 'move: before all others' },
			last: { type: 'boolean', help: 'move: behind all others' },
		},
		notes: [
			'Agents with commits that their base does not have, the first to land first: as',
			'you moved them, then by when their last commit came. Conflicts with the base and',
			'with each other are predicted as soon as anybody commits. What is held does not',
			'land before it is released: weir merge refuses it. docs/landing.md has the rest.',
		],
		json: '{"v":1,"queue":[{"position":1,"agent":"api","base":"main","head":"ab12…","standing":"ready","why":null,"held":null,"gates":[{"name":"test","verdict":"passed"}],"conflicts":[],"clashes":[{"agent":"jobs","position":2,"files":["src/queue.ts"],"count":1}],"predicted":true}]}',
		examples: ['weir queue', 'weir queue hold api --why "after the release"'],
		load: () => import('../verbs/queue.ts'),
	},
	undo: {
		summary: 'Take back a landing, or the last kill, removal or landing',
		usage: '[LANDING]',
		arguments: [0, 1],
		flags: {
			revert: {
				type: 'boolean',
				help: 'land the opposite, of the newest landing where none is named',
			},
			yes: { type: 'boolean', help: 'do not ask' },
		},
		notes: [
			'Without LANDING the newest step is shown first where there is a terminal.',
			'Once others have built on a landing it can be taken back by --revert alone.',
		],
		json: '{"v":1,"undone":"merge of api into main","kept":null}',
		examples: ['weir undo', 'weir undo l57 --revert'],
		load: () => import('../verbs/undo.ts'),
	},
} as const satisfies Readonly<Record<string, Verb>>;
