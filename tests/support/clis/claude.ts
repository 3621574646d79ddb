// Claude Code against Anthropic Messages.
import type { ToolCall } from '../model-api-dialect.ts';
import {
	asked,
	byTools,
	committing,
	common,
	fileOf,
	makes,
	prompts,
	type RealCli,
	retried,
} from './real-cli.ts';

/** What a subagent is told. */
const delegated = 'MAKE DELEGATED';

const bash = (command: string): ToolCall => ({
	tool: 'Bash',
	input: { command, description: 'Makes a file' },
});

const writes = (file: string): ToolCall => ({
	tool: 'Write',
	input: { file_path: file, content: 'made\n' },
});

export const claude: RealCli = {
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
		byTools((name, input) => ({ tool: `mcp__weir__${name}`, input })),
	],
	own: /^(\.claude\/(?!settings\.json$|CLAUDE\.md$)|\.claude\.json|\.cache\/|\.local\/|\.npm\/)/,
	kept: { file: '.claude.json', without: /"hasTrustDialogAccepted": true|weir hook/ },
	without: {
		trust: 'it is told at its start',
		foreignHook: 'its hooks run where the folder is trusted, as it is',
	},
	reportsBy: 'osc7501',
	saysWhy: true,
	yesKeys: ['1'],
	logins: ['ANTHROPIC_AUTH_TOKEN'],
};
