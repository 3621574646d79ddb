// Gemini CLI, as found by running 0.61.0. It takes settings from outside the user's home and the repository
// only where root owns them and every folder above: in a container, mostly. Elsewhere it has no hooks of
// weir's: its title tells what it does, and nothing of it asks before a write.
import { join } from 'node:path';
import { type Adapter, hasOption, type LaunchContext } from './adapter.ts';
import { geminiHook } from './gemini-hooks.ts';
import {
	geminiInstructions,
	geminiSettings,
	instructionsFile,
} from './gemini-settings.ts';
import { geminiUsage } from './gemini-usage.ts';
import { askedBy, fileOf, type PathsOfTools } from './write-tools.ts';

const takesHooks = process.getuid?.() === 0;

const tools: PathsOfTools = {
	write_file: fileOf('file_path'),
	replace: fileOf('file_path'),
};

/** What it says to weir asks the human already, or tells them something: no permission for it. */
const ownVerbs = `[[rule]]
toolName = "run_shell_command"
commandPrefix = ["weir ask", "weir done", "weir report"]
decision = "allow"
priority = 500
`;

/** Of its settings: hooks, servers, policies, and what it takes for instructions. */
const runs = [
	...['settings.json', 'GEMINI.md', '.env', 'extensions', 'commands', 'agents'],
	...['skills', 'policies', 'trustedFolders.json', 'trusted_hooks.json'],
];

export const gemini: Adapter = {
	name: 'gemini',
	title: 'Gemini CLI',
	launch(context) {
		const conversation = context.resume ?? context.newConversation();
		const settings = join(context.folder, 'settings.json');
		return {
			argv: argvOf(context, conversation),
			env: {
				// Else it is two processes, and the first ignores every signal but the last.
				GEMINI_CLI_NO_RELAUNCH: 'true',
				...(takesHooks && { GEMINI_CLI_SYSTEM_SETTINGS_PATH: settings }),
			},
			files: {
				'weir.toml': ownVerbs,
				...(takesHooks && {
					'settings.json': JSON.stringify(geminiSettings(context, Object.keys(tools))),
					[instructionsFile]: geminiInstructions(context.instructions),
				}),
			},
			conversation,
		};
	},
	boxes: () => false,
	shellAsks: false,
	folders: [],
	writes: takesHooks
		? {
				tools: Object.keys(tools),
				asked: (payload) => askedBy(tools, payload),
				refused: (reason) => JSON.stringify({ decision: 'deny', reason }),
			}
		: null,
	hook: geminiHook,
	usage: geminiUsage,
	logins: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_APPLICATION_CREDENTIALS'],
	sheet: {
		tried: '0.61.0',
		reportsSince: null,
		signals: takesHooks ? ['hooks', 'its screen'] : ['its title', 'its screen'],
		idleMegabytes: 295,
		loginFiles: (home, environment) => [
			join(folderOf(home, environment), 'oauth_creds.json'),
		],
		logIn: 'gemini, and /auth in it',
	},
	fixed: (home, environment) =>
		runs.map((name) => join(folderOf(home, environment), name)),
	writable: (home, environment) => [folderOf(home, environment)],
};

function folderOf(
	home: string,
	{ GEMINI_CLI_HOME: own }: Readonly<Record<string, string | undefined>>,
): string {
	return join(own || home, '.gemini');
}

function argvOf(
	{ command, prompt, resume, folder, instructions }: LaunchContext,
	conversation: string,
): readonly string[] {
	const mode = hasOption(command, '--approval-mode', '-y', '--yolo')
		? []
		: ['--approval-mode', 'default'];
	// Without a hook there is no other way to tell it of weir.
	const told = takesHooks || resume !== null ? prompt : withNote(prompt, instructions);
	return [
		...command,
		...[resume === null ? '--session-id' : '--resume', conversation],
		...mode,
		// The dialog is about a folder that weir made of a repository that is the user's own.
		'--skip-trust',
		...['--policy', join(folder, 'weir.toml')],
		...(told === null ? [] : [`--prompt-interactive=${told}`]),
	];
}

function withNote(prompt: string | null, instructions: string): string | null {
	return prompt === null ? null : `${prompt}\n\n${instructions}`;
}
