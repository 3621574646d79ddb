// git as the user has it: with their environment, configuration, credentials and hooks. For what leaves the
// machine by their word alone, and run by a process of theirs; the supervisor never does.
import { definedOnly, type Environment } from '../lib/environment.ts';
import {
	type ForegroundEnd,
	type ForegroundStart,
	runInForeground,
} from '../lib/foreground-program.ts';

export interface UserGit {
	/** The user's repository, never an agent's: a folder would lead to its configuration. */
	readonly commonDir: string;
	/** Where hooks run. */
	readonly folder: string;
	readonly environment: Environment;
	readonly signal: AbortSignal;
}

export function runUserGit(
	{ commonDir, folder, environment, signal }: UserGit,
	args: readonly string[],
	onStderr?: ForegroundStart['onStderr'],
): Promise<ForegroundEnd> {
	return runInForeground(['git', '--no-pager', `--git-dir=${commonDir}`, ...args], {
		env: userEnvironment(environment),
		cwd: folder,
		signal,
		...(onStderr && { onStderr }),
	});
}

/** Without what would lead a git elsewhere, as a hook or an alias that called weir has it. */
export function userEnvironment(environment: Environment): Record<string, string> {
	const kept = Object.entries(definedOnly(environment)).filter(
		([name]) => !elsewhere.has(name) && !name.startsWith('WEIR_'),
	);
	// In words that are known again, whatever language the user has.
	return { ...Object.fromEntries(kept), LANGUAGE: 'C' };
}

/** `git rev-parse --local-env-vars`, but for configuration that the user hands on. */
const elsewhere: ReadonlySet<string> = new Set([
	'GIT_ALTERNATE_OBJECT_DIRECTORIES',
	'GIT_COMMON_DIR',
	'GIT_DIR',
	'GIT_GRAFT_FILE',
	'GIT_IMPLICIT_WORK_TREE',
	'GIT_INDEX_FILE',
	'GIT_INTERNAL_SUPER_PREFIX',
	'GIT_NAMESPACE',
	'GIT_NO_REPLACE_OBJECTS',
	'GIT_OBJECT_DIRECTORY',
	'GIT_PREFIX',
	'GIT_QUARANTINE_PATH',
	'GIT_REPLACE_REF_BASE',
	'GIT_SHALLOW_FILE',
	'GIT_WORK_TREE',
]);
