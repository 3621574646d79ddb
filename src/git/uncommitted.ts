// What stands in an agent's worktree, seen through an index of weir's own. The agent's index may
// hide changes (assume-unchanged, info/exclude, core.fileMode); this one it cannot write.
import { constants, existsSync } from 'node:fs';
import { access, lstat, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { onDisk } from '../lib/name-bytes.ts';
import { copyIndex } from './copy-index.ts';
import { type GitPlace, git, gitList, gitText, runGit } from './git.ts';
import { treeOf } from './merge-tree.ts';
import { readCommit } from './refs.ts';
import { type IndexLook, indexOf, isFilled, type Worktree } from './worktree.ts';

/** Paths of files to take, relative to the worktree; null takes all. */
export type Selection = readonly string[] | null;

export interface UncommittedFile {
	readonly path: string;
	readonly kind: 'added' | 'changed' | 'deleted';
}

export interface Uncommitted {
	/** Sorted by path; untracked files included, ignored ones not. */
	readonly files: readonly UncommittedFile[];
	/** Folders that are repositories of their own, or stand for one; their files are not in `files`. */
	readonly nested: readonly string[];
}

/** What differs from `tip` in the worktree. */
export async function listUncommitted(
	worktree: Worktree,
	tip: string,
): Promise<Uncommitted> {
	if (!isFilled(worktree)) return { files: [], nested: [] };
	return withIndex(worktree, tip, async (place, commit) => {
		const { files, nested } = await lookAt(place);
		return { files, nested: [...nested, ...(await filledGitlinks(worktree, commit))] };
	});
}

/** Folders that hold files which git does not see, since its index holds a commit in their place. */
export function filledGitlinks(worktree: Worktree, commit: string): Promise<string[]> {
	const { repository, path } = worktree;
	return repository.readings.gitlinks.filled(commit, path);
}

/**
 * The tree of `tip` with the worktree's files on top: changed, deleted and untracked ones that are
 * not ignored. Objects go to the user's repository; no ref, no index of anybody's is touched.
 */
export async function treeWithUncommitted(
	worktree: Worktree,
	tip: string,
	selection: Selection,
): Promise<string> {
	if (!isFilled(worktree)) return treeOf(worktree.repository, tip);
	return withIndex(worktree, tip, async (place) => {
		const { files } = await lookAt(place);
		const wanted = selection === null ? null : new Set(selection);
		const chosen = wanted ? files.filter(({ path }) => wanted.has(path)) : files;
		const { unreadable } = await recordFiles(worktree, place, chosen);
		if (unreadable.length > 0) {
			throw new Error(`cannot read ${unreadable.slice(0, 3).join(', ')} in the worktree`);
		}
		return gitText(place, ['write-tree']);
	});
}

export interface Look extends Uncommitted {
	/** Folders that could not be read: what they hold is not in `files`. */
	readonly closed: readonly string[];
}

/** What differs between a scratch index and the files. Starts no git inside submodules. */
export async function lookAt(place: GitPlace): Promise<Look> {
	const [changed, others] = await Promise.all([
		changedFiles(place),
		listOthers(place, null),
	]);
	return lookOf(changed, others);
}

/** `changed`, and of what lies at or below `paths` what git neither tracks nor ignores; null is anywhere. */
export async function withOthers(
	place: GitPlace,
	changed: readonly UncommittedFile[],
	paths: readonly string[] | null,
): Promise<Look> {
	return lookOf(changed, await listOthers(place, paths));
}

interface Others {
	readonly untracked: readonly string[];
	readonly closed: readonly string[];
}

async function listOthers(
	place: GitPlace,
	paths: readonly string[] | null,
): Promise<Others> {
	if (paths?.length === 0) return { untracked: [], closed: [] };
	const closed: string[] = [];
	// Of such a folder git only warns.
	const onStderr = (text: string) => closed.push(...closedIn(text));
	const args = [
		'ls-files',
		'-z',
		'--others',
		'--exclude-standard',
		'--',
		...(paths ?? []),
	];
	return { untracked: await gitList(place, args, { onStderr }), closed };
}

function lookOf(
	changed: readonly UncommittedFile[],
	{ untracked, closed }: Others,
): Look {
	const nested = untracked.filter((path) => path.endsWith('/'));
	const added = untracked.filter((path) => !path.endsWith('/'));
	const files = [...changed, ...added.map((path) => ({ path, kind: 'added' as const }))];
	files.sort((a, b) => (a.path < b.path ? -1 : 1));
	return { files, nested: nested.map((path) => path.slice(0, -1)), closed };
}

/**
 * The files of an index that stand otherwise in the worktree. Where only their times differ git reads them,
 * which `diff-files` leaves to a refresh before it.
 */
export async function changedFiles(place: GitPlace): Promise<UncommittedFile[]> {
	const args = ['diff', '-z', '--name-status', '--no-renames', ...quietDiff];
	const changed = await gitList(place, args, { config: ['diff.autoRefreshIndex=true'] });
	const files: UncommittedFile[] = [];
	for (let at = 0; at + 1 < changed.length; at += 2) {
		const kind = changed[at] === 'D' ? 'deleted' : 'changed';
		files.push({ path: changed[at + 1] ?? '', kind });
	}
	return files;
}

function closedIn(stderr: string): string[] {
	const warnings = stderr.matchAll(/could not open directory '(.*)\/': /g);
	return [...warnings].map(([, folder = '']) => folder);
}

/** Puts files into a scratch index as they stand now; those that cannot be read are named. */
export async function recordFiles(
	worktree: Pick<Worktree, 'path'>,
	place: GitPlace,
	files: readonly UncommittedFile[],
): Promise<{ unreadable: string[] }> {
	const present: string[] = [];
	const gone: string[] = [];
	const unreadable: string[] = [];
	for (const { path, kind } of files) {
		const file = onDisk(join(worktree.path, path));
		const entry = await lstat(file).catch(unlessClosed);
		const recordable = entry?.isFile() || entry?.isSymbolicLink();
		const submodule = kind === 'changed' && entry?.isDirectory();
		const closed = entry === undefined || (entry?.isFile() && !(await canRead(file)));
		// What a link leads to is not there, as git sees it, though a file of that name is found by it.
		const led = kind === 'deleted' && entry !== null;
		if (led && (await isBeyondLink(worktree.path, path))) gone.push(path);
		else if (closed) unreadable.push(path);
		else if (!recordable && !submodule) gone.push(path);
		else present.push(path);
	}
	const update = async (flags: readonly string[], paths: readonly string[]) => {
		if (paths.length === 0) return;
		const input = paths.map((path) => `${path}\0`).join('');
		const args = ['update-index', ...flags, '-z', '--stdin'];
		await git(place, args, { input, timeoutMs: 600_000 });
	};
	await update(['--force-remove'], gone);
	await update(['--add', '--remove', '--replace'], present);
	return { unreadable };
}

/** No program of the configuration, and no `git status` inside a submodule, with its own config. */
export const quietDiff: readonly string[] = [
	'--no-ext-diff',
	'--no-textconv',
	'--ignore-submodules=dirty',
];

/**
 * How long a look may do without a refresh, which takes a program of its own: files that were only touched
 * since, or are as young as the index, are read anew by each look.
 */
const freshMs = 60_000;

export interface IndexUse {
	/** Sees the files by other settings than the worktree's own. */
	readonly by?: GitPlace;
	readonly look?: IndexLook;
	/** The job goes by the times of files, not by what is in them. */
	readonly refreshed?: boolean;
}

/**
 * Runs a job with a scratch index that holds exactly `tip`, refreshed against the files, now or a short
 * while ago. What the refresh learned is kept for the next time. Any number may run at once.
 */
export async function withIndex<T>(
	worktree: Worktree,
	tip: string,
	job: (place: GitPlace, commit: string) => Promise<T>,
	{ by = worktree.place, look = 'index', refreshed = false }: IndexUse = {},
): Promise<T> {
	const commit = await commitOf(worktree, tip);
	const kept = indexOf(worktree, commit, look);
	const folder = await mkdtemp(join(worktree.stateDir, 'look-'));
	try {
		const index = join(folder, 'index');
		const place = { ...by, index };
		const known = await copyKnown(kept, index, look);
		if (!known) await git(place, ['read-tree', '--reset', commit]);
		const fresh = known && !refreshed && (await isFresh(worktree, index));
		// Written anew even if nothing is: files of the index's own second need no second reading.
		if (!fresh)
			await runGit(place, ['update-index', '-q', '--refresh', '--force-write-index']);
		if (!fresh || !existsSync(kept)) {
			const warm = join(folder, 'warm');
			await copyIndex(index, warm);
			await rename(warm, kept);
		}
		return await job(place, commit);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Refreshed so short ago, and since its worktree was filled: many files are of that very second. */
async function isFresh({ gitDir }: Worktree, index: string): Promise<boolean> {
	const { mtimeMs } = await stat(index);
	if (Date.now() - mtimeMs >= freshMs) return false;
	return mtimeMs > (await stat(join(gitDir, 'index'))).mtimeMs;
}

async function commitOf(worktree: Worktree, revision: string): Promise<string> {
	if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(revision)) return revision;
	const commit = await readCommit(worktree.repository.place, revision);
	if (commit === null) throw new Error(`there is no commit ${revision}`);
	return commit;
}

/**
 * Copies what an earlier look learned: true when it was of the same commit, so that the entries are
 * right already. Of another commit it still tells git which files it need not read.
 */
async function copyKnown(
	wanted: string,
	index: string,
	look: IndexLook,
): Promise<boolean> {
	if (await copied(wanted, index)) return true;
	const folder = dirname(wanted);
	const names = await readdir(folder);
	for (const name of names.filter((one) => one.startsWith(`${look}-`))) {
		if (!(await copied(join(folder, name), index))) continue;
		await rm(join(folder, name), { force: true });
		return false;
	}
	// The first of its look learns from those at the tip.
	for (const name of look === 'begin' || look === 'disk' ? names : [])
		if (name.startsWith('index-') && (await copied(join(folder, name), index)))
			return basename(name) === `index-${basename(wanted).slice(look.length + 1)}`;
	return false;
}

async function copied(from: string, to: string): Promise<boolean> {
	return copyIndex(from, to).then(
		() => true,
		(error: NodeJS.ErrnoException) => {
			if (error.code === 'ENOENT') return false;
			throw error;
		},
	);
}

/** One of its folders is a link by now. */
async function isBeyondLink(root: string, path: string): Promise<boolean> {
	for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
		const entry = await lstat(onDisk(join(root, folder))).catch(() => null);
		if (entry?.isSymbolicLink()) return true;
	}
	return false;
}

/** Whether a file is there is not known where its folder cannot be read: undefined. */
function unlessClosed(error: NodeJS.ErrnoException): null | undefined {
	return error.code === 'EACCES' ? undefined : null;
}

async function canRead(path: string | Buffer): Promise<boolean> {
	return access(path, constants.R_OK).then(
		() => true,
		() => false,
	);
}
