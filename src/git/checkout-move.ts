// A checkout that follows its branch from one commit to another, around the user's unrelated
// changes. The order makes it safe at every point:
//   1. index.lock is taken, so that no other git can commit in between
//   2. a dry run on a copy of the index says whether a changed file stands in the way
//   3. (the branch moves)
//   4. files and the copy are updated, the copy becomes the index, the lock is given back
// A crash between 3 and 4 leaves the lock; `finishCheckout` takes it from there.

import { createHash } from 'node:crypto';
import { link, lstat, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onDisk } from '../lib/name-bytes.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { draftOf } from '../lib/replace-file.ts';
import { type ChangedPath, changedPaths } from './changes.ts';
import { type Checkout, unfinishedWork } from './checkouts.ts';
import { copyIndex } from './copy-index.ts';
import { readSmall, removeFile } from './files.ts';
import { filteredIn } from './filtered.ts';
import { type GitPlace, git, gitList, runGit } from './git.ts';
import type { Repository } from './repository.ts';
import { quietDiff } from './uncommitted.ts';

export interface CheckoutMove {
	/** Names the move; stands in the lock file, so that a later run knows its own. */
	readonly id: string;
	readonly checkout: Pick<Checkout, 'path' | 'gitDir'>;
	readonly from: string;
	readonly to: string;
}

/**
 * Steps 1 and 2. Refuses with `base.busy` (another git, or an unfinished merge), `base.dirty`
 * (names the files) or `base.filtered`; then nothing has changed and no lock is left.
 */
export async function lockCheckout(
	repository: Repository,
	checkout: Checkout,
	move: Omit<CheckoutMove, 'checkout'>,
): Promise<Outcome<void>> {
	const unfinished = unfinishedWork(checkout);
	if (unfinished !== null) {
		return refuse(
			'base.busy',
			`${checkout.path} is in the middle of a ${unfinished}`,
			`finish or abort the ${unfinished} there`,
		);
	}
	const changes = await changedPaths(repository, move.from, move.to);
	const landed = changes.filter((change) => change.to !== null);
	const paths = landed.map((change) => change.path);
	const filtered = await filteredIn(repository, move.to, paths);
	if (filtered.length > 0) {
		return refuse(
			'base.filtered',
			`${filtered.slice(0, 5).join(', ')} must go through a git filter, which weir does not run in ${checkout.path}`,
			'switch that checkout to another branch, or land with --into integration',
		);
	}
	if (!(await takeLock({ ...move, checkout }))) return refuseBusy(checkout);
	const tried = await dryRun(repository, { ...move, checkout }, changes);
	if (!tried.ok) await releaseCheckout({ ...move, checkout });
	return tried;
}

/** Gives the lock back without having changed anything. Idempotent. */
export async function releaseCheckout(move: CheckoutMove): Promise<void> {
	await rm(copyOf(move), { force: true });
	if (await holdsLock(move)) await rm(lockOf(move.checkout), { force: true });
}

/** Step 4. Throws when a file cannot be written; `finishCheckout` may then be tried. */
export async function followBranch(
	repository: Repository,
	move: CheckoutMove,
): Promise<void> {
	const args = ['read-tree', '-m', '-u', move.from, move.to];
	const copy = copyOf(move);
	await git(placeOf(repository, move, copy), args, { timeoutMs: 600_000 });
	await installIndex(move, copy);
}

/**
 * Rolls step 4 forward, wherever it was interrupted. A file that has neither the old nor the new
 * content, nor the beginning of the new, was edited since: it stays as it is and is named in the
 * answer. Idempotent. Refuses with `base.busy`.
 */
export async function finishCheckout(
	repository: Repository,
	move: CheckoutMove,
): Promise<Outcome<{ kept: readonly string[] }>> {
	if (!(await holdsLock(move)) && !(await takeLock(move)))
		return refuseBusy(move.checkout);
	// Not the copy of the first try: a git of that time may still be writing it.
	const copy = draftOf(copyOf(move));
	const place = placeOf(repository, move, copy);
	if (!(await copyIndexOf(move, copy))) {
		await releaseCheckout(move);
		return ok({ kept: [] });
	}
	const changes = await changedPaths(repository, move.from, move.to);
	const differsFromOld = await differing(place);
	await git(place, ['read-tree', '-i', '-m', move.from, move.to]);
	const differsFromNew = await differing(place);
	const kept: string[] = [];
	const write: string[] = [];
	for (const change of changes) {
		const path = onDisk(join(move.checkout.path, change.path));
		const there = await lstat(path).catch(() => null);
		if (change.to === null) {
			if (there && !differsFromOld.has(change.path)) {
				await removeFile(move.checkout.path, change.path);
			} else if (there) kept.push(change.path);
		} else if (there === null) write.push(change.path);
		else if (!differsFromNew.has(change.path)) continue;
		else if (change.from !== null && !differsFromOld.has(change.path)) {
			write.push(change.path);
		} else if (await isBeginning(repository, path, change.to.object)) {
			write.push(change.path);
		} else kept.push(change.path);
	}
	const input = write.map((path) => `${path}\0`).join('');
	if (write.length > 0) {
		await git(place, ['checkout-index', '-f', '-u', '-z', '--stdin'], { input });
	}
	await installIndex(move, copy);
	await rm(copyOf(move), { force: true });
	return ok({ kept });
}

