// What a real CLI is to `npm run test:clis`: how it is set up in a home of its own, and what its model says
// so that something happens. A file each beside this one.
import type { Scene } from '../model-api.ts';
import type { ToolCall } from '../model-api-dialect.ts';

/** What the model is asked for; each begins the prompt of a trial. */
export const prompts = {
	hello: 'SAY HELLO',
	later: 'AND LATER',
	allowed: 'MAKE ALLOWED',
	denied: 'MAKE DENIED',
	atPane: 'MAKE ATPANE',
	question: 'ASK ME',
	plan: 'PLAN IT',
	subagent: 'SEND SOMEBODY',
	long: 'TAKE LONG',
	limited: 'RUN INTO A LIMIT',
	retried: 'BE RETRIED',
	byVerb: 'ASK BY A VERB',
	byTool: 'ASK BY A TOOL',
	scoped: 'WRITE WHERE YOU MAY',
	commits: 'COMMIT WHAT YOU MAY',
} as const;
/** What a trial needs of a CLI, beside a start and an end. */
export type Need =
	| keyof typeof prompts
	| 'trust'
	| 'foreignHook'
	| 'interrupt'
	| 'resume'
	| 'login'
	| 'usage';

export const asked = "weir ask 'Keep it?' --choice keep --choice drop";

const asking: Readonly<Record<string, object>> = {
	ask: { question: 'Keep it?', choices: ['keep', 'drop'] },
	done: { note: 'kept it' },
};

/** The same by weir's tools, as the CLI's models call them. */
export function byTools(call: (name: string, input: object) => ToolCall): Scene {
	const calls = Object.entries(asking).map(([name, input]) => ({
		calls: [call(name, input)],
	}));
	return { prompt: prompts.byTool, turns: [...calls, { say: 'thanks' }] };
}

export interface RealCli {
	/** Its adapter's, and its program's. */
	readonly name: string;
	/** Files of its home before its first start. */
	readonly home: Readonly<Record<string, string>>;
	/** Those that name the model API, or the folder in which worktrees are. */
	readonly homeOf?: (api: string, worktrees: string) => Readonly<Record<string, string>>;
	readonly env: (api: string) => Readonly<Record<string, string>>;
	/** Settings of weir by which it is started as `--agent real`. */
	readonly settings: (api: string) => string;
	readonly scenes: readonly Scene[];
	/** Where it keeps what it writes by itself, below its home. */
	readonly own: RegExp;
	/** Its own settings, which it writes as well, and what weir says at its start and it must not keep there. */
	readonly kept: { readonly file: string; readonly without: RegExp } | null;
	/** What makes it ask whether it may trust a worktree, in a file of its home. */
	readonly untrusted?: { readonly file: string; readonly text: string };
	/** Words of its plan, where it shows one that its model wrote. */
	readonly planned?: string;
	/** Trials that cannot be made of it, by what they need, and why. */
	readonly without: Readonly<Partial<Record<Need, string>>>;
	/** What comes before the prompt of a trial, typed once it is ready: a mode is not of its start. */
	readonly modes?: Readonly<Partial<Record<Need, string>>>;
	/** What a repository has it run, in files of its own: something that makes a file in the worktree. */
	readonly foreign?: (file: string) => Readonly<Record<string, string>>;
	/** Who says that it works and is done. */
	readonly reportsBy: 'osc7501' | 'hook' | 'title';
	/** What it is after a turn, where it says nothing of being done. */
	readonly rests?: 'idle';
	/** The words of a refusal reach its model. */
	readonly saysWhy: boolean;
	/** Keys by which a person at its pane allows what it asks. */
	readonly yesKeys: readonly string[];
	/** Keys that interrupt it; `esc` where nothing is said. */
	readonly interruptKeys?: readonly string[];
	/** It asks its model for more than what it is told to do, and counts that as well: titles, proposals. */
	readonly asksBeside?: boolean;
	/** A file of its home as it is without a login, where that is more than variables: then it starts as it is. */
	readonly loggedOut?: { readonly file: string; readonly text: string };
	/** Variables without which it is not logged in. */
	readonly logins: readonly string[];
}

/** A file that a trial looks for in the worktree. */
export function fileOf(
	name: 'allowed' | 'denied' | 'atPane' | 'subagent' | 'inside' | 'outside' | 'foreign',
): string {
	return `made-${name.toLowerCase()}`;
}

export const common: readonly Scene[] = [
	{ prompt: prompts.hello, turns: [{ say: 'hello' }] },
	{ prompt: prompts.later, turns: [{ say: 'later it is' }] },
	{ prompt: prompts.limited, turns: [{ fail: 429 }] },
];

/** Asks for a colour by a tool of its own. */
export function asksColour(call: ToolCall): Scene {
	return { prompt: prompts.question, turns: [{ calls: [call] }, { say: 'thanks' }] };
}

/** What a question offers. */
export const colours = [
	{ label: 'Red', description: 'like fire' },
	{ label: 'Blue', description: 'like water' },
];

/** What a subagent is told, in words that begin its prompt. */
export const delegated = 'MAKE DELEGATED';

/** Sends a subagent to make a file, by its tool for that and the shell. */
export function delegates(
	call: ToolCall,
	shell: (command: string) => ToolCall,
	/** What it calls next, where it does not wait by itself. */
	...next: readonly ToolCall[]
): readonly Scene[] {
	return [
		{
			prompt: prompts.subagent,
			turns: [
				...[call, ...next].map((one) => ({ calls: [one] })),
				{ say: 'somebody was at it' },
			],
		},
		{
			prompt: delegated,
			turns: [{ calls: [shell(`touch ${fileOf('subagent')}`)] }, { say: 'made' }],
		},
	];
}

/** So often that it says so, and goes on soon. */
export function retried(times: number): Scene {
	const turns = [{ fail: 500, times, retry: true } as const, { say: 'at last' }];
	return { prompt: prompts.retried, turns };
}

export function makes(
	name: 'allowed' | 'denied' | 'atPane',
	call: (file: string) => ToolCall,
): Scene {
	const turns = [{ calls: [call(fileOf(name))] }, { say: 'so be it' }];
	return { prompt: prompts[name], turns };
}

/** Writes beside its scope, which is below src, and in it, and commits that. */
export const committing =
	'echo out > made-outside; echo in > src/in.txt; git add src && git commit -qm within; echo commit $?';

/** What is tried of a CLI with a shell and a tool that writes a whole file, by how they are called. */
export function usualScenes(calls: {
	readonly shell: (command: string) => ToolCall;
	readonly write: (file: string) => ToolCall;
	/** How often the API fails until it says that it tries again. */
	readonly retries: number;
}): readonly Scene[] {
	const { shell, write, retries } = calls;
	return [
		...common,
		retried(retries),
		...(['allowed', 'denied', 'atPane'] as const).map((name) =>
			makes(name, (file) => shell(`touch ${file}`)),
		),
		{
			prompt: prompts.long,
			turns: [{ calls: [shell('sleep 1; sleep 60')] }, { say: 'slept' }],
		},
		{
			prompt: prompts.scoped,
			turns: [
				{ calls: [write(fileOf('outside'))] },
				{ calls: [write(fileOf('inside'))] },
				{ say: 'written' },
			],
		},
		{
			prompt: prompts.commits,
			turns: [{ calls: [shell(committing)] }, { say: 'committed' }],
		},
		{
			prompt: prompts.byVerb,
			turns: [
				{ calls: [shell(asked)] },
				{ calls: [shell("weir done --note 'kept it'")] },
				{ say: 'thanks' },
			],
		},
	];
}
