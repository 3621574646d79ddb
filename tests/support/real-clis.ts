// The real CLIs that `npm run test:clis` drives, each against the scripted model API: how it is set up
// in a home of its own, and what its model says so that something happens.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Scene } from './model-api.ts';
import type { ToolCall } from './model-api-dialect.ts';

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
	scoped: 'WRITE WHERE YOU MAY',
	commits: 'COMMIT WHAT YOU MAY',
} as const;
export type PromptName = keyof typeof prompts;

const asked = "weir ask 'Keep it?' --choice keep --choice drop";

/** What a subagent is told. */
const delegated = 'MAKE DELEGATED';

export interface RealCli {
	readonly name: 'claude' | 'codex';
	/** Files of its home before its first start. */
	readonly home: Readonly<Record<string, string>>;
	readonly env: (api: string) => Readonly<Record<string, string>>;
	/** Settings of weir by which it is started as `--agent real`. */
	readonly settings: (api: string) => string;
	readonly scenes: readonly Scene[];
	/** Where it keeps what it writes by itself, below its home. */
	readonly own: RegExp;
	/** Its own settings, which it writes as well, and what weir says at its start and it must not keep there. */
	readonly kept: { readonly file: string; readonly without: RegExp };
	/** Prompts that it has no way to come to. */
	readonly without: Readonly<Partial<Record<PromptName | 'foreignHook', string>>>;
	/** The words of a refusal reach its model. */
	readonly saysWhy: boolean;
	/** Keys by which a person at its pane allows what it asks. */
	readonly yesKeys: readonly string[];
	/** Variables without which it is not logged in. */
	readonly logins: readonly string[];
}

/** A file that a trial looks for in the worktree. */
export function fileOf(
	name: 'allowed' | 'denied' | 'atPane' | 'subagent' | 'inside' | 'outside',
): string {
	return `made-${name.toLowerCase()}`;
}

const common: readonly Scene[] = [
	{ prompt: prompts.hello, turns: [{ say: 'hello' }] },
	{ prompt: prompts.later, turns: [{ say: 'later it is' }] },
	{ prompt: prompts.limited, turns: [{ fail: 429 }] },
];

/** So often that it says so, and goes on soon. */
function retried(times: number): Scene {
	const turns = [{ fail: 500, times, retry: true } as const, { say: 'at last' }];
	return { prompt: prompts.retried, turns };
}

function makes(
	name: 'allowed' | 'denied' | 'atPane',
	call: (file: string) => ToolCall,
): Scene {
	const turns = [{ calls: [call(fileOf(name))] }, { say: 'so be it' }];
	return { prompt: prompts[name], turns };
}

/** Writes beside its scope, which is below src, and in it, and commits that. */
const committing =
	'echo out > made-outside; echo in > src/in.txt; git add src && git commit -qm within; echo commit $?';

const bash = (command: string): ToolCall => ({
	tool: 'Bash',
	input: { command, description: 'Makes a file' },
});

const writes = (file: string): ToolCall => ({
	tool: 'Write',
	input: { file_path: file, content: 'made\n' },
});

const claude: RealCli = {
	name: 'claude',
	home: {
		'.claude.json': JSON.stringify({ hasCompletedOnboarding: true, theme: 'dark' }),
		'.claude/settings.json': '{}\n',
		'.claude/CLAUDE.md': 'Of the user.\n',
	},
	env: (api) => ({ ANTHROPIC_BASE_URL: api, ANTHROPIC_AUTH_TOKEN: 'of-the-test-only' }),
	settings: () => 'agents:\n  real: {like: claude, command: [claude]}\n',
	scenes: [
		...common,
		retried(4),
		...(['allowed', 'denied', 'atPane'] as const).map((name) =>
			makes(name, (file) => bash(`touch ${file}`)),
		),
		{
			prompt: prompts.question,
			turns: [
				{
					calls: [
						{
							tool: 'AskUserQuestion',
							input: {
								questions: [
									{
										question: 'Which colour?',
										header: 'Colour',
										multiSelect: false,
										options: [
											{ label: 'Red', description: 'like fire' },
											{ label: 'Blue', description: 'like water' },
										],
									},
								],
							},
						},
					],
				},
				{ say: 'thanks' },
			],
		},
		{
			prompt: prompts.plan,
			turns: [
				{ calls: [{ tool: 'EnterPlanMode', input: {} }] },
				{ calls: [{ tool: 'ExitPlanMode', input: {} }] },
				{ say: 'planned' },
			],
		},
		{
			prompt: prompts.subagent,
			turns: [
				{
					calls: [
						{
							tool: 'Agent',
							input: {
								description: 'makes a file',
								prompt: delegated,
								subagent_type: 'general-purpose',
							},
						},
					],
				},
				{ say: 'somebody is at it' },
			],
		},
		{
			prompt: delegated,
			turns: [{ calls: [bash(`touch ${fileOf('subagent')}`)] }, { say: 'made' }],
		},
		{
			prompt: prompts.long,
			turns: [{ calls: [bash('sleep 1; sleep 60')] }, { say: 'slept' }],
		},
		{
			prompt: prompts.scoped,
			turns: [
				{ calls: [writes(fileOf('outside'))] },
				{ calls: [writes(fileOf('inside'))] },
				{ say: 'written' },
			],
		},
		{
			prompt: prompts.commits,
			turns: [{ calls: [bash(committing)] }, { say: 'committed' }],
		},
		{
			prompt: prompts.byVerb,
			turns: [
				{ calls: [bash(asked)] },
				{ calls: [bash("weir done --note 'kept it'")] },
				{ say: 'thanks' },
			],
		},
	],
	own: /^(\.claude\/(?!settings\.json$|CLAUDE\.md$)|\.claude\.json|\.cache\/|\.local\/|\.npm\/)/,
	kept: { file: '.claude.json', without: /"hasTrustDialogAccepted": true|weir hook/ },
	without: { foreignHook: 'its hooks run where the folder is trusted, as it is' },
	saysWhy: true,
	yesKeys: ['1'],
	logins: ['ANTHROPIC_AUTH_TOKEN'],
};

