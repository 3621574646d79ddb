// Database files that only their owner may read.
import { chmodSync, closeSync, constants, lstatSync, openSync } from 'node:fs';
import { errorCode } from '../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { shellWord } from '../lib/shell-word.ts';
import { refuseFull } from './sqlite.ts';

/**
 * Creates an empty database file with mode 0600 where there is none; SQLite gives its side files
 * the same mode. An existing file is never opened here: closing any descriptor of a file drops
 * all POSIX locks that this process holds on it, SQLite's among them.
 */
export function preparePrivateFile(path: string): Outcome<string> {
	try {
		const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY;
		closeSync(openSync(path, flags, 0o600));
		return ok(path);
	} catch (error) {
		if (errorCode(error) !== 'EEXIST') return refuseCreation(path, error);
	}
	const found = lstatSync(path);
	if (!found.isFile()) {
		return refuse(
			'journal.not-a-file',
			`${path} is not an ordinary file`,
			`move it away: mv -- ${shellWord(path)} ${shellWord(`${path}.moved`)}`,
		);
	}
	if ((found.mode & 0o077) !== 0) chmodSync(path, 0o600);
	return ok(path);
}

function refuseCreation(path: string, error: unknown): Outcome<never> {
	switch (errorCode(error)) {
		case 'ENOSPC':
		case 'EDQUOT':
			return refuseFull(path);
		case 'EACCES':
		case 'EROFS':
		case 'EPERM':
			return refuse(
				'journal.read-only',
				`${path} cannot be created: this user may not write there`,
				'make its folder writable for this user',
			);
		default:
			throw new Error(`cannot create ${path}`, { cause: error });
	}
}
