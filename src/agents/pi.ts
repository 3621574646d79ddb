// pi, as found by running 0.73.1. An extension of weir's is its hooks. It asks for no permission: what it may
// is what its sandbox and its scope let it.
import { join } from 'node:path';
import { type Adapter, type LaunchContext } from './adapter.ts';
import { claudeHook } from './claude-hooks.ts';
import { piUsage } from './pi-usage.ts';
import { pluginFile } from './plugin.ts';
import { askedBy, fileOf, type PathsOfTools } from './write-tools.ts';

const tools: PathsOfTools = { write: fileOf('path'), edit: fileOf('path') };

/** Of its settings: extensions, commands that its models' keys come from, and instructions. */
const runs = [
	...['settings.json', 'models.json', 'AGENTS.md', 'SYSTEM.md', 'APPEND_SYSTEM.md'],
	...['extensions', 'skills', 'prompts', 'npm', 'git'],
];

export const pi: Adapter = {
	name: 'pi',
	title: 'pi',
	launch(context) {
		return {
			argv: argvOf(context),
			env: { PI_SKIP_VERSION_CHECK: '1' },
			files: {
				'weir.js': pluginFile('pi', 'default', context),
				'instructions.md': context.instructions,
			},
			// It names it by itself, and its extension tells.
			conversation: context.resume,
		};
	},
	boxes: () => false,
	shellAsks: false,
	folders: [],
	writes: {
		tools: Object.keys(tools),
		asked: (payload) => askedBy(tools, payload),
		refused: (reason) => reason,
	},
	hook: claudeHook,
	usage: piUsage,
	logins: [
		...['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY'],
		...['GROQ_API_KEY', 'MISTRAL_API_KEY', 'XAI_API_KEY', 'DEEPSEEK_API_KEY'],
	],
	sheet: {
		tried: '0.73.1',
		reportsSince: null,
		signals: ['its extension', 'its screen'],
		idleMegabytes: 150,
		loginFiles: (home, environment) => [join(folderOf(home, environment), 'auth.json')],
		logIn: 'pi, and /login in it',
	},
	fixed: (home, environment) =>
		runs.map((name) => join(folderOf(home, environment), name)),
	writable: (home, environment) => [folderOf(home, environment)],
};

function folderOf(
	home: string,
	{ PI_CODING_AGENT_DIR: own }: Readonly<Record<string, string | undefined>>,
): string {
	return own || join(home, '.pi', 'agent');
}

function argvOf({ command, prompt, resume, folder }: LaunchContext): readonly string[] {
	return [
		...command,
		...(resume === null ? [] : ['--session', resume]),
		...['--extension', join(folder, 'weir.js')],
		...['--append-system-prompt', join(folder, 'instructions.md')],
		// It has no end of its options: a space keeps a prompt from being one, or a file.
		...(prompt === null ? [] : [/^[-@]/.test(prompt) ? ` ${prompt}` : prompt]),
	];
}
