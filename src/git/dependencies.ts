// Dependency folders (`node_modules`) of the main checkout, brought into a worktree without copying
// their bytes where that can be helped.
import { constants } from 'node:fs';
import {
	copyFile,
	link,
	lstat,
	mkdir,
	readdir,
	readlink,
	rename,
	rm,
	symlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { draftOf } from '../lib/replace-file.ts';
import { type Excluding, excludedPaths, excludePaths } from './excludes.ts';
import type { Repository } from './repository.ts';

/**
 * `reflink`: own files that share blocks until one is changed. `hardlink`: the same files, so that
 * an edit in one place is an edit in all. `symlink`: the folder itself is shared.
 */
export type LinkMode = 'reflink' | 'hardlink' | 'symlink';

export interface LinkedFolder {
	readonly path: string;
	readonly how: LinkMode;
}

/**
 * Brings each folder of `paths` that exists in the main checkout: by reflink where the file system
 * can, else in the way of `otherwise`. Idempotent: a folder that is there is left alone. Refuses
 * with `link.tracked` where a path holds tracked files.
 */
export async function linkFolders(
	repository: Repository,
	worktree: Excluding,
	paths: readonly string[],
	otherwise: LinkMode,
): Promise<Outcome<readonly LinkedFolder[]>> {
	const { root } = repository;
	if (root === null) return ok([]);
	const linked: LinkedFolder[] = [];
	for (const path of paths) {
		const clean = path.replace(/\/+$/, '');
		const source = join(root, clean);
		const target = join(worktree.path, clean);
		if (!isBelow(clean)) return refuse('link.outside', `${path} leaves the worktree`);
		const entry = await lstat(source).catch(() => null);
		if (!entry?.isDirectory()) continue;
		const there = await lstat(target).catch(() => null);
		if (there !== null && !there.isSymbolicLink() && !(await isLinked(worktree, clean))) {
			return refuse(
				'link.tracked',
				`${clean} is part of the repository, so it cannot be linked`,
				'take it out of `link` in the settings',
			);
		}
		if (there === null) {
			await mkdir(dirname(target), { recursive: true });
			linked.push({ path: clean, how: await bring(source, target, otherwise) });
		}
		await excludePaths(worktree, [clean]);
	}
	return ok(linked);
}

async function bring(
	source: string,
	target: string,
	otherwise: LinkMode,
): Promise<LinkMode> {
	const draft = draftOf(target);
	try {
		await copyTree(source, draft, 'reflink');
		await rename(draft, target);
		return 'reflink';
	} catch (error) {
		await rm(draft, { recursive: true, force: true });
		if (!cannotReflink.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
	}
	// Without reflinks the choice is the user's; a reflink asked for becomes a shared folder.
	if (otherwise === 'hardlink') {
		try {
			await copyTree(source, draft, 'hardlink');
			await rename(draft, target);
			return 'hardlink';
		} catch (error) {
			await rm(draft, { recursive: true, force: true });
			if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
		}
	}
	await symlink(source, target);
	return 'symlink';
}

const cannotReflink = new Set([
	'ENOTSUP',
	'EOPNOTSUPP',
	'EXDEV',
	'EINVAL',
	'ENOSYS',
	'ENOTTY',
]);

async function copyTree(
	source: string,
	target: string,
	how: 'reflink' | 'hardlink',
): Promise<void> {
	await mkdir(target);
	for (const entry of await readdir(source, { withFileTypes: true })) {
		const from = join(source, entry.name);
		const to = join(target, entry.name);
		if (entry.isDirectory()) await copyTree(from, to, how);
		else if (entry.isSymbolicLink()) await symlink(await readlink(from), to);
		else if (!entry.isFile()) continue;
		else if (how === 'hardlink') await link(from, to);
		else await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE);
	}
}

async function isLinked(worktree: Excluding, path: string): Promise<boolean> {
	return (await excludedPaths(worktree)).includes(path);
}

function isBelow(path: string): boolean {
	return (
		path !== '' &&
		!path.startsWith('/') &&
		path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
	);
}
