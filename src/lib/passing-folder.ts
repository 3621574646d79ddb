// Folders for what is passing. The name of one says whose it is, so that what a killed program left goes
// with the next one's.
import { readlinkSync } from 'node:fs';
import { lstat, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownUser } from './private-folder.ts';
import { identityOf } from './processes.ts';

/**
 * Runs a job with a new folder in `top`, the system's for temporary files unless told, that goes when it
 * ends. `name` is a word of small letters. Throws where no folder can be made.
 */
export async function withPassingFolder<T>(
	name: string,
	job: (folder: string) => Promise<T>,
	top = tmpdir(),
): Promise<T> {
	await clearLeft(top);
	const owner = `${namespace()}.${process.pid}`;
	const folder = await mkdtemp(join(await realpath(top), `weir-${name}-${owner}-`));
	try {
		return await job(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

const owned = /^weir-[a-z]+-(\d+)\.(\d+)-/;

/** Numbers of processes mean something within their namespace alone: `/tmp` may be shared with others. */
function namespace(): string {
	try {
		return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
	} catch {
		return '0';
	}
}

/** What programs left that did not come to their end. */
async function clearLeft(top: string): Promise<void> {
	for (const entry of await readdir(top)) {
		const [, home, pid] = owned.exec(entry) ?? [];
		if (home !== namespace() || identityOf(Number(pid)) !== null) continue;
		const path = join(top, entry);
		const there = await lstat(path).catch(() => null);
		if (!there?.isDirectory() || there.uid !== ownUser()) continue;
		// It may be going already, by another program's hand.
		await rm(path, { recursive: true, force: true }).catch(() => undefined);
	}
}
