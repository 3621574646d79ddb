// pi against OpenAI Chat Completions.
import { type RealCli, usualScenes } from './real-cli.ts';

export const pi: RealCli = {
	name: 'pi',
	home: { '.pi/agent/settings.json': '{}\n', '.pi/agent/AGENTS.md': 'Of the user.\n' },
	homeOf: (api) => ({
		'.pi/agent/models.json': JSON.stringify({
			providers: {
				local: {
					baseUrl: `${api}/v1`,
					api: 'openai-completions',
					apiKey: 'LOCAL_API_KEY',
					compat: { supportsDeveloperRole: false, supportsReasoningEffort: false },
					models: [{ id: 'scripted' }],
				},
			},
		}),
	}),
	env: () => ({ LOCAL_API_KEY: 'of-the-test-only', PI_OFFLINE: '1' }),
	settings: () =>
		'agents:\n  real: {like: pi, command: [pi, --provider, local, --model, scripted]}\n',
	scenes: usualScenes({
		shell: (command) => ({ tool: 'bash', input: { command } }),
		write: (path) => ({ tool: 'write', input: { path, content: 'made\n' } }),
		retries: 4,
	}),
	own: /^(\.pi\/agent\/(?!settings\.json$|models\.json$|AGENTS\.md$)|\.cache\/|\.npm\/)/,
	kept: { file: '.pi/agent/settings.json', without: /weir|extension/ },
	without: {
		trust: 'it asks for none',
		allowed: 'it asks for no permission',
		denied: 'it asks for no permission',
		atPane: 'it asks for no permission',
		question: 'it asks nothing by itself',
		plan: 'it has no plans',
		subagent: 'it has no subagents',
		foreignHook:
			'its extensions run where it is started: `.pi/extensions` of the repository',
		byTool: 'it knows no servers of MCP',
	},
	foreign: (file) => ({
		'.pi/extensions/foreign.ts': `import { writeFileSync } from 'node:fs';\nexport default () => writeFileSync('${file}', 'made');\n`,
	}),
	reportsBy: 'hook',
	saysWhy: false,
	yesKeys: [],
	loggedOut: { file: '.pi/agent/models.json', text: '{"providers":{}}' },
	logins: ['LOCAL_API_KEY'],
};
