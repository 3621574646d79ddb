// Qwen Code, as found by running 0.24.4. Its hooks are those of Claude Code by another name of its tools;
// they and what else it must know stand in a file of system settings, so that neither the user's settings
// nor a repository's can take them out.
import { join } from 'node:path';
import { shellWord } from '../lib/shell-word.ts';
import { type Adapter, hasOption, type LaunchContext, serverName } from './adapter.ts';
import { claudeHook } from './claude-hooks.ts';
import { qwenUsage } from './qwen-usage.ts';
import { askedBy, fileOf, type PathsOfTools, writeRefused } from './write-tools.ts';

const events = ['SessionStart', 'UserPromptSubmit', 'Stop', 'StopFailure'] as const;
const promptlySeconds = 10;
/** It gives up by itself before, and refuses. */
const guardSeconds = 60;

const tools: PathsOfTools = {
	write_file: fileOf('file_path'),
	edit: fileOf('file_path'),
	notebook_edit: fileOf('notebook_path'),
};

/** A question waits for a person, who may be away. */
const patienceMs = 24 * 60 * 60 * 1000;

const ownVerbs = ['ask', 'done', 'report'].map((verb) => `Bash(weir ${verb} *)`);

/** Of its settings: hooks, servers, and what it takes for instructions. */
const runs = [
	...['settings.json', 'QWEN.md', '.env', 'extensions', 'commands', 'agents', 'skills'],
	...['output-styles', 'rules', 'trustedFolders.json'],
];

export const qwen: Adapter = {
	name: 'qwen',
	title: 'Qwen Code',
	launch(context) {
		const conversation = context.resume ?? context.newConversation();
		return {
			argv: argvOf(context, conversation),
			env: { QWEN_CODE_SYSTEM_SETTINGS_PATH: join(context.folder, 'settings.json') },
			files: { 'settings.json': JSON.stringify(settingsOf(context)) },
			conversation,
		};
	},
	boxes: () => false,
	shellAsks: false,
	folders: [],
	writes: {
		tools: Object.keys(tools),
		asked: (payload) => askedBy(tools, payload),
		refused: writeRefused,
	},
	hook: claudeHook,
	usage: qwenUsage,
	logins: ['OPENAI_API_KEY', 'DASHSCOPE_API_KEY', 'BAILIAN_CODING_PLAN_API_KEY'],
	sheet: {
		tried: '0.24.4',
		reportsSince: null,
		signals: ['hooks', 'its screen'],
		idleMegabytes: 600,
		loginFiles: (home, { QWEN_HOME }) =>
			['oauth_creds.json', '.env'].map((name) =>
				join(QWEN_HOME || join(home, '.qwen'), name),
			),
		logIn: 'qwen, and /auth in it',
	},
	fixed: (home, { QWEN_HOME }) =>
		runs.map((name) => join(QWEN_HOME || join(home, '.qwen'), name)),
	writable: (home, { QWEN_HOME }) => [QWEN_HOME || join(home, '.qwen')],
};

function argvOf(
	{ command, prompt, resume, instructions }: LaunchContext,
	conversation: string,
): readonly string[] {
	const mode = hasOption(command, '--approval-mode', '-y', '--yolo')
		? []
		: // It would let a model decide.
			['--approval-mode', 'default'];
	return [
		...command,
		...[resume === null ? '--session-id' : '--resume', conversation],
		...mode,
		`--append-system-prompt=${instructions}`,
		...(prompt === null ? [] : [`--prompt-interactive=${prompt}`]),
	];
}

function settingsOf({
	hook,
	guardHook,
	tools: [program, ...args],
}: LaunchContext): object {
	const told = events.map((event) => {
		const command = hook.map(shellWord).join(' ');
		return [event, [{ hooks: [{ type: 'command', command, timeout: promptlySeconds }] }]];
	});
	// A hook that fails lets the tool run, unless it fails with 2.
	const command = `${guardHook.map(shellWord).join(' ')} || exit 2`;
	const guard = {
		matcher: `^(${Object.keys(tools).join('|')})$`,
		hooks: [{ type: 'command', command, timeout: guardSeconds }],
	};
	return {
		disableAllHooks: false,
		general: { enableAutoUpdate: false },
		// What it says to weir asks the human already, or tells them something.
		permissions: { allow: ownVerbs },
		hooks: { ...Object.fromEntries(told), PreToolUse: [guard] },
		// Beside those of the user; trusted, its tools ask for no permission.
		mcpServers: {
			[serverName]: { command: program, args, timeout: patienceMs, trust: true },
		},
	};
}
