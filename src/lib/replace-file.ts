// A file that is there whole or as it was before: written beside and renamed.
import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';

/** Replaces `path` at once; a link at `path` is replaced, not followed. */
export async function replaceFile(
	path: string,
	content: string | Uint8Array,
): Promise<void> {
	await replace(path, content, false);
}

/** As `replaceFile`, and the content is on the disk before the name is. */
export async function replaceDurably(path: string, content: string): Promise<void> {
	await replace(path, content, true);
}

async function replace(
	path: string,
	content: string | Uint8Array,
	durable: boolean,
): Promise<void> {
	const draft = draftOf(path);
	try {
		await writeFile(draft, content, { flag: 'wx', flush: durable });
		await rename(draft, path);
	} catch (error) {
		await rm(draft, { force: true });
		throw error;
	}
}

/** A name beside `path` that nobody else uses. */
export function draftOf(path: string): string {
	return `${path}.weir-${randomBytes(6).toString('hex')}`;
}
