// Copilot CLI, as found by running 1.0.102. What it must know is a plugin of one start: hooks with the names
// and payloads of Claude Code, which it takes in both words. A hook that waits keeps its dialog from opening,
// so a permission is answered by the key of that.
import { join } from 'node:path';
import { shellWord } from '../lib/shell-word.ts';
import { type Adapter, hasOption, type LaunchContext, serverName } from './adapter.ts';
import { claudeHook } from './claude-hooks.ts';
import { fixedByCopilot, stateFolder, writableByCopilot } from './copilot-folders.ts';
import { copilotUsage } from './copilot-usage.ts';
import { askedBy, fileOf, type PathsOfTools, patchedIn } from './write-tools.ts';

const events = ['SessionStart', 'UserPromptSubmit', 'Stop'] as const;
const promptlySeconds = 10;
/** It gives up by itself before, and refuses: one that takes longer would let the tool run. */
const guardSeconds = 60;

/** As its hooks call them: a file is created, edited, or patched, which is called an edit as well. */
const tools: PathsOfTools = {
	Write: fileOf('path'),
	Edit: (input) =>
		typeof input === 'string'
			? patchedIn('patch')({ patch: input })
			: [...fileOf('path')(input), ...patchedIn('input')(input)],
};

/** A question waits for a person, who may be away. */
const patienceMs = 24 * 60 * 60 * 1000;

export const copilot: Adapter = {
	name: 'copilot',
	title: 'Copilot CLI',
	launch(context) {
		const conversation = context.resume ?? context.newConversation();
		const { COPILOT_CUSTOM_INSTRUCTIONS_DIRS: own } = context.environment;
		return {
			argv: argvOf(context, conversation),
			env: {
				COPILOT_CUSTOM_INSTRUCTIONS_DIRS: [own, context.folder].filter(Boolean).join(','),
				COPILOT_AUTO_UPDATE: 'false',
			},
			files: {
				'plugin.json': JSON.stringify({
					...{ name: serverName, version: '1.0.0', hooks: 'hooks.json' },
				}),
				'hooks.json': JSON.stringify(hooksOf(context)),
				'servers.json': JSON.stringify(serversOf(context)),
				'weir.instructions.md': context.instructions,
			},
			conversation,
		};
	},
	boxes: (command) => hasOption(command, '--sandbox'),
	// It allows a program with all that can be said to it, or none of that.
	shellAsks: true,
	folders: [],
	writes: {
		tools: Object.keys(tools),
		asked: (payload) => askedBy(tools, payload),
		refused: (permissionDecisionReason) =>
			JSON.stringify({ permissionDecision: 'deny', permissionDecisionReason }),
	},
	hook: claudeHook,
	usage: copilotUsage,
	// Those of GitHub itself are git's as well, and every agent's.
	logins: [
		...['COPILOT_GITHUB_TOKEN', 'COPILOT_PROVIDER_API_KEY'],
		'COPILOT_PROVIDER_BEARER_TOKEN',
	],
	sheet: {
		tried: '1.0.102',
		reportsSince: null,
		signals: ['hooks', 'its screen'],
		idleMegabytes: 390,
		loginFiles: (home, environment) => [
			join(home, '.config', 'gh', 'hosts.yml'),
			join(stateFolder(home, environment), 'config.json'),
		],
		logIn: 'copilot login',
	},
	fixed: fixedByCopilot,
	writable: writableByCopilot,
};

function argvOf(
	{ command, prompt, folder }: LaunchContext,
	conversation: string,
): readonly string[] {
	return [
		...command,
		// Begun where it is not there.
		`--session-id=${conversation}`,
		`--plugin-dir=${folder}`,
		`--additional-mcp-config=@${join(folder, 'servers.json')}`,
		// What it says to weir asks the human already, or tells them something.
		`--allow-tool=${serverName}`,
		...(prompt === null ? [] : [`--interactive=${prompt}`]),
	];
}

function hooksOf({ hook, guardHook }: LaunchContext): object {
	const told = events.map((event) => {
		const bash = hook.map(shellWord).join(' ');
		return [event, [{ type: 'command', bash, timeoutSec: promptlySeconds }]];
	});
	const guard = {
		...{ type: 'command', matcher: Object.keys(tools).join('|') },
		bash: `${guardHook.map(shellWord).join(' ')} || exit 2`,
		timeoutSec: guardSeconds,
	};
	return { version: 1, hooks: { ...Object.fromEntries(told), PreToolUse: [guard] } };
}

function serversOf({ tools: [command, ...args] }: LaunchContext): object {
	const server = { type: 'local', command, args, tools: ['*'], timeout: patienceMs };
	return { mcpServers: { [serverName]: server } };
}
