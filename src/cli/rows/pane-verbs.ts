// Verbs on what an agent shows and does: its state, its screen, what is typed to it.
import type { Verb } from '../verb.ts';

export const paneVerbs = {
	explain: {
		summary: 'Say who says what an agent does, how long ago, and by which rule',
		usage: 'AGENT',
		arguments: [1, 1],
		flags: {
			set: {
				type: 'string',
				value: 'STATE',
				help: 'what it does by your word; auto takes that back',
			},
		},
		notes: [
			'The sources, the most trusted first; the one marked > counts. A ~ is read off',
			'the screen or guessed. What you set stands until the program says another state.',
		],
		json: '{"v":1,"agent":Agent,"words":[{"source":"screen","state":"asks","inferred":true,"why":"…","at":"…","rule":"password"}],"overridden":false,"screen":["…"]}',
		examples: ['weir explain api', 'weir explain api --set idle'],
		load: () => import('../verbs/explain.ts'),
	},
	screen: {
		summary: "Print an agent's screen",
		usage: 'AGENT',
		arguments: [1, 1],
		flags: {
			ansi: { type: 'boolean', help: 'with colours' },
			history: { type: 'boolean', help: 'with all that has scrolled off' },
		},
		notes: ['Where a history breaks off, `--json` has `"refusal"` beside `"lines"`.'],
		json: '{"v":1,"lines":["…"]}',
		examples: ['weir screen api', 'weir screen api --history | less'],
		load: () => import('../verbs/screen.ts'),
	},
	send: {
		summary: 'Type a text into an agent, Enter after it',
		usage: 'AGENT TEXT',
		arguments: [2, 2],
		flags: { 'no-enter': { type: 'boolean', help: 'do not press Enter' } },
		notes: [
			'Nothing is typed into an agent that waits for an answer (exit code 3): see',
			'weir inbox, or press keys. Of a CLI that weir knows it is seen that it takes the',
			'text: taken is true then, and null where nothing would show it.',
		],
		json: '{"v":1,"queued":false,"taken":true}',
		examples: ["weir send api 'run the tests'", "weir send api 'draft' --no-enter"],
		load: () => import('../verbs/send.ts'),
	},
	keys: {
		summary: 'Press keys in an agent',
		usage: 'AGENT KEY...',
		arguments: [2, 1000],
		flags: {},
		notes: [
			'A key is a single character or a name: enter, tab, esc, space, backspace,',
			'delete, insert, up, down, left, right, home, end, pageup, pagedown, f1 to f12,',
			'shift+tab, ctrl+a, alt+x. Where one is none of these (exit code 2), none of',
			'them is pressed.',
		],
		json: '{"v":1,"queued":false}',
		examples: ['weir keys api esc', 'weir keys api ctrl+c up enter'],
		load: () => import('../verbs/keys.ts'),
	},
	shell: {
		summary: "Open a shell of yours in an agent's worktree, as a pane beside it",
		usage: 'AGENT',
		arguments: [1, 1],
		rest: 'COMMAND...',
		flags: {},
		json: '{"v":1,"shell":"t12"}',
		examples: ['weir shell api', 'weir shell api -- lazygit'],
		load: () => import('../verbs/shell.ts'),
	},
	wait: {
		summary: 'Wait until agents are in a state',
		usage: 'AGENT...',
		arguments: [1, 100],
		flags: {
			until: {
				type: 'string',
				value: 'STATE',
				help: 'idle, done, needs-you, ...; several with commas',
			},
			timeout: { type: 'string', value: 'SECONDS', help: 'give up with exit code 124' },
		},
		notes: [
			'Without --until it waits until nobody is at work: idle, done, asks,',
			'needs-approval, failed, stuck, interrupted or ended. What cannot come by',
			'itself, since the agent was removed or its program has ended, is refused with',
			'exit code 3 instead of waited for. A word that is no state is exit code 2.',
			'needs-you: it asks, or only somebody brings it on, as in weir inbox.',
		],
		json: '{"v":1,"timedOut":false,"agents":[Agent…]}',
		examples: ['weir wait api', 'weir wait api docs --until idle,done --timeout 600'],
		load: () => import('../verbs/wait.ts'),
	},
} as const satisfies Readonly<Record<string, Verb>>;
