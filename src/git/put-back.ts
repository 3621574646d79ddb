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
import { inFolder, inFolders } from '../lib/folder-handle.ts';
import { onDisk } from '../lib/name-bytes.ts';
import type { Outcome } from '../lib/outcome.ts';
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
	const note = (done: ReadonlyMap<string, Outcome<void>>) => {
		for (const [path, outcome] of done)
			if (!outcome.ok) left.push({ path, why: outcome.refusal.message });
	};
	// First: one of them may be a link in the place of a folder that another lies in.
	const made = paths.filter((one) => !wanted.has(one));
	note(await takeAway(worktree.path, made));
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
		const given = files.map(([path]) => path);
		note(await give(worktree.path, given, join(folder, 'files')));
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

async function takeAway(
	top: string,
	paths: readonly string[],
): Promise<Map<string, Outcome<void>>> {
	const done = await inFolders(top, paths, async (place) => {
		if (place !== null) await clear(onDisk(place));
	});
	// Folders that are empty without it go too, as with git: the deepest first.
	const folders = new Set(paths.flatMap((path) => foldersOf(path)));
	const deepest = [...folders].toSorted((one, other) => depthOf(other) - depthOf(one));
	for (const folder of deepest)
		await inFolder(top, dirname(folder), (parent) =>
			// Others lie in it, or it is gone.
			rmdir(onDisk(join(parent, basename(folder)))).catch(() => undefined),
		);
	return done;
}

/** Those that a path lies in, without the top. */
function foldersOf(path: string): string[] {
	const folder = dirname(path);
	return folder === '.' ? [] : [folder, ...foldersOf(folder)];
}

function depthOf(path: string): number {
	return path.split('/').length;
}

function give(
	top: string,
	paths: readonly string[],
	from: string,
): Promise<Map<string, Outcome<void>>> {
	const one = async (place: string | null, path: string) => {
		if (place === null) throw new Error('a link stands in the place of its folder');
		const to = onDisk(place);
		const source = onDisk(join(from, path));
		await clear(to);
		const entry = await lstat(source);
		if (entry.isSymbolicLink())
			await symlink(await readlink(source, { encoding: 'buffer' }), to);
		else await copyFile(source, to, constants.COPYFILE_EXCL);
	};
	return inFolders(top, paths, one, true);
}

async function clear(path: string | Buffer): Promise<void> {
	const entry = await lstat(path).catch(() => null);
	if (!entry) return;
	if (entry.isDirectory()) await rm(path, { recursive: true, force: true });
	else await unlink(path);
}
