// Copilot CLI against OpenAI Chat Completions.
import type { ToolCall } from '../model-api-dialect.ts';
import {
	asksColour,
	byTools,
	colours,
	delegated,
	delegates,
	type RealCli,
	usualScenes,
} from './real-cli.ts';

const shell = (command: string): ToolCall => ({
	tool: 'bash',
	// After half a minute it would go on without the command.
	input: { command, description: 'Makes a file', initial_wait: 120 },
});

export const copilot: RealCli = {
	name: 'copilot',
	home: {
		'.copilot/settings.json': '{}\n',
		'.copilot/copilot-instructions.md': 'Of the user.\n',
	},
	// The user trusts the folder in which weir makes worktrees: it asks for each else.
	homeOf: (_, worktrees) => ({
		'.copilot/config.json': JSON.stringify({ trustedFolders: [worktrees] }),
	}),
	env: (api) => ({
		COPILOT_OFFLINE: 'true',
		COPILOT_PROVIDER_BASE_URL: `${api}/v1`,
		COPILOT_PROVIDER_API_KEY: 'of-the-test-only',
		COPILOT_MODEL: 'scripted',
	}),
	settings: () => 'agents:\n  real: {like: copilot, command: [copilot]}\n',
	scenes: [
		...usualScenes({
			shell,
			write: (file) => ({
				tool: 'create',
				input: { path: `{worktree}/${file}`, file_text: 'made\n' },
			}),
			retries: 4,
		}),
		byTools((name, input) => ({ tool: `weir-${name}`, input })),
		asksColour({
			tool: 'ask_user',
			input: {
				message: 'Which colour?',
				requestedSchema: {
					properties: {
						colour: { type: 'string', enum: colours.map(({ label }) => label) },
					},
					required: ['colour'],
				},
			},
		}),
		...delegates(
			{
				tool: 'task',
				input: {
					...{ description: 'makes a file', prompt: delegated },
					...{ agent_type: 'general-purpose', name: 'maker' },
				},
			},
			shell,
		),
	],
	own: /^(\.copilot\/(?!settings\.json$|copilot-instructions\.md$)|\.cache\/)/,
	kept: { file: '.copilot/settings.json', without: /hook|trust|mcp|weir/ },
	untrusted: { file: '.copilot/config.json', text: '{}\n' },
	without: {
		byVerb:
			'it would ask leave for each: it allows a program, with all that is said to it, or not; it is told of the tools',
		plan: 'not tried by itself: its user switches to plans',
		login: 'not tried: it wants a login of GitHub, or none with a model of its own',
		foreignHook: 'its hooks run where the folder is trusted',
	},
	reportsBy: 'hook',
	saysWhy: false,
	yesKeys: ['1'],
	interruptKeys: ['esc', 'esc'],
	logins: ['COPILOT_PROVIDER_API_KEY'],
};
