// Folders below a top that somebody else may change at any moment, entered one after another through
// handles: a link that is put in place of one of them leads nowhere.

import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode, messageOf } from './error-words.ts';
import { Lane } from './lane.ts';
import { nameText, onDisk } from './name-bytes.ts';
import { type Outcome, ok, refuse } from './outcome.ts';

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

/**
 * Runs a job for each path below the top, those of one folder by one handle and some at a time. The job is
 * given the place of its path in the folder, null as above; answers what each said, and what went wrong.
 */
export async function inFolders<T>(
	top: string,
	paths: readonly string[],
	job: (place: string | null, path: string) => Promise<T>,
	make = false,
): Promise<Map<string, Outcome<T>>> {
	const done = new Map<string, Outcome<T>>();
	const lane = new Lane(atOnce);
	for (const [folder, inside] of Map.groupBy(paths, (path) => dirname(path))) {
		const all = (here: string | null) =>
			Promise.all(
				inside.map((path) =>
					lane
						.run(() => job(here && join(here, basename(path)), path))
						.then(ok, failed)
						.then((outcome) => done.set(path, outcome)),
				),
			);
		const entered = await inFolder(top, folder, all, make).catch((error: unknown) => {
			for (const path of inside) done.set(path, failed(error));
			return inside;
		});
		if (entered === null) await all(null);
	}
	return done;
}

/** Of the four threads that do it, none waits for the next word. */
const atOnce = 8;

function failed(error: unknown): Outcome<never> {
	return refuse(errorCode(error) ?? 'unknown', messageOf(error));
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
