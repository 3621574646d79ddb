// Makes paths of a worktree what they are in a commit, while a program may be writing there: every step
// goes through a handle of the folder, so that no link leads weir out of the worktree.

import { constants } from 'node:fs';
import {
	copyFile,
	lstat,
	mkdtemp,
	readlink,
	rm,
	rmdir,
	symlink,
	unlink,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inFolder } from '../lib/folder-handle.ts';
import { onDisk } from '../lib/name-bytes.ts';
import { filteredIn } from './filtered.ts';
import { git, gitList } from './git.ts';
import { gitlinkMode } from './gitlinks.ts';
import type { Worktree } from './worktree.ts';

export interface PutBack {
	/** What was left as it is, and why. */
	readonly left: readonly { readonly path: string; readonly why: string }[];
}

/** What the commit does not have is taken away. Idempotent. */
export async function putBack(
	worktree: Worktree,
	commit: string,
	paths: readonly string[],
): Promise<PutBack> {
	const left: { path: string; why: string }[] = [];
	const wanted = await modesOf(worktree, commit, paths);
	const filtered = new Set(
		await filteredIn(worktree.repository, commit, [...wanted.keys()]),
	);
	const attempt = async (path: string, job: () => Promise<unknown>) => {
		await job().catch((error: unknown) =>
			left.push({ path, why: error instanceof Error ? error.message : String(error) }),
		);
	};
	// First: one of them may be a link in the place of a folder that another lies in.
	for (const path of paths.filter((one) => !wanted.has(one)))
		await attempt(path, () => takeAway(worktree.path, path));
	const files = [...wanted].filter(([path, mode]) => {
		if (mode !== gitlinkMode && !filtered.has(path)) return true;
		const why =
			mode === gitlinkMode
				? 'it is a submodule'
				: 'it goes through a git filter, which weir does not run';
		left.push({ path, why });
		return false;
	});
	if (files.length === 0) return { left };
	const folder = await mkdtemp(join(worktree.stateDir, 'back-'));
	try {
		const place = { ...worktree.place, index: join(folder, 'index') };
		await git(place, ['read-tree', commit]);
		const input = files.map(([path]) => `${path}\0`).join('');
		const args = ['checkout-index', '-z', '--stdin', `--prefix=${folder}/files/`];
		await git(place, args, { input, timeoutMs: 600_000 });
		for (const [path] of files)
			await attempt(path, () =>
				give(worktree.path, path, onDisk(join(folder, 'files', path))),
			);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
	return { left };
}

/** Modes of those that the commit has. */
async function modesOf(
	{ repository }: Worktree,
	commit: string,
	paths: readonly string[],
): Promise<Map<string, string>> {
	const modes = new Map<string, string>();
	const read = async (among: readonly string[], wanted: ReadonlySet<string> | null) => {
		const args = ['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...among];
		for (const line of await gitList(repository.place, args)) {
			const tab = line.indexOf('\t');
			const path = line.slice(tab + 1);
			if (wanted === null || wanted.has(path)) modes.set(path, line.slice(0, 6));
		}
	};
	// No argument holds a name that is no UTF-8: those are looked up among all.
	const odd = paths.filter((path) => !path.isWellFormed());
	if (odd.length > 0) await read([], new Set(odd));
	const usual = paths.filter((path) => path.isWellFormed());
	for (let at = 0; at < usual.length; at += pathsAtOnce)
		await read(usual.slice(at, at + pathsAtOnce), null);
	return modes;
}

/** An argument vector has a bound. */
const pathsAtOnce = 200;

async function takeAway(top: string, path: string): Promise<void> {
	await inFolder(top, dirname(path), (folder) =>
		clear(onDisk(join(folder, basename(path)))),
	);
	// Folders that are empty without it go too, as with git.
	for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
		const name = basename(folder);
		const gone = await inFolder(top, dirname(folder), (parent) =>
			rmdir(onDisk(join(parent, name))).then(
				() => true,
				() => false,
			),
		);
		if (gone !== true) return;
	}
}

async function give(top: string, path: string, from: string | Buffer): Promise<void> {
	const given = await inFolder(
		top,
		dirname(path),
		async (folder) => {
			const to = onDisk(join(folder, basename(path)));
			await clear(to);
			const entry = await lstat(from);
			if (entry.isSymbolicLink())
				await symlink(await readlink(from, { encoding: 'buffer' }), to);
			else await copyFile(from, to, constants.COPYFILE_EXCL);
			return true;
		},
		true,
	);
	if (given === null) throw new Error('a link stands in the place of its folder');
}

async function clear(path: string | Buffer): Promise<void> {
	const entry = await lstat(path).catch(() => null);
	if (!entry) return;
	if (entry.isDirectory()) await rm(path, { recursive: true, force: true });
	else await unlink(path);
}
