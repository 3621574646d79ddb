// Where branches are checked out: the main checkout and every linked worktree.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere } from '../lib/read-if-there.ts';
import { git } from './git.ts';
import { adminDirOf } from './owner.ts';
import type { Repository } from './repository.ts';

export interface Checkout {
	readonly path: string;
	/** The git directory of this checkout: holds its HEAD and index. */
	readonly gitDir: string;
	/** Full ref of the branch, or null where HEAD is detached. */
	readonly branch: string | null;
	/** Reason of a lock, '' for a lock without one, null when not locked. */
	readonly locked: string | null;
}

/** All checkouts whose folder exists, the main one first. */
export async function listCheckouts(repository: Repository): Promise<Checkout[]> {
	const text = await git(repository.place, ['worktree', 'list', '--porcelain', '-z']);
	const checkouts: Checkout[] = [];
	for (const [at, record] of text.toString('utf8').split('\0\0').entries()) {
		const fields = new Map(record.split('\0').map(splitField));
		const listed = fields.get('worktree');
		if (listed === undefined || fields.has('bare')) continue;
		const main = at === 0;
		const path = main ? (repository.root ?? listed) : listed;
		const gitDir = main
			? repository.commonDir
			: await adminDirOf(repository.commonDir, path);
		if (gitDir === null || !existsSync(path)) continue;
		checkouts.push({
			path,
			gitDir,
			branch: fields.get('branch') ?? null,
			locked: fields.get('locked') ?? null,
		});
	}
	return checkouts;
}

/** What keeps a checkout from being moved along: an unfinished merge, rebase and the like. */
export function unfinishedWork(checkout: Checkout): string | null {
	for (const [file, name] of unfinished) {
		if (existsSync(join(checkout.gitDir, file))) return name;
	}
	return null;
}

/** The full ref that a detached checkout is rebasing or bisecting, or null. */
export async function branchInRebase(checkout: Checkout): Promise<string | null> {
	for (const file of ['rebase-merge/head-name', 'rebase-apply/head-name']) {
		const name = await readIfThere(join(checkout.gitDir, file));
		if (name !== null) return name.trim();
	}
	return null;
}

const unfinished: readonly (readonly [file: string, name: string])[] = [
	['MERGE_HEAD', 'merge'],
	['rebase-merge', 'rebase'],
	['rebase-apply', 'rebase'],
	['CHERRY_PICK_HEAD', 'cherry-pick'],
	['REVERT_HEAD', 'revert'],
];

function splitField(field: string): [string, string] {
	const at = field.indexOf(' ');
	return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
}
