// Whether files stand as they did: by their times of change, which nobody can set, as long as those are old
// enough that no later change fits into the same tick of the clock.
import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { errorCode } from '../lib/error-words.ts';
import { onDisk } from '../lib/name-bytes.ts';

const tickNs = 100_000_000n;

/**
 * The same text for the same files in the same places; null where one was changed just now, cannot be seen,
 * or is a folder, of which a time says nothing. Files that are not there count as such.
 */
export async function stampOf(places: readonly string[]): Promise<string | null> {
	const now = BigInt(Date.now()) * 1_000_000n;
	const hash = createHash('sha256');
	for (const place of places) {
		const there = await lstat(onDisk(place), { bigint: true }).catch(unlessHidden);
		if (there === undefined) return null;
		if (there?.isDirectory() || (there && now - there.ctimeNs < tickNs)) return null;
		hash.update(`${place}\0${there ? wordsOf(there) : ''}\0`);
	}
	return hash.digest('hex');
}

/** Whether it is there is not known: undefined. */
function unlessHidden(error: unknown): null | undefined {
	return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') ? null : undefined;
}

function wordsOf({ dev, ino, mode, size, ctimeNs }: BigIntStats): string {
	return [dev, ino, mode, size, ctimeNs].join(' ');
}