/** Its models write a program for each call. */
const script = (input: string): ToolCall => ({ tool: 'exec', input });

const patchOf = (file: string) =>
	['*** Begin Patch', `*** Add File: ${file}`, '+made', '*** End Patch'].join('\n');

const tries = (call: string): ToolCall =>
	script(`try { text(await ${call}); } catch (error) { text(String(error)); }`);

const patches = (file: string): ToolCall =>
	tries(`tools.apply_patch(${JSON.stringify(patchOf(file))})`);

/** It applies that by itself, and runs no command. */
const patchesByShell = (file: string): ToolCall => {
	const cmd = `cd . && apply_patch <<'EOF'\n${patchOf(file)}\nEOF\n`;
	return tries(`tools.exec_command(${JSON.stringify({ cmd })})`);
};

const codex: RealCli = {
	name: 'codex',
	home: {
		'.codex/config.toml': '# Of the user.\n',
		'.codex/AGENTS.md': 'Of the user.\n',
	},
	env: () => ({ OPENAI_API_KEY: 'of-the-test-only' }),
	settings: (api) => {
		const provider = `model_providers.local={name="local",base_url="${api}/v1",env_key="OPENAI_API_KEY"}`;
		const command = ['codex', '-c', 'model_provider=local', '-c', provider];
		return `agents:\n  real: {like: codex, command: ${JSON.stringify(command)}}\n`;
	},
	scenes: [
		...common,
		// It says nothing of the first five.
		retried(7),
		...(['allowed', 'denied', 'atPane'] as const).map((name) =>
			makes(name, (file) =>
				script(
					`const done = await tools.exec_command({cmd: 'touch ${file}', sandbox_permissions: 'require_escalated', justification: 'May I make a file?'}); text(String(done.exit_code));`,
				),
			),
		),
		{
			prompt: prompts.scoped,
			turns: [
				{ calls: [patches(fileOf('outside'))] },
				{ calls: [patchesByShell(fileOf('outside'))] },
				{ calls: [patches(fileOf('inside'))] },
				{ say: 'written' },
			],
		},
		{
			prompt: prompts.commits,
			turns: [
				{
					calls: [
						tries(
							`tools.exec_command(${JSON.stringify({ cmd: committing })}).then((done) => done.output)`,
						),
					],
				},
				{ say: 'committed' },
			],
		},
		{
			prompt: prompts.long,
			turns: [
				{
					calls: [
						script(
							`text((await tools.exec_command({cmd: 'sleep 60', yield_time_ms: 30000})).output);`,
						),
					],
				},
				{ say: 'slept' },
			],
		},
	],
	// Counters of its notices are kept in its settings.
	own: /^(\.codex\/(?!AGENTS\.md$)|\.cache\/|\.local\/)/,
	kept: {
		file: '.codex/config.toml',
		without: /trust_level|hooks|instructions|sandbox|approval/,
	},
	without: {
		question:
			'no: what it asks in its usual mode it only prints, and works on; the other way is of its plan mode and was not tried',
		plan: 'not tried',
		byVerb:
			'its sandbox lets no command reach weir, so it is told to end its turn with a question',
		subagent: 'not tried',
	},
	saysWhy: false,
	yesKeys: ['y'],
	logins: ['OPENAI_API_KEY'],
};

export const realClis: readonly RealCli[] = [claude, codex];

/** What it calls its version; null where it is not on the PATH. */
export function versionOf({ name }: RealCli): string | null {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const path = folders.map((folder) => join(folder, name)).find(existsSync);
	if (path === undefined) return null;
	const printed = execFileSync(path, ['--version'], {
		encoding: 'utf8',
		timeout: 20_000,
	});
	return /\d+\.\d+\.\d+\S*/.exec(printed)?.[0] ?? printed.trim();
}
