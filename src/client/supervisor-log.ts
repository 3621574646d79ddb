// What a supervisor prints, in a file that does not grow without a bound: beyond a megabyte it is put
// aside, at a start and while the supervisor runs, so that two of them are kept.
import {
	copyFileSync,
	fstatSync,
	ftruncateSync,
	openSync,
	renameSync,
	rmSync,
	statSync,
} from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../lib/error-words.ts';

const mostBytes = 1024 * 1024;

export function supervisorLog(commonDir: string): string {
	return join(commonDir, 'weir', 'supervisor.log');
}

/** Opens it for a supervisor that is being started. */
export function openLog(path: string): number {
	const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
	try {
		if (size > mostBytes) renameSync(path, `${path}.1`);
	} catch (error) {
		// Another start has just put it aside.
		if (errorCode(error) !== 'ENOENT') throw error;
	}
	return openSync(path, 'a', 0o600);
}

/**
 * For the supervisor itself, now and then: empties the log that it goes on writing by a descriptor.
 * One that leads elsewhere, such as to a terminal, is left alone.
 */
export function boundLog(path: string, descriptor: number): void {
	const own = fstatSync(descriptor);
	if (!own.isFile() || own.size <= mostBytes) return;
	const aside = `${path}.1`;
	if (statSync(path, { throwIfNoEntry: false })?.ino === own.ino) {
		try {
			copyFileSync(path, aside);
		} catch (error) {
			if (errorCode(error) !== 'ENOSPC') throw error;
			// On a full disk the log gives up its room first.
			rmSync(aside, { force: true });
		}
	}
	// Opened to append: what is written next begins the file anew.
	ftruncateSync(descriptor);
}
