// opencode against OpenAI Chat Completions.
import { fileOf, prompts, type RealCli, usualScenes } from './real-cli.ts';

/** In the words of its configuration. */
const provider = (api: string) => ({
	npm: '@ai-sdk/openai-compatible',
	name: 'local',
	options: { baseURL: `${api}/v1`, apiKey: '{env:LOCAL_API_KEY}' },
	models: { scripted: { name: 'scripted', tool_call: true } },
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
		...usualScenes({
			shell: (command) => ({
				tool: 'bash',
				input: { command, description: 'Makes a file' },
			}),
			write: (filePath) => ({
				tool: 'write',
				input: { filePath, content: 'made\n' },
			}),
			retries: 2,
		}),
		{
			prompt: prompts.question,
			turns: [
				{
					calls: [
						{
							tool: 'question',
							input: {
								questions: [
									{
										question: 'Which colour?',
										header: 'Colour',
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
			prompt: prompts.subagent,
			turns: [
				{
					calls: [
						{
							tool: 'task',
							input: {
								description: 'makes a file',
								prompt: 'MAKE DELEGATED',
								subagent_type: 'general',
							},
						},
					],
				},
				{ say: 'somebody was at it' },
			],
		},
		{
			prompt: 'MAKE DELEGATED',
			turns: [
				{
					calls: [
						{
							tool: 'bash',
							input: { command: `touch ${fileOf('subagent')}`, description: 'Makes' },
						},
					],
				},
				{ say: 'made' },
			],
		},
	],
	own: /^(\.local\/(share|state)\/opencode\/|\.config\/opencode\/|\.cache\/|\.npm\/|\.bun\/)/,
	kept: null,
	without: {
		trust: 'it asks for none',
		plan: 'it has no dialog for a plan',
		byTool: 'not given to it: in a trial its call of a tool never came to an end',
		login: 'not tried: a model of its own settings needs none',
		foreignHook: 'its plugins run where it is started',
	},
	reportsBy: 'hook',
	saysWhy: true,
	yesKeys: ['enter'],
	interruptKeys: ['esc', 'esc'],
	logins: [],
};
