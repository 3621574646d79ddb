// aider, by its documentation: it is no npm package, and was not run here. It has no hooks and names no
// conversation: its screen tells what it asks, and with a history of the worktree it goes on with the last one.
import { join } from 'node:path';
import { type Adapter, hasOption, type LaunchContext } from './adapter.ts';

export const aider: Adapter = {
	name: 'aider',
	title: 'aider',
	// With one as an option it ends after it.
	kind: { prompt: 'line' },
	launch(context) {
		return {
			argv: argvOf(context),
			env: { AIDER_CHECK_UPDATE: 'false', AIDER_ANALYTICS: 'false' },
			files: { 'instructions.md': context.instructions },
			conversation: context.resume ?? context.newConversation(),
		};
	},
	boxes: () => false,
	shellAsks: false,
	folders: [],
	writes: null,
	hook: () => null,
	usage: null,
	logins: [
		...['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY'],
		...['GROQ_API_KEY', 'MISTRAL_API_KEY', 'XAI_API_KEY', 'DEEPSEEK_API_KEY'],
	],
	sheet: {
		tried: null,
		reportsSince: null,
		signals: ['its screen'],
		idleMegabytes: 150,
		loginFiles: (home) => [join(home, '.aider', 'oauth-keys.env'), join(home, '.env')],
		logIn: "aider --api-key PROVIDER=KEY, or a provider's variable",
	},
	fixed: (home) => ['.aider.conf.yml', '.env'].map((name) => join(home, name)),
	writable: (home) => [join(home, '.aider')],
};

function argvOf({ command, resume, folder, gitDir }: LaunchContext): readonly string[] {
	// What it would do without asking, beside what it is told: commit after each change.
	const commits = hasOption(command, '--auto-commits', '--no-auto-commits')
		? []
		: ['--no-auto-commits'];
	const asks = hasOption(command, '--yes-always', '--no-yes-always')
		? []
		: ['--no-yes-always'];
	return [
		...command,
		...commits,
		...asks,
		...['--read', join(folder, 'instructions.md')],
		// It would add its own files to the repository's .gitignore, and open pages in a browser.
		...['--no-gitignore', '--no-show-release-notes', '--no-fancy-input'],
		// In the worktree they would be files outside of its scope.
		...['--chat-history-file', join(gitDir, 'aider-chat.md')],
		...['--input-history-file', join(gitDir, 'aider-input')],
		...(resume === null ? [] : ['--restore-chat-history']),
	];
}
