// Folders below a top that somebody else may change at any moment, entered one after another through
// handles: a link that is put in place of one of them leads nowhere.

import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './error-words.ts';
import { nameText, onDisk } from './name-bytes.ts';

const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/**
 * Runs a job with a path that stands for the folder itself, whatever becomes of its name; null where the
 * folder is not there, or is a link. With `make`, what is missing is made.
 */
export async function inFolder<T>(
	top: string,
	folder: string,
	job: (path: string) => Promise<T>,
	make = false,
): Promise<T | null> {
	if (process.platform !== 'linux') return inRealFolder(top, folder, job, make);
	let handle: FileHandle | null = await open(top, flags);
	try {
		for (const name of folder === '' || folder === '.' ? [] : folder.split('/')) {
			const next: FileHandle | null = await enter(join(pathOf(handle), name), make);
			await handle.close();
			handle = next;
			if (!handle) return null;
		}
		return await job(pathOf(handle));
	} finally {
		await handle?.close();
	}
}

function pathOf({ fd }: FileHandle): string {
	return `/proc/self/fd/${fd}`;
}

async function enter(path: string, make: boolean): Promise<FileHandle | null> {
	if (make)
		await mkdir(onDisk(path)).catch((error: unknown) => {
			if (errorCode(error) !== 'EEXIST') throw error;
		});
	return open(onDisk(path), flags).catch((error: unknown) => {
		if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errorCode(error) ?? '')) return null;
		throw error;
	});
}

/** Where handles have no paths: looked at just before. */
async function inRealFolder<T>(
	top: string,
	folder: string,
	job: (path: string) => Promise<T>,
	make: boolean,
): Promise<T | null> {
	const path = join(top, folder);
	if (make) await mkdir(onDisk(path), { recursive: true });
	const entry = await lstat(onDisk(path)).catch(() => null);
	if (!entry?.isDirectory()) return null;
	const real = nameText(await realpath(onDisk(path), { encoding: 'buffer' }));
	return real === join(await realpath(top), folder) ? job(path) : null;
}
