// Whether a command can be started at all, said before a pty is made for it.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { errorCode } from '../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';

export interface Command {
	/** `argv[0]` without a slash is looked up on the PATH of `env`. */
	readonly argv: readonly string[];
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
}

/** The absolute path of the program, or `spawn.failed` with the reason in one sentence. */
export function findCommand({ argv, cwd, env }: Command): Outcome<string> {
	const name = argv[0];
	if (name === undefined || name === '') return failed('the command is empty');
	if (argv.some(hasNul) || hasNul(cwd)) return failed('the command holds a NUL byte');
	if (!isAbsolute(cwd)) return failed(`the folder ${cwd} is not an absolute path`);
	const folder = checkFolder(cwd);
	if (!folder.ok) return folder;
	if (name.includes('/')) return checkFile(isAbsolute(name) ? name : join(cwd, name));
	const path = env.PATH ?? '';
	if (path === '')
		return failed(`${name} cannot be looked up: its environment has no PATH`);
	for (const entry of path.split(delimiter)) {
		const found = checkFile(join(isAbsolute(entry) ? entry : join(cwd, entry), name));
		if (found.ok) return found;
	}
	return failed(`${name} is not on the PATH`);
}

function checkFolder(folder: string): Outcome<string> {
	try {
		if (!statSync(folder).isDirectory()) return failed(`${folder} is not a folder`);
		accessSync(folder, constants.X_OK);
		return ok(folder);
	} catch (error) {
		return failed(`the folder ${folder} cannot be entered (${errorCode(error)})`);
	}
}

function checkFile(file: string): Outcome<string> {
	try {
		if (!statSync(file).isFile()) return failed(`${file} is not a file`);
		accessSync(file, constants.X_OK);
		return ok(file);
	} catch (error) {
		return failed(`${file} cannot be executed (${errorCode(error)})`);
	}
}

function hasNul(text: string): boolean {
	return text.includes('\0');
}

function failed(reason: string): Outcome<never> {
	return refuse('spawn.failed', reason);
}
