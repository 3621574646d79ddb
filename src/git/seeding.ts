// Files that git does not carry but a worktree needs (`.env`): copied from the main checkout, only
// where they are untracked there, never through a link, never over a file.
import { constants } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, realpath, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { withPassingFolder } from '../lib/passing-folder.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { type Excluding, excludePaths } from './excludes.ts';
import { gitList } from './git.ts';
import type { Repository } from './repository.ts';

export interface Seeded {
	readonly copied: readonly string[];
	/** Matched, but left out: a link, no plain file, or its place is taken. */
	readonly skipped: readonly string[];
}

/**
 * Copies files of the main checkout that match gitignore-style `patterns` or the lines of its
 * `.worktreeinclude`, and excludes the copies. Files that hold secrets by their name become 0600.
 * Idempotent: what is there already is left alone. A bare repository has nothing to copy.
 */
export async function seedFiles(
	repository: Repository,
	worktree: Excluding,
	patterns: readonly string[],
): Promise<Seeded> {
	const { root } = repository;
	if (root === null) return { copied: [], skipped: [] };
	const included = await readIfThere(join(root, '.worktreeinclude'));
	const copied: string[] = [];
	const skipped: string[] = [];
	const list = [...patterns, ...(included ?? '').split('\n')];
	for (const path of await matching(repository, root, list)) {
		const done = await copyOne(root, worktree.path, path);
		(done ? copied : skipped).push(path);
	}
	if (copied.length > 0) await excludePaths(worktree, copied);
	return { copied, skipped };
}

/** Untracked files of the main checkout, ignored ones among them, that the patterns name. */
async function matching(
	repository: Repository,
	root: string,
	patterns: readonly string[],
): Promise<string[]> {
	if (patterns.every((line) => line.trim() === '' || line.startsWith('#'))) return [];
	return withPassingFolder('patterns', async (folder) => {
		const file = join(folder, 'patterns');
		await writeFile(file, `${patterns.join('\n')}\n`);
		const place = { ...repository.place, workTree: root };
		// With no other excludes given, the patterns alone decide.
		const args = ['ls-files', '-z', '--others', '--ignored', `--exclude-from=${file}`];
		const paths = await gitList(place, args);
		return paths.filter((path) => !path.endsWith('/'));
	});
}

async function copyOne(from: string, to: string, path: string): Promise<boolean> {
	const source = join(from, path);
	const target = join(to, path);
	const entry = await lstat(source).catch(() => null);
	if (!entry?.isFile()) return false;
	if (!(await makeFolder(to, dirname(path)))) return false;
	try {
		await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code !== 'EEXIST') throw error;
		// Ours from an earlier try, most likely; then its exclusion must be repeated too.
		return sameSize(source, target);
	}
	await chmod(target, isSecret(path) ? 0o600 : entry.mode & 0o777);
	return true;
}

/** Makes the folders of a path below `top`; false where a link or a file stands in the way. */
async function makeFolder(top: string, folder: string): Promise<boolean> {
	if (folder === '.') return true;
	try {
		await mkdir(join(top, folder), { recursive: true });
	} catch {
		// A file stands where a folder should be.
		return false;
	}
	const real = await realpath(join(top, folder));
	return real === (await realpath(top)) + sep + folder.split('/').join(sep);
}

async function sameSize(source: string, target: string): Promise<boolean> {
	const [one, other] = await Promise.all([lstat(source), lstat(target)]);
	return other.isFile() && one.size === other.size;
}

function isSecret(path: string): boolean {
	const name = basename(path);
	return /^\.env(\..*)?$|\.(env|pem|key|p12|pfx)$|secret|credential|token/i.test(name);
}
