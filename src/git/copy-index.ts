// An index tells git by its own time which files it must read: those not older than it may have
// changed after they were looked at, unseen in their size and times (git counts seconds, see
// Documentation/technical/racy-git.txt). A copy with a later time would hide such a change for ever.
import { copyFile, stat, utimes } from 'node:fs/promises';

/** Copies an index together with its time. Throws as `copyFile` does. */
export async function copyIndex(from: string, to: string): Promise<void> {
	// Before the copy: should another index take its place meanwhile, the older time reads more.
	const { mtimeMs } = await stat(from);
	await copyFile(from, to);
	const seconds = Math.floor(mtimeMs / 1000);
	await utimes(to, seconds, seconds);
}
