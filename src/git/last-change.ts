// When an agent last changed anything in its worktree.

import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../lib/name-bytes.ts';
import { listUncommitted } from './uncommitted.ts';
import type { Worktree } from './worktree.ts';

/** Of so many files at most; who changes more of them is looked at by the others. */
const mostFiles = 2000;

/**
 * The time in milliseconds since 1970 of the newest commit and of the newest file that differs from `tip`;
 * 0 for none.
 */
export async function lastChange(worktree: Worktree, tip: string): Promise<number> {
	const { files } = await listUncommitted(worktree, tip);
	const paths = files
		.slice(0, mostFiles)
		.map(({ path }) => onDisk(join(worktree.path, path)));
	const times = await Promise.all(
		[...paths, join(worktree.privateDir, 'logs', 'HEAD')].map(changedAt),
	);
	return Math.max(0, ...times);
}

/** A file that is gone by now was removed at a time that nobody wrote down. */
async function changedAt(path: string | Buffer): Promise<number> {
	const entry = await lstat(path).catch(() => null);
	return entry?.mtimeMs ?? 0;
}
