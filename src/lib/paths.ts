// Where things lie outside of a repository: the XDG folders and the sockets.
import { lstatSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { digest } from './digest.ts';
import type { Environment } from './environment.ts';
import { type Outcome, refuse } from './outcome.ts';
import { keepsOthersOut, openPrivateFolder, ownUser } from './private-folder.ts';

/**
 * `sun_path` holds 104 bytes with its final zero on macOS (108 on Linux); Node cuts a longer path
 * silently, so that two sockets could become one.
 */
export const socketPathLimit = 104;

/** `$XDG_DATA_HOME/weir`: what is kept for the user, such as trust. Not created here. */
export function dataFolder(environment: Environment): string {
	return userFolder(environment, 'XDG_DATA_HOME', '.local/share');
}

/** What weir's own agent and its user have said, a file a conversation. Not created here. */
export function conversationsFolder(environment: Environment): string {
	return join(dataFolder(environment), 'conversations');
}

/** `$XDG_CONFIG_HOME/weir`: the user's own settings. Not created here. */
export function configFolder(environment: Environment): string {
	return userFolder(environment, 'XDG_CONFIG_HOME', '.config');
}

/**
 * The folder of all sockets of this user, created where it is missing: `$XDG_RUNTIME_DIR/weir`, or
 * `weir-<uid>` in the system's temp folder where that variable is unset, relative, gone, somebody
 * else's (after `su`) or too deep for a socket. Refused where something else lies in its place.
 */
export function runtimeFolder(environment: Environment): Outcome<string> {
	const session = environment.XDG_RUNTIME_DIR;
	if (session && isSessionFolder(session)) {
		const folder = join(session, 'weir');
		if (fitsSocket(folder)) return openPrivateFolder(folder);
	}
	const temp = environment.TMPDIR || '/tmp';
	const folder = join(temp, `weir-${ownUser() ?? 'user'}`);
	if (!fitsSocket(folder)) {
		return refuse(
			'runtime.too-deep',
			`the path of the temp folder ${temp} is too long to hold a socket`,
			'set XDG_RUNTIME_DIR to a private folder with a short path',
		);
	}
	const parent = statSync(temp, { throwIfNoEntry: false });
	if (!parent || !keepsOthersOut(parent)) {
		const problem = parent ? 'lets other users replace files' : 'does not exist';
		return refuse(
			'runtime.unsafe',
			`the temp folder ${temp} ${problem}, so no socket can be kept there`,
			'set XDG_RUNTIME_DIR or TMPDIR to a folder of your own',
		);
	}
	return openPrivateFolder(folder);
}

/**
 * The folder of the sockets of one repository, below the runtime folder and named by a hash of
 * the repository's common dir, however deep that lies. Created where it is missing.
 */
export function repositoryRuntime(
	environment: Environment,
	commonDir: string,
): Outcome<string> {
	const runtime = runtimeFolder(environment);
	return runtime.ok ? openPrivateFolder(join(runtime.value, hashOf(commonDir))) : runtime;
}

/** The folder of the one socket that agents may reach, below that of the repository's. */
export function agentsFolder(folder: string): string {
	return join(folder, 'agents');
}

/** The path of a socket in `folder`; throws where it is too long to be bound. */
export function socketPath(folder: string, name: string): string {
	const path = join(folder, name);
	if (Buffer.byteLength(path) >= socketPathLimit)
		throw new Error(`the socket path ${path} is over ${socketPathLimit} bytes`);
	return path;
}

function userFolder(environment: Environment, variable: string, fallback: string) {
	const given = environment[variable];
	// The XDG specification: a path that is not absolute is to be ignored.
	const base =
		given && isAbsolute(given) ? given : join(environment.HOME ?? homedir(), fallback);
	return join(base, 'weir');
}

function isSessionFolder(path: string): boolean {
	if (!isAbsolute(path)) return false;
	const found = lstatSync(path, { throwIfNoEntry: false });
	const owner = ownUser();
	return (
		found !== undefined &&
		found.isDirectory() &&
		(owner === undefined || found.uid === owner) &&
		keepsOthersOut(found)
	);
}

// The longest name below the runtime folder: a hash and a file name of up to 24 characters.
const hashLength = 16;
const longestName = 24;

function fitsSocket(folder: string): boolean {
	return Buffer.byteLength(folder) + hashLength + longestName + 2 < socketPathLimit;
}

function hashOf(commonDir: string): string {
	return digest(realpathSync(commonDir), hashLength);
}
