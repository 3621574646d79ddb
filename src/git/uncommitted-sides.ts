// What stands in a worktree in the place of files that differ from its tip, as a tree would hold it.

import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../lib/name-bytes.ts';
import type { UncommittedFile } from './uncommitted.ts';
import type { Worktree } from './worktree.ts';

interface Stands {
	readonly path: string;
	/** Null where nothing stands there. */
	readonly to: { readonly mode: string; readonly target: string | null } | null;
}

export function standingIn(
	{ path: top }: Pick<Worktree, 'path'>,
	files: readonly UncommittedFile[],
): Promise<Stands[]> {
	return Promise.all(
		files.map(async ({ path }) => ({ path, to: await sideAt(onDisk(join(top, path))) })),
	);
}

async function sideAt(path: string | Buffer): Promise<Stands['to']> {
	const entry = await lstat(path).catch(() => null);
	if (entry === null) return null;
	if (entry.isDirectory()) return { mode: '160000', target: null };
	if (!entry.isSymbolicLink()) return { mode: '100644', target: null };
	// Gone by now: then it leads nowhere that is known.
	return { mode: '120000', target: await readlink(path).catch(() => '/') };
}
