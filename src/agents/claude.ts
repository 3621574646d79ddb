// Claude Code, as found by running 2.1.330: flags, hooks by `--settings`, nothing written into the
// user's repository or configuration.
import { join } from 'node:path';
import { shellWord } from '../lib/shell-word.ts';
import { type Adapter, hasOption, type LaunchContext, serverName } from './adapter.ts';
import { claudeHook } from './claude-hooks.ts';
import { claudeUsage } from './claude-usage.ts';
import { writeAsked, writeRefused } from './write-tools.ts';

/** A permission waits for a person, who may be away. */
const patienceSeconds = 24 * 60 * 60;
const promptlySeconds = 10;
/** It gives up by itself before, and refuses. */
const guardSeconds = 60;

/** Events that tell a state, or ask for one; any other one would cost a process for each tool. */
const events = [
	'SessionStart',
	'UserPromptSubmit',
	'PermissionRequest',
	'Notification',
	'Stop',
	'StopFailure',
] as const;

/** What it says to weir asks the human already, or tells them something: no permission for it. */
const ownVerbs = [
	...['ask', 'done', 'report'].map((verb) => `Bash(weir ${verb}:*)`),
	// All tools of that server.
	`mcp__${serverName}`,
];

/** Of its settings: hooks, and what it takes for instructions. */
const runs = [
	...['settings.json', 'settings.local.json', 'CLAUDE.md'],
	...['hooks', 'commands', 'agents', 'skills'],
];

const writeTools = ['Write', 'Edit', 'MultiEdit', 'NotebookEdit'];

export const claude: Adapter = {
	name: 'claude',
	title: 'Claude Code',
	launch(context) {
		const conversation = context.resume ?? context.newConversation();
		return {
			argv: argvOf(context, conversation),
			env: {
				DISABLE_AUTOUPDATER: '1',
				// The dialog is about a folder that weir made of a repository that is the user's own.
				CLAUDE_CODE_SANDBOXED: '1',
				CLAUDE_CODE_FORCE_SYNC_OUTPUT: '1',
			},
			files: {
				'settings.json': JSON.stringify({
					hooks: hooksOf(context),
					permissions: { allow: ownVerbs },
				}),
				'mcp.json': JSON.stringify({ mcpServers: { [serverName]: serverOf(context) } }),
				'instructions.md': context.instructions,
			},
			conversation,
		};
	},
	boxes: () => false,
	shellAsks: false,
	folders: [],
	writes: { tools: writeTools, asked: writeAsked, refused: writeRefused },
	hook: claudeHook,
	usage: claudeUsage,
	logins: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'],
	sheet: {
		tried: '2.1.330',
		reportsSince: '2.1.295',
		signals: ['its own reports', 'hooks', 'its screen'],
		idleMegabytes: 160,
		loginFiles: (home, { CLAUDE_CONFIG_DIR }) => [
			join(CLAUDE_CONFIG_DIR ?? join(home, '.claude'), '.credentials.json'),
		],
		logIn: 'claude, and /login in it',
	},
	fixed: (home, { CLAUDE_CONFIG_DIR }) =>
		runs.map((name) => join(CLAUDE_CONFIG_DIR || join(home, '.claude'), name)),
	writable: (home, { CLAUDE_CONFIG_DIR }) =>
		CLAUDE_CONFIG_DIR
			? [CLAUDE_CONFIG_DIR]
			: [join(home, '.claude'), join(home, '.claude.json')],
};

function argvOf(
	{ command, prompt, resume, folder }: LaunchContext,
	conversation: string,
): readonly string[] {
	const mode = hasOption(command, '--permission-mode', '--dangerously-skip-permissions')
		? []
		: // It would choose one by itself, and another with each version.
			['--permission-mode', 'default'];
	const begin = resume === null ? '--session-id' : '--resume';
	return [
		...command,
		...[begin, conversation],
		...mode,
		...['--settings', join(folder, 'settings.json')],
		...['--append-system-prompt-file', join(folder, 'instructions.md')],
		// Beside those of the user.
		...['--mcp-config', join(folder, 'mcp.json')],
		// Options before it take as many words as they get.
		...(prompt === null ? [] : ['--', prompt]),
	];
}

function serverOf({ tools: [command, ...args] }: LaunchContext) {
	return { type: 'stdio', command, args };
}

function hooksOf({ hook, guardHook }: LaunchContext) {
	const command = hook.map(shellWord).join(' ');
	const told = events.map((event) => {
		const timeout = event === 'PermissionRequest' ? patienceSeconds : promptlySeconds;
		return [event, [{ hooks: [{ type: 'command', command, timeout }] }]] as const;
	});
	return { ...Object.fromEntries(told), PreToolUse: [writeHook(guardHook)] };
}

/** A hook that fails lets the tool run, unless it fails with 2, or where a newer version is told otherwise. */
function writeHook(guardHook: readonly string[]) {
	const command = `${guardHook.map(shellWord).join(' ')} || exit 2`;
	const hook = { type: 'command', command, timeout: guardSeconds, onFailure: 'block' };
	return { matcher: writeTools.join('|'), hooks: [hook] };
}
