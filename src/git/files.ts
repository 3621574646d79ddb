// Small files, some in places where another process may have prepared a trap: written whole and
// never through a link, read within bounds.

import {
	chmod,
	lstat,
	mkdir,
	readdir,
	readFile,
	realpath,
	rename,
	rm,
	rmdir,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { onDisk } from '../lib/name-bytes.ts';
import { draftOf, replaceFile } from '../lib/replace-file.ts';

/** Writes below `top` only, even where somebody has put a link in place of a folder. */
export async function writeBelow(
	top: string,
	name: string,
	content: string | Uint8Array,
): Promise<void> {
	const folder = join(top, dirname(name));
	await mkdir(folder, { recursive: true });
	const real = await realpath(folder);
	if (real !== join(await realpath(top), dirname(name))) {
		throw new Error(`${folder} leads elsewhere`);
	}
	await replaceFile(join(top, name), content);
}

/** The text of a file that an agent may have replaced: regular, at most 16 KiB, or null. */
export async function readSmall(path: string): Promise<string | null> {
	const entry = await lstat(path).catch(() => null);
	if (!entry?.isFile() || entry.size > 16_384) return null;
	return readFile(path, 'utf8').catch(() => null);
}

/** Removes one file below `top`, and the folders that are empty without it, as git does. */
export async function removeFile(top: string, path: string): Promise<void> {
	await rm(onDisk(join(top, path)), { force: true });
	for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
		const gone = await rmdir(onDisk(join(top, folder))).then(
			() => true,
			() => false,
		);
		if (!gone) return;
	}
}

/** Removes a folder with all in it, folders without write permission too. Links are not followed. */
export async function removeTree(path: string): Promise<void> {
	try {
		await rm(path, { recursive: true, force: true });
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code !== 'EACCES' && code !== 'EPERM' && code !== 'ENOTEMPTY') throw error;
		await openUp(path);
		await rm(path, { recursive: true, force: true });
	}
}

/**
 * Removes a folder so that a crash leaves it whole or not there: it is moved beside `beside` first, which is
 * on its disk, and what a crash left there is for `clearDrafts`. One that cannot be moved, since it is
 * mounted, say, goes file by file.
 */
export async function removeAtOnce(path: string, beside = path): Promise<void> {
	const draft = draftOf(beside);
	const moved = await rename(path, draft).then(
		() => true,
		() => false,
	);
	await removeTree(moved ? draft : path);
}

/** Gives the owner back what they need to write a folder and all folders in it. */
export async function openUp(folder: string): Promise<void> {
	const { mode } = await lstat(folder);
	if ((mode & 0o700) !== 0o700) await chmod(folder, (mode & 0o777) | 0o700);
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		if (entry.isDirectory()) await openUp(join(folder, entry.name));
	}
}

/** Removes what crashes left of drafts of `path`; for whoever is the only one to draft it. */
export async function clearDrafts(path: string): Promise<void> {
	const prefix = `${basename(path)}.weir-`;
	for (const name of await readdir(dirname(path)).catch(() => [])) {
		const left =
			name.startsWith(prefix) && /^[0-9a-f]{12}$/.test(name.slice(prefix.length));
		if (left) await removeTree(join(dirname(path), name));
	}
}
