// Folders that only their owner may enter: sockets, tokens and the journal live in them.
import { existsSync, lstatSync, mkdirSync, type Stats, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './error-words.ts';
import { type Outcome, ok, refuse } from './outcome.ts';
import { shellWord } from './shell-word.ts';

/**
 * Makes sure that `path` is a real folder of this user with mode 0700, creating it (but not its
 * parents) where it is missing. Anything else found there is refused and left untouched.
 */
export function openPrivateFolder(path: string): Outcome<string> {
	try {
		mkdirSync(path, { mode: 0o700 });
	} catch (error) {
		const code = errorCode(error);
		if (code !== 'EEXIST') return refuseCreation(path, code, error);
	}
	return checkPrivateFolder(path);
}

/**
 * Makes a folder for its owner alone where the one above it is there, and only there: nothing is laid
 * anew at a place from which a repository has moved away.
 */
export async function makeWithin(path: string): Promise<void> {
	await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
		if (errorCode(error) !== 'EEXIST') throw error;
	});
}

/**
 * The private folder of a socket, made anew where it was swept away, with the one above it: what lies
 * above both may be gone for good, as the ground of a demo is. Throws where it is not ours alone.
 */
export function openSocketFolder(folder: string): void {
	try {
		mkdirSync(dirname(folder), { mode: 0o700 });
	} catch (error) {
		if (errorCode(error) !== 'EEXIST') throw error;
	}
	const opened = openPrivateFolder(folder);
	if (!opened.ok) throw new Error(opened.refusal.message);
}

/**
 * Makes a folder for its owner alone, and those above it that are missing. Throws what the system
 * says. Not the recursion of Node's own `mkdir`, which never ends where a file system keeps no folders
 * though the one above is there, such as below `/proc`.
 */
export function makeFolders(path: string): void {
	try {
		mkdirSync(path, { mode: 0o700 });
	} catch (error) {
		const code = errorCode(error);
		if (code === 'EEXIST' && statSync(path).isDirectory()) return;
		if (code !== 'ENOENT' || existsSync(dirname(path))) throw error;
		makeFolders(dirname(path));
		makeFolders(path);
	}
}

/** Whether `path` is a folder only this user can enter; it is never created or changed. */
export function checkPrivateFolder(path: string): Outcome<string> {
	const found = lstatSync(path, { throwIfNoEntry: false });
	if (!found) {
		return refuse('folder.missing', `the folder ${path} does not exist`);
	}
	if (found.isSymbolicLink() || !found.isDirectory()) {
		const what = found.isSymbolicLink() ? 'a symbolic link' : 'not a folder';
		return refuse(
			'folder.not-private',
			`${path} is ${what}, so others may decide where it leads`,
			`remove it: rm -- ${shellWord(path)}`,
		);
	}
	const owner = ownUser();
	if (owner !== undefined && found.uid !== owner) {
		return refuse(
			'folder.foreign',
			`the folder ${path} belongs to user ${found.uid}, not to user ${owner} who runs weir`,
			`run weir as user ${found.uid}, or remove the folder`,
		);
	}
	if (owner !== undefined && (found.mode & 0o777) !== 0o700) {
		const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
		return refuse(
			'folder.not-private',
			`the folder ${path} has mode ${mode}; weir needs 0700`,
			`chmod 700 -- ${shellWord(path)}`,
		);
	}
	return ok(path);
}

/**
 * Whether nobody but this user and root can replace what lies in `folder`: it is theirs, and
 * where others may write to it, it is sticky as the system's temp folder is.
 */
export function keepsOthersOut(folder: Pick<Stats, 'uid' | 'mode'>): boolean {
	const owner = ownUser();
	if (owner === undefined) return true;
	if (folder.uid !== owner && folder.uid !== 0) return false;
	return (folder.mode & 0o022) === 0 || (folder.mode & 0o1000) !== 0;
}

/** The user id of this process; undefined on systems that have none. */
export function ownUser(): number | undefined {
	return process.geteuid?.();
}

function refuseCreation(path: string, code: string | undefined, error: unknown) {
	if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
		return refuse(
			'folder.read-only',
			`the folder ${path} cannot be created: this user may not write there`,
			'make the parent folder writable for this user, then run the command again',
		);
	}
	if (code === 'ENOSPC' || code === 'EDQUOT') {
		return refuse(
			'folder.full',
			`the folder ${path} cannot be created: the disk is full`,
			'free some space, then run the command again',
		);
	}
	if (code === 'ENOENT' || code === 'ENOTDIR') {
		return refuse(
			'folder.missing',
			`the folder ${path} cannot be created: its parent does not exist`,
		);
	}
	throw new Error(`cannot create the folder ${path}`, { cause: error });
}
