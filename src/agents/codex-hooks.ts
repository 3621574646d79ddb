// The hooks that weir has Codex run, said by options, and trusted alone.
import { createHash } from 'node:crypto';
import { shellWord } from '../lib/shell-word.ts';
import type { LaunchContext } from './adapter.ts';

const events = ['SessionStart', 'UserPromptSubmit', 'Interrupt', 'Stop'] as const;
const promptlySeconds = 10;
/** It gives up by itself before, and refuses. */
const guardSeconds = 60;

/** Behind `-c` each. */
export function hookOptions(context: LaunchContext): readonly string[] {
	const hooks = hooksOf(context);
	return [...hooks.map(optionOf), trustOf(hooks)];
}

/** As Codex reads it, its keys in order: what it trusts is a hash over that. */
interface Group {
	readonly hooks: readonly [
		{
			readonly async: false;
			readonly command: string;
			readonly timeout: number;
			readonly type: 'command';
		},
	];
	/** Names of tools. */
	readonly matcher?: string;
}

type EventHooks = readonly [event: string, groups: readonly Group[]];

function hooksOf({ hook, guardHook }: LaunchContext): readonly EventHooks[] {
	const told = lineOf(hook);
	return [
		...events.map((event): EventHooks => [event, [group(told, secondsOf(event))]]),
		[
			'PreToolUse',
			[
				{ ...group(failing(guardHook), guardSeconds), matcher: '^apply_patch$' },
				// A patch that its shell is handed is applied by itself as well, and no command is run.
				{
					...group(failing(['sh', '-c', ifPatch, 'sh', ...guardHook]), guardSeconds),
					matcher: '^Bash$',
				},
			],
		],
	];
}

/** Runs its arguments on its input where that has a patch in it: few commands have. */
const ifPatch = `p=$(cat); case "$p" in *"*** Begin Patch"*) printf %s "$p" | "$@";; esac`;

function group(command: string, timeout: number): Group {
	return { hooks: [{ async: false, command, timeout, type: 'command' }] };
}

function lineOf(words: readonly string[]): string {
	return words.map(shellWord).join(' ');
}

/** A hook that fails lets the tool run, unless it fails with 2. */
function failing(words: readonly string[]): string {
	return `${lineOf(words)} || exit 2`;
}

/** JSON texts and arrays are TOML as well. */
function optionOf([event, groups]: EventHooks): string {
	const tables = groups.map(({ hooks: [{ command, timeout }], matcher }) => {
		const which = matcher === undefined ? '' : `matcher=${JSON.stringify(matcher)},`;
		const hook = `type="command",command=${JSON.stringify(command)},timeout=${timeout}`;
		return `{${which}hooks=[{${hook}}]}`;
	});
	return `hooks.${event}=[${tables.join(',')}]`;
}

/**
 * Hooks that nobody trusted are left out silently. These are weir's own, and trusted alone: an option that
 * lets all of them through would run what a repository names, outside of the sandbox.
 */
function trustOf(hooks: readonly EventHooks[]): string {
	const trusted = hooks.flatMap(([event, groups]) => {
		const label = event.replaceAll(/(?<!^)[A-Z]/g, '_$&').toLowerCase();
		return groups.map((own, at) => {
			const text = JSON.stringify({ event_name: label, ...own });
			const hash = createHash('sha256').update(text).digest('hex');
			return `"/<session-flags>/config.toml:${label}:${at}:0"={trusted_hash="sha256:${hash}"}`;
		});
	});
	return `hooks.state={${trusted.join(',')}}`;
}

/** It gives an interrupt no longer, whatever is said, and the hash is over what it gives. */
function secondsOf(event: string): number {
	return event === 'Interrupt' ? 3 : promptlySeconds;
}
