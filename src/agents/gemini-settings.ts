// What Gemini CLI is told by a file of system settings, where it takes one: weir's hooks, its guard before
// writes, its tools, and what it must know of weir.
import { join } from 'node:path';
import { shellWord } from '../lib/shell-word.ts';
import { type LaunchContext, serverName } from './adapter.ts';

/** Of the start's files, the one that is printed to it. */
export const instructionsFile = 'instructions.json';

const events = ['SessionStart', 'BeforeAgent', 'AfterAgent'] as const;
const promptlyMs = 10_000;
/** It gives up by itself before, and refuses. */
const guardMs = 60_000;
/** A question waits for a person, who may be away. */
const patienceMs = 24 * 60 * 60 * 1000;

/** Its file of system settings, for a start. */
export function geminiSettings(
	context: LaunchContext,
	writeTools: readonly string[],
): object {
	const { hook, guardHook, folder } = context;
	const told = events.map((event) => {
		const command = hook.map(shellWord).join(' ');
		return [event, [{ hooks: [{ type: 'command', command, timeout: promptlyMs }] }]];
	});
	const tell = `cat ${shellWord(join(folder, instructionsFile))}`;
	const hooks = Object.fromEntries(told);
	// A hook that fails lets the tool run, unless it fails with 2.
	const command = `${guardHook.map(shellWord).join(' ')} || exit 2`;
	const guard = {
		matcher: `^(${writeTools.join('|')})$`,
		hooks: [{ type: 'command', command, timeout: guardMs }],
	};
	return {
		general: { enableAutoUpdate: false },
		mcpServers: { [serverName]: serverOf(context) },
		hooksConfig: { enabled: true, notifications: false },
		hooks: {
			...hooks,
			SessionStart: [
				...hooks.SessionStart,
				{ hooks: [{ type: 'command', command: tell, timeout: promptlyMs }] },
			],
			BeforeTool: [guard],
		},
	};
}

/** Beside those of the user; trusted, its tools ask for no permission. */
function serverOf({ tools: [command, ...args] }: LaunchContext): object {
	// It keeps what is called a token from servers, but for what its settings name: those it fills in.
	const names = ['WEIR_SOCKET', 'WEIR_AGENT', 'WEIR_TOKEN'];
	const env = Object.fromEntries(names.map((name) => [name, `\${${name}}`]));
	return { command, args, env, timeout: patienceMs, trust: true };
}

/** What that tells it of weir, in a file of its own. */
export function geminiInstructions(additionalContext: string): string {
	const hookEventName = 'SessionStart';
	return JSON.stringify({ hookSpecificOutput: { hookEventName, additionalContext } });
}
