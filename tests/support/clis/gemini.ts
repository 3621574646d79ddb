// Gemini CLI against Google's generateContent.
import type { ToolCall } from '../model-api-dialect.ts';
import {
	asksColour,
	byTools,
	colours,
	delegated,
	delegates,
	prompts,
	type RealCli,
	usualScenes,
} from './real-cli.ts';

/** It takes hooks and servers from a file of root's alone. */
const takesHooks = process.getuid?.() === 0;

const planned = 'Grow a tree';

const shell = (command: string): ToolCall => ({
	tool: 'run_shell_command',
	input: { command, description: 'Makes a file' },
});

export const gemini: RealCli = {
	name: 'gemini',
	home: {
		'.gemini/settings.json': JSON.stringify({
			security: { auth: { selectedType: 'gemini-api-key' } },
			privacy: { usageStatisticsEnabled: false },
		}),
		'.gemini/GEMINI.md': 'Of the user.\n',
	},
	env: (api) => ({
		GEMINI_API_KEY: 'of-the-test-only',
		GOOGLE_GEMINI_BASE_URL: api,
	}),
	settings: () =>
		'agents:\n  real: {like: gemini, command: [gemini, --model, gemini-2.5-flash]}\n',
	scenes: [
		byTools((name, input) => ({ tool: `mcp_weir_${name}`, input })),
		...usualScenes({
			shell,
			write: (file) => ({
				tool: 'write_file',
				input: { file_path: `{worktree}/${file}`, content: 'made\n' },
			}),
			retries: 3,
		}),
		asksColour({
			tool: 'ask_user',
			input: {
				questions: [
					{
						...{ question: 'Which colour?', header: 'Colour', type: 'choice' },
						options: colours,
					},
				],
			},
		}),
		{
			prompt: prompts.plan,
			turns: [
				{ calls: [{ tool: 'enter_plan_mode', input: { reason: 'to think' } }] },
				// A relative path is one of its folder of plans.
				{
					calls: [
						{
							tool: 'write_file',
							input: { file_path: 'plan.md', content: `# Plan\n\n1. ${planned}\n` },
						},
					],
				},
				{ calls: [{ tool: 'exit_plan_mode', input: { plan_filename: 'plan.md' } }] },
				{ say: 'planned' },
			],
		},
		...delegates(
			{ tool: 'invoke_agent', input: { agent_name: 'generalist', prompt: delegated } },
			shell,
		),
	],
	own: /^(\.gemini\/(?!settings\.json$|GEMINI\.md$)|\.cache\/|\.npm\/)/,
	kept: { file: '.gemini/settings.json', without: /hook|trust/ },
	planned,
	without: {
		trust: 'it is told at its start',
		limited: 'no: it tries again by itself for minutes and says nothing of that',
		retried: 'no: it says nothing of its tries',
		foreignHook: 'its hooks run where the folder is trusted, as it is',
		...(!takesHooks && {
			byTool: 'no: it takes no servers of weir, which stand in a file of root alone',
			scoped: 'no hook asks before a write: what stops it is the sandbox',
		}),
	},
	reportsBy: takesHooks ? 'hook' : 'title',
	...(!takesHooks && { rests: 'idle' }),
	saysWhy: false,
	yesKeys: ['1'],
	logins: ['GEMINI_API_KEY'],
};
