// opencode, as found by running 1.18.33. All is said by its configuration in a variable; a plugin of weir's
// is its hooks.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	type Adapter,
	fieldIn,
	hasOption,
	type LaunchContext,
	listIn,
	serverName,
} from './adapter.ts';
import { claudeHook } from './claude-hooks.ts';
import { opencodeRecords, opencodeUsage } from './opencode-usage.ts';
import { pluginFile } from './plugin.ts';
import { askedBy, fileOf, type PathsOfTools, patchedIn } from './write-tools.ts';

const tools: PathsOfTools = {
	write: fileOf('filePath'),
	edit: fileOf('filePath'),
	multiedit: fileOf('filePath'),
	patch: patchedIn('patchText'),
	apply_patch: patchedIn('patchText'),
};

/** A question waits for a person, who may be away. */
const patienceMs = 24 * 60 * 60 * 1000;

/** Of its settings: plugins, servers, and what it takes for instructions. */
const runs = ['opencode.json', 'opencode.jsonc', 'AGENTS.md', 'plugin', 'plugins'];

export const opencode: Adapter = {
	name: 'opencode',
	title: 'opencode',
	launch(context) {
		const { command, prompt, resume, environment, worktree } = context;
		const { HOME: home = homedir() } = environment;
		return {
			argv: [
				...command,
				...(resume === null ? [] : ['--session', resume]),
				...(prompt === null ? [] : [`--prompt=${prompt}`]),
			],
			env: {
				OPENCODE_CONFIG_CONTENT: JSON.stringify(configOf(context)),
				...(permits(command, environment) ? {} : { OPENCODE_PERMISSION: asks }),
				OPENCODE_DISABLE_AUTOUPDATE: '1',
			},
			files: {
				'weir.js': pluginFile('opencode', 'const Weir =', context, {
					records: opencodeRecords({ worktree, home, environment }),
				}),
				'instructions.md': context.instructions,
			},
			// It names it by itself, and its plugin tells.
			conversation: resume,
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
	usage: opencodeUsage,
	logins: [
		...['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY'],
		...['GROQ_API_KEY', 'MISTRAL_API_KEY', 'XAI_API_KEY', 'DEEPSEEK_API_KEY'],
	],
	sheet: {
		tried: '1.18.33',
		reportsSince: null,
		signals: ['its plugin', 'its screen'],
		idleMegabytes: 870,
		loginFiles: (home, { XDG_DATA_HOME }) => [
			join(XDG_DATA_HOME || join(home, '.local', 'share'), 'opencode', 'auth.json'),
		],
		logIn: 'opencode auth login',
	},
	fixed: (home, { XDG_CONFIG_HOME }) =>
		runs.map((name) => join(XDG_CONFIG_HOME || join(home, '.config'), 'opencode', name)),
	writable: (home, environment) =>
		Object.entries({
			XDG_DATA_HOME: '.local/share',
			XDG_STATE_HOME: '.local/state',
			XDG_CONFIG_HOME: '.config',
			XDG_CACHE_HOME: '.cache',
		}).map(([name, usual]) => join(environment[name] || join(home, usual), 'opencode')),
};

/** What it does without asking is its choice else: nearly all. */
const asks = JSON.stringify({
	...{ edit: 'ask', webfetch: 'ask' },
	bash: {
		'*': 'ask',
		// What it says to weir asks the human already, or tells them something.
		...{ 'weir ask *': 'allow', 'weir done *': 'allow', 'weir report *': 'allow' },
	},
});

/** Whether the user has said what it may. */
function permits(
	command: readonly string[],
	environment: LaunchContext['environment'],
): boolean {
	const own = ownConfig(environment);
	return (
		hasOption(command, '--auto') ||
		Boolean(environment.OPENCODE_PERMISSION) ||
		fieldIn(own, 'permission') !== undefined
	);
}

/** What the user says by the same variable stays. */
function configOf({ environment, folder, tools }: LaunchContext): object {
	const own = ownConfig(environment);
	const server = { type: 'local', command: tools, timeout: patienceMs };
	return {
		...own,
		mcp: Object.assign({}, fieldIn(own, 'mcp'), { [serverName]: server }),
		plugin: [...listIn(own, 'plugin'), pathToFileURL(join(folder, 'weir.js')).href],
		instructions: [...listIn(own, 'instructions'), join(folder, 'instructions.md')],
	};
}

function ownConfig({
	OPENCODE_CONFIG_CONTENT: own,
}: LaunchContext['environment']): object {
	try {
		const read: unknown = JSON.parse(own ?? '{}');
		return typeof read === 'object' && read !== null ? read : {};
	} catch {
		// It would not read it either.
		return {};
	}
}
