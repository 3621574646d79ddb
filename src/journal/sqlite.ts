// What SQLite's errors mean to weir: the expected ones become refusals with a next step.

import { messageOf } from '../lib/error-words.ts';
import { type Outcome, refuse } from '../lib/outcome.ts';
import { shellWord } from '../lib/shell-word.ts';

/**
 * What an error of `node:sqlite` on the file at `path` comes down to. Throws where the error is no
 * fault of disk or file, but a mistake in the program.
 */
export function refuseSqlite(path: string, error: unknown): Outcome<never> {
	const code = resultCode(error);
	const refusal = code === undefined ? undefined : refusals[code & 0xff];
	if (code === undefined || !refusal)
		throw new Error(`the database ${path} is misused`, { cause: error });
	if (spaceErrors.has(code)) return refuseFull(path);
	return refusal(path, messageOf(error));
}

export function refuseFull(path: string): Outcome<never> {
	return refuse(
		'journal.full',
		`the disk is full, so nothing can be recorded in ${path}; what was recorded is safe`,
		'free some space on that disk; weir goes on by itself then',
	);
}

export function refuseCorrupt(path: string, detail: string): Outcome<never> {
	const aside = `${path}.broken`;
	return refuse(
		'journal.corrupt',
		`the journal ${path} is damaged (${detail}) and was left as it is`,
		`put a backup in its place, or start a new one: mv -- ${shellWord(path)} ${shellWord(aside)}`,
	);
}

// Primary result codes, https://www.sqlite.org/rescode.html
const refusals: Readonly<
	Record<number, (path: string, detail: string) => Outcome<never>>
> = {
	5: refuseBusy, // SQLITE_BUSY
	8: refuseReadOnly, // SQLITE_READONLY
	10: refuseFailed, // SQLITE_IOERR
	11: refuseCorrupt, // SQLITE_CORRUPT
	13: refuseFull, // SQLITE_FULL
	14: refuseReadOnly, // SQLITE_CANTOPEN
	26: refuseCorrupt, // SQLITE_NOTADB
};

/**
 * I/O errors that mean "no room": a write that a quota or a file size limit stopped (SQLite calls
 * only ENOSPC full), and shared memory that could not grow.
 */
const spaceErrors: ReadonlySet<number> = new Set([
	10 | (3 << 8), // SQLITE_IOERR_WRITE
	10 | (19 << 8), // SQLITE_IOERR_SHMSIZE
]);

function refuseBusy(path: string): Outcome<never> {
	return refuse(
		'journal.busy',
		`another program holds ${path}`,
		'weir status, or close the other program',
	);
}

function refuseReadOnly(path: string, detail: string): Outcome<never> {
	return refuse(
		'journal.read-only',
		`${path} cannot be written (${detail})`,
		'make the file and its folder writable for this user',
	);
}

/** A disk that did not take what it was given: for good, until the journal is opened anew. */
export function refuseFailed(path: string, detail: string): Outcome<never> {
	return refuse(
		'journal.failed',
		`the disk failed while ${path} was used (${detail}); what was recorded before is kept`,
		'check the disk, then: weir up --restart',
	);
}

function resultCode(error: unknown): number | undefined {
	if (!(error instanceof Error) || !('errcode' in error)) return undefined;
	return typeof error.errcode === 'number' ? error.errcode : undefined;
}
