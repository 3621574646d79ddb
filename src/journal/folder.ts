// `<common dir>/weir`: the journal, the lock and what else weir keeps for one repository.
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { openPrivateFolder, ownUser } from '../lib/private-folder.ts';
import { remoteFileSystem } from '../lib/remote-file-system.ts';
import { shellWord } from '../lib/shell-word.ts';

/** Where a repository keeps what is weir's; only named here, neither created nor checked. */
export function journalFolder(commonDir: string): string {
	return join(commonDir, 'weir');
}

/**
 * Opens `<common dir>/weir`, 0700, creating it where it is missing. Refused where the repository
 * belongs to another user, cannot be written, or lies on a file system without shared memory
 * (a journal in WAL mode would be corrupted there).
 */
export function openJournalFolder(commonDir: string): Outcome<string> {
	const found = statSync(commonDir, { throwIfNoEntry: false });
	if (!found?.isDirectory()) {
		return refuse('repository.missing', `there is no repository at ${commonDir}`);
	}
	const owner = ownUser();
	if (owner !== undefined && found.uid !== owner) {
		return refuse(
			'repository.foreign',
			`the repository ${commonDir} belongs to user ${found.uid}, not to user ${owner} who runs weir`,
			`run weir as user ${found.uid}, or: chown -R ${owner} -- ${shellWord(commonDir)}`,
		);
	}
	const remote = remoteFileSystem(commonDir);
	if (remote !== null) {
		return refuse(
			'repository.remote',
			`the repository ${commonDir} lies on ${remote}, where no journal can be kept safely`,
			'clone the repository to a local disk and run weir there',
		);
	}
	const writable = checkWritable(commonDir);
	return writable.ok ? openPrivateFolder(journalFolder(commonDir)) : writable;
}

function checkWritable(commonDir: string): Outcome<string> {
	try {
		accessSync(commonDir, constants.W_OK);
		return ok(commonDir);
	} catch (error) {
		const code = errorCode(error);
		if (code !== 'EROFS' && code !== 'EACCES' && code !== 'EPERM') throw error;
		return refuse(
			'repository.read-only',
			`the repository ${commonDir} is read-only, so nothing that happens could be recorded`,
			'make it writable, or clone it to where you may write',
		);
	}
}
