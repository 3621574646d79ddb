// Codex, as found by running 0.169.0: everything is said by `-c`, nothing is written to its configuration.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { shellWord } from '../lib/shell-word.ts';
import { type Adapter, hasOption, type LaunchContext } from './adapter.ts';
import { claudeHook } from './claude-hooks.ts';

const events = ['SessionStart', 'UserPromptSubmit', 'Interrupt', 'Stop'] as const;
const promptlySeconds = 10;

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
	hook: claudeHook,
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
	writable: (home) => [join(home, '.codex')],
};

function argvOf(context: LaunchContext): readonly string[] {
	const { command, prompt, resume, worktree, repository, instructions } = context;
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
		...(boxed ? [] : ['-s', 'workspace-write']),
		...['-c', 'check_for_update_on_startup=false'],
		...['-c', `projects={${trusted}}`],
		...[
			'-c',
			`developer_instructions=${JSON.stringify(instructions(isUnboxed(options)))}`,
		],
		...events.flatMap((event) => ['-c', hookOf(context, event)]),
		...['-c', hookTrust(context)],
		...(prompt === null ? [] : ['--', prompt]),
	];
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

/** JSON texts and arrays are TOML as well. */
function hookOf(context: LaunchContext, event: string): string {
	const command = JSON.stringify(commandOf(context));
	return `hooks.${event}=[{hooks=[{type="command",command=${command},timeout=${secondsOf(event)}}]}]`;
}

/**
 * Hooks that nobody trusted are left out silently. These are weir's own, and trusted alone: an option that
 * lets all of them through would run what a repository names, outside of the sandbox. The hash is over
 * the hook as Codex reads it, its keys in order.
 */
function hookTrust(context: LaunchContext): string {
	const trusted = events.map((event) => {
		const label = event.replaceAll(/(?<!^)[A-Z]/g, '_$&').toLowerCase();
		const command = commandOf(context);
		const hook = { async: false, command, timeout: secondsOf(event), type: 'command' };
		const text = JSON.stringify({ event_name: label, hooks: [hook] });
		const hash = createHash('sha256').update(text).digest('hex');
		return `"/<session-flags>/config.toml:${label}:0:0"={trusted_hash="sha256:${hash}"}`;
	});
	return `hooks.state={${trusted.join(',')}}`;
}

/** It gives an interrupt no longer, whatever is said, and the hash is over what it gives. */
function secondsOf(event: string): number {
	return event === 'Interrupt' ? 3 : promptlySeconds;
}

function commandOf({ hook }: LaunchContext): string {
	return hook.map(shellWord).join(' ');
}
