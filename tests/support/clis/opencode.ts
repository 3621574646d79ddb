// opencode against OpenAI Chat Completions.
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

/** In the words of its configuration. */
const provider = (api: string) => ({
	npm: '@ai-sdk/openai-compatible',
	name: 'local',
	options: { baseURL: `${api}/v1`, apiKey: '{env:LOCAL_API_KEY}' },
	models: { scripted: { name: 'scripted', tool_call: true } },
});

const shell = (command: string): ToolCall => ({
	tool: 'bash',
	input: { command, description: 'Makes a file' },
});

export const opencode: RealCli = {
	name: 'opencode',
	home: {},
	env: (api) => ({
		LOCAL_API_KEY: 'of-the-test-only',
		OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
		OPENCODE_DISABLE_MODELS_FETCH: '1',
		OPENCODE_CONFIG_CONTENT: JSON.stringify({
			provider: { local: provider(api) },
			model: 'local/scripted',
			small_model: 'local/scripted',
		}),
	}),
	settings: () => 'agents:\n  real: {like: opencode, command: [opencode]}\n',
	scenes: [
		byTools((name, input) => ({ tool: `weir_${name}`, input })),
		...usualScenes({
			shell,
			write: (filePath) => ({
				tool: 'write',
				input: { filePath, content: 'made\n' },
			}),
			// Its title is asked for in the same words, and thrice.
			retries: 4,
		}),
		asksColour({
			tool: 'question',
			input: {
				questions: [{ question: 'Which colour?', header: 'Colour', options: colours }],
			},
		}),
		...delegates(
			{
				tool: 'task',
				input: {
					description: 'makes a file',
					prompt: delegated,
					subagent_type: 'general',
				},
			},
			shell,
		),
	],
	own: /^(\.local\/(share|state)\/opencode\/|\.config\/opencode\/|\.cache\/|\.npm\/|\.bun\/)/,
	kept: null,
	without: {
		trust: 'it asks for none',
		plan: 'it has no dialog for a plan',
		login:
			"it needs none: it takes a model of its vendor's that costs nothing; where it cannot reach that it waits to try again, and fails",
		foreignHook: 'its plugins run where it is started',
	},
	reportsBy: 'hook',
	saysWhy: true,
	yesKeys: ['enter'],
	interruptKeys: ['esc', 'esc'],
	logins: [],
};