function refuseBusy(checkout: Pick<Checkout, 'path' | 'gitDir'>): Outcome<never> {
	return refuse(
		'base.busy',
		`another git is at work in ${checkout.path}: its index is locked`,
		`try again; if no git runs there, rm ${lockOf(checkout)}`,
	);
}

function lockOf(checkout: Pick<Checkout, 'gitDir'>): string {
	return join(checkout.gitDir, 'index.lock');
}

function copyOf(move: CheckoutMove): string {
	const name = createHash('sha256').update(move.id).digest('hex').slice(0, 16);
	return join(move.checkout.gitDir, `index.weir-${name}`);
}

function placeOf(repository: Repository, move: CheckoutMove, index: string): GitPlace {
	const { gitDir, path } = move.checkout;
	return { gitDir, workTree: path, index, neutral: repository.place.neutral ?? [] };
}

async function holdsLock(move: CheckoutMove): Promise<boolean> {
	return (await readSmall(lockOf(move.checkout))) === `weir ${move.id}\n`;
}

/** As git takes it: the file appears, with its content, or another one is there already. */
async function takeLock(move: CheckoutMove): Promise<boolean> {
	const lock = lockOf(move.checkout);
	const draft = draftOf(lock);
	await writeFile(draft, `weir ${move.id}\n`, { flag: 'wx' });
	try {
		for (const pause of [50, 100, 200, 400, 800, null]) {
			const taken = await link(draft, lock).then(
				() => true,
				(error: NodeJS.ErrnoException) => {
					if (error.code === 'EEXIST') return false;
					throw error;
				},
			);
			if (taken || pause === null) return taken;
			await sleep(pause);
		}
		return false;
	} finally {
		await rm(draft, { force: true });
	}
}

/** False where the checkout has no index yet, so nothing to move. */
async function copyIndexOf({ checkout }: CheckoutMove, copy: string): Promise<boolean> {
	return copyIndex(join(checkout.gitDir, 'index'), copy).then(
		() => true,
		(error: NodeJS.ErrnoException) => {
			if (error.code === 'ENOENT') return false;
			throw error;
		},
	);
}

async function installIndex(move: CheckoutMove, copy: string): Promise<void> {
	await rename(copy, join(move.checkout.gitDir, 'index'));
	await rm(lockOf(move.checkout), { force: true });
}

async function dryRun(
	repository: Repository,
	move: CheckoutMove,
	changes: readonly ChangedPath[],
): Promise<Outcome<void>> {
	const copy = copyOf(move);
	const place = placeOf(repository, move, copy);
	if (!(await copyIndexOf(move, copy))) return ok(undefined);
	const args = ['read-tree', '-n', '-m', '-u', move.from, move.to];
	const inTheWay = await untrackedInTheWay(place, move, changes);
	const first = await runGit(place, args);
	if (first.code === 0 && inTheWay.length === 0) return ok(undefined);
	// A file may only have been touched, which a refresh tells from a change.
	const differs = await differing(place);
	const tried = await runGit(place, args);
	if (tried.code === 0 && inTheWay.length === 0) return ok(undefined);
	const stagedArgs = ['diff-index', '--cached', '-z', '--name-only', ...quietDiff];
	const staged = await gitList(place, [...stagedArgs, move.from]);
	const touched = new Set(changes.map((change) => change.path));
	const files = new Set(inTheWay);
	for (const path of [...staged, ...differs]) if (touched.has(path)) files.add(path);
	if (files.size === 0) files.add(tried.stderr.trim().split('\n')[0] ?? '');
	const names = [...files].sort();
	const few = names.slice(0, 8).join(', ');
	const more = names.length > 8 ? ` and ${names.length - 8} more` : '';
	return refuse(
		'base.dirty',
		`${move.checkout.path} has changes of yours in files this would touch: ${few}${more}`,
		'commit or stash them, or land with --into integration',
	);
}

/** Paths whose file is not what the index says, after a refresh. */
async function differing(place: GitPlace): Promise<Set<string>> {
	await runGit(place, ['update-index', '-q', '--refresh']);
	return new Set(await gitList(place, ['diff-files', '-z', '--name-only', ...quietDiff]));
}

/** read-tree overwrites ignored files without a word; they may be all a user has (`.env`). */
async function untrackedInTheWay(
	place: GitPlace,
	move: CheckoutMove,
	changes: readonly ChangedPath[],
): Promise<string[]> {
	const there = new Set<string>();
	for (const { path, kind } of changes) {
		const file = kind === 'added' ? await standsAt(move.checkout.path, path) : null;
		if (file !== null) there.add(file);
	}
	if (there.size === 0) return [];
	for (const path of await gitList(place, ['ls-files', '-z', '--cached'])) {
		there.delete(path);
	}
	return [...there];
}

/** The file at `path`, or the one at the place of a folder above it. */
async function standsAt(top: string, path: string): Promise<string | null> {
	for (let at = path; at !== '.'; at = dirname(at)) {
		const entry = await lstat(onDisk(join(top, at))).catch(() => null);
		if (entry !== null) return entry.isDirectory() ? null : at;
	}
	return null;
}

/** Whether a file is what a checkout that was cut short leaves: the first bytes of the blob. */
async function isBeginning(
	repository: Repository,
	path: string | Buffer,
	object: string,
): Promise<boolean> {
	const entry = await stat(path).catch(() => null);
	if (!entry?.isFile()) return false;
	const blob = await git(repository.place, ['cat-file', 'blob', object]);
	if (entry.size > blob.length) return false;
	return blob.subarray(0, entry.size).equals(await readFile(path));
}
