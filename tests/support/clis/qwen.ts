// Qwen Code against OpenAI Chat Completions.
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

const planned = 'Grow a tree';

const shell = (command: string): ToolCall => ({
	tool: 'run_shell_command',
	input: { command, description: 'Makes a file', is_background: false },
});

export const qwen: RealCli = {
	name: 'qwen',
	home: { '.qwen/settings.json': '{}\n', '.qwen/QWEN.md': 'Of the user.\n' },
	env: (api) => ({
		OPENAI_API_KEY: 'of-the-test-only',
		OPENAI_BASE_URL: `${api}/v1`,
		OPENAI_MODEL: 'scripted',
	}),
	settings: () => 'agents:\n  real: {like: qwen, command: [qwen, --auth-type, openai]}\n',
	scenes: [
		...usualScenes({
			shell,
			write: (file) => ({
				tool: 'write_file',
				input: { file_path: `{worktree}/${file}`, content: 'made\n' },
			}),
			retries: 7,
		}),
		byTools((name, input) => ({ tool: `mcp__weir__${name}`, input })),
		asksColour({
			tool: 'ask_user_question',
			input: {
				questions: [
					{
						...{ question: 'Which colour?', header: 'Colour', multiSelect: false },
						options: colours,
					},
				],
			},
		}),
		{
			prompt: prompts.plan,
			turns: [
				{ calls: [{ tool: 'enter_plan_mode', input: {} }] },
				{
					calls: [
						{ tool: 'exit_plan_mode', input: { plan: `# Plan\n\n1. ${planned}\n` } },
					],
				},
				{ say: 'planned' },
			],
		},
		...delegates(
			{
				tool: 'agent',
				input: {
					...{ description: 'makes a file', prompt: delegated },
					subagent_type: 'general-purpose',
					// In the background, as it is without this, it cannot ask: its tool is refused.
					run_in_background: false,
				},
			},
			shell,
		),
	],
	own: /^(\.qwen\/(?!settings\.json$|QWEN\.md$)|\.cache\/|\.local\/|\.npm\/)/,
	kept: { file: '.qwen/settings.json', without: /hook|trust|mcp/ },
	planned,
	without: {
		trust: 'it asks for none',
		limited: 'no: it tries again by itself for minutes and says nothing of that',
		retried: 'no: it says nothing of its tries',
		foreignHook: 'its hooks run where the folder is trusted, as it is',
	},
	asksBeside: true,
	reportsBy: 'hook',
	saysWhy: false,
	yesKeys: ['1'],
	logins: ['OPENAI_API_KEY'],
};
