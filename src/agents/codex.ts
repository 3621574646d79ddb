// Codex, as found by running 0.169.0: everything is said by `-c`, nothing is written to its configuration.
import { join } from 'node:path';
import { type Adapter, hasOption, type LaunchContext, serverName } from './adapter.ts';
import { claudeHook } from './claude-hooks.ts';
import { hookOptions } from './codex-hooks.ts';
import { codexUsage } from './codex-usage.ts';
import { writeAsked, writeRefused } from './write-tools.ts';

/** A question waits for a person, who may be away. */
const patienceSeconds = 24 * 60 * 60;

/** Of its settings: hooks, servers, and what it takes for instructions. */
const runs = ['config.toml', 'hooks.json', 'rules', 'AGENTS.md', 'prompts', 'skills'];

export const codex: Adapter = {
	name: 'codex',
	title: 'Codex',
	launch(context) {
		return {
			argv: argvOf(context),
			env: {},
			files: {},
			// It chooses the name by itself and tells it with its first hook.
			conversation: context.resume,
		};
	},
	boxes: ([, ...options]) => !isUnboxed(options),
	shellAsks: false,
	folders: ['.agents', '.aws', '.codex'],
	writes: { tools: ['apply_patch'], asked: writeAsked, refused: writeRefused },
	hook: claudeHook,
	usage: codexUsage,
	logins: ['OPENAI_API_KEY', 'CODEX_API_KEY'],
	sheet: {
		tried: '0.169.0',
		reportsSince: '0.169.0',
		signals: ['its own reports', 'hooks', 'its screen'],
		idleMegabytes: 55,
		loginFiles: (home, { CODEX_HOME }) => [
			join(CODEX_HOME ?? join(home, '.codex'), 'auth.json'),
		],
		logIn: 'codex login',
	},
	fixed: (home, { CODEX_HOME }) =>
		runs.map((name) => join(CODEX_HOME || join(home, '.codex'), name)),
	writable: (home, { CODEX_HOME }) => [CODEX_HOME ?? join(home, '.codex')],
};

function argvOf(context: LaunchContext): readonly string[] {
	const { command, prompt, resume, worktree, repository, gitDir, instructions } = context;
	const [program = 'codex', ...options] = command;
	const all = hasOption(
		options,
		...['--full-auto', '--yolo', '--dangerously-bypass-approvals-and-sandbox'],
	);
	const asks =
		all ||
		hasOption(options, '-a', '--ask-for-approval') ||
		isConfigured(options, 'approval_policy');
	const boxed =
		all ||
		hasOption(options, '-s', '--sandbox') ||
		isConfigured(options, 'sandbox_mode', 'default_permissions');
	const trusted = [worktree, repository]
		.map((path) => `${JSON.stringify(path)}={trust_level="trusted"}`)
		.join(',');
	return [
		program,
		...(resume === null ? [] : ['resume', resume]),
		...options,
		...(asks ? [] : ['-a', 'on-request']),
		// Else it could not commit: the git directory is not below the worktree.
		...(boxed ? [] : ['-s', 'workspace-write', '--add-dir', gitDir]),
		...['-c', 'check_for_update_on_startup=false'],
		...['-c', `projects={${trusted}}`],
		...['-c', `developer_instructions=${JSON.stringify(instructions)}`],
		...['-c', `mcp_servers.${serverName}=${serverOf(context)}`],
		...hookOptions(context).flatMap((option) => ['-c', option]),
		...(prompt === null ? [] : ['--', prompt]),
	];
}

/** It hands its servers a few variables, and gives up on a tool after a minute: a person takes longer. */
function serverOf({ tools: [command, ...args] }: LaunchContext): string {
	const entries = {
		...{ command, args, env_vars: ['WEIR_SOCKET', 'WEIR_AGENT', 'WEIR_TOKEN'] },
		...{ startup_timeout_sec: 60, tool_timeout_sec: patienceSeconds },
		default_tools_approval_mode: 'approve',
	};
	// JSON values are TOML as well.
	const pairs = Object.entries(entries).map(
		([key, value]) => `${key}=${JSON.stringify(value)}`,
	);
	return `{${pairs.join(',')}}`;
}

/** In its box no command can connect to a socket, weir's neither. */
function isUnboxed(options: readonly string[]): boolean {
	return options.some((word) =>
		/^(?:--yolo|--dangerously-bypass-approvals-and-sandbox|(?:--sandbox=)?danger-full-access|sandbox_mode="?danger-full-access"?)$/.test(
			word,
		),
	);
}

function isConfigured(options: readonly string[], ...names: readonly string[]): boolean {
	return options.some((word) => names.some((name) => word.startsWith(`${name}=`)));
}
