// A file in the scope that has another name outside of it: no sandbox tells the two apart, so what is
// written by one is read by the other. Such files become files of their own.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, lstat, rename, rm, utimes } from 'node:fs/promises';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import { isWithin, isWritable, type Ruling } from './rulings.ts';

const run = promisify(execFile);

/** More than so many are those of a package manager's store: to copy them would take long, and disk. */
const mostCopied = 1000;
const mostBytes = 256 * 1024 * 1024;
const together = 16;

export interface Unlinked {
	readonly copied: number;
	/** First folders of the worktree that hold too many of them: they are not to be written. */
	readonly shut: readonly string[];
}

/** Looks below what of the worktree is writable. */
export async function breakHardLinks(
	worktree: string,
	places: readonly Ruling[],
): Promise<Unlinked> {
	const roots = places
		.filter(({ writable }) => writable)
		.map(({ path }) => (path === '' ? worktree : `${worktree}/${path}`));
	const found = (await listLinked(roots)).filter((path) =>
		isWritable(places, relative(worktree, path)),
	);
	const leading = await leadingOut(found);
	const shut = new Set<string>();
	let copied = 0;
	for (const [folder, files] of Map.groupBy(leading, ({ path }) =>
		firstFolder(worktree, path),
	)) {
		const bytes = files.reduce((sum, { size }) => sum + size, 0);
		if (folder !== '' && (files.length > mostCopied || bytes > mostBytes)) {
			shut.add(folder);
			continue;
		}
		for (const { path } of files) await copyInPlace(path);
		copied += files.length;
	}
	return { copied, shut: [...shut] };
}

async function listLinked(roots: readonly string[]): Promise<string[]> {
	if (roots.length === 0) return [];
	const args = [...roots, '-xdev', '-type', 'f', '-links', '+1', '-print0'];
	const options = { maxBuffer: 256 * 1024 * 1024, encoding: 'utf8' } as const;
	// It ends with 1 where something went while it looked; what it found is told all the same.
	const { stdout } = await run('find', args, options).catch(
		(error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
	);
	return [...new Set(stdout.split('\0'))].filter((path) => path !== '');
}

interface Linked {
	readonly path: string;
	readonly size: number;
}

/** Of those that share a file, those which do not have all of its names. */
async function leadingOut(paths: readonly string[]): Promise<Linked[]> {
	const looks: { path: string; file: string; names: number; size: number }[] = [];
	for (let at = 0; at < paths.length; at += together) {
		const some = await Promise.all(
			paths.slice(at, at + together).map(async (path) => {
				const entry = await lstat(path).catch(() => null);
				const file = `${entry?.dev} ${entry?.ino}`;
				return entry && { path, file, names: entry.nlink, size: entry.size };
			}),
		);
		looks.push(...some.filter((look) => look !== null));
	}
	return [...Map.groupBy(looks, ({ file }) => file).values()].flatMap((same) =>
		same.every(({ names }) => names > same.length) ? same : [],
	);
}

async function copyInPlace(path: string): Promise<void> {
	const draft = `${path}.weir-${randomBytes(6).toString('hex')}`;
	try {
		const { mode, atime, mtime } = await lstat(path);
		await copyFile(path, draft, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
		await chmod(draft, mode & 0o7777);
		await utimes(draft, atime, mtime);
		await rename(draft, path);
	} catch (error) {
		await rm(draft, { force: true });
		throw error;
	}
}

/** '' where it lies in the worktree itself. */
function firstFolder(worktree: string, path: string): string {
	const below = relative(worktree, path);
	const slash = below.indexOf('/');
	return slash < 0 ? '' : below.slice(0, slash);
}

/** Takes a folder out of what is writable. */
export function shutFolders(
	places: readonly Ruling[],
	folders: readonly string[],
): Ruling[] {
	const left = places.filter(
		({ path }) => !folders.some((folder) => isWithin(path, folder)),
	);
	return [...left, ...folders.map((path) => ({ path, writable: false }))];
}
