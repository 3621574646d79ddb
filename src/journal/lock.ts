// One supervisor a repository. The owner holds an open exclusive transaction on a database of its
// own: the kernel ends it with the process, so that a stale lock cannot exist.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { preparePrivateFile } from './private-file.ts';
import { refuseSqlite } from './sqlite.ts';

/** Ownership of a repository, until disposed of or until the process ends. */
export interface Lock extends Disposable {
	/**
	 * Whether the file that is locked is still the one in the folder. Where somebody has removed
	 * it, another process could lock a new one: an owner that reads false must end.
	 */
	readonly intact: boolean;
}

/** Nobody has to keep hold of a lock for it to last: a database that is collected is closed. */
const held = new Set<DatabaseSync>();

/** Waiting this long turns starts at the same instant into one owner and clear refusals. */
const busyTimeoutMs = 300;

/**
 * Takes the lock of the repository whose weir folder (see `openJournalFolder`) is given. Blocks
 * for at most 300 ms, then refuses with `supervisor.running`.
 */
export function takeLock(folder: string): Outcome<Lock> {
	const path = join(folder, 'lock.sqlite');
	const prepared = preparePrivateFile(path);
	if (!prepared.ok) return prepared;
	const inode = statSync(path).ino;
	let opened: DatabaseSync | undefined;
	try {
		opened = new DatabaseSync(path, { timeout: busyTimeoutMs });
		opened.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		opened?.close();
		return refuseLock(path, error);
	}
	const database = opened;
	held.add(database);
	return ok({
		get intact() {
			return statSync(path, { throwIfNoEntry: false })?.ino === inode;
		},
		[Symbol.dispose]() {
			held.delete(database);
			if (database.isOpen) database.close();
		},
	});
}

function refuseLock(path: string, error: unknown): Outcome<never> {
	const refused = refuseSqlite(path, error);
	if (refused.ok || refused.refusal.code !== 'journal.busy') return refused;
	return refuse(
		'supervisor.running',
		'another supervisor already runs for this repository',
		'weir status',
	);
}
