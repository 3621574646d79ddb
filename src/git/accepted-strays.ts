// What set-up left in a worktree before the agent's program began: it was asked for by the user's
// settings, and is no stray as long as nobody writes it again.

import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../lib/name-bytes.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { replaceFile } from '../lib/replace-file.ts';
import type { Worktree } from './worktree.ts';

export async function hasAccepted(worktree: Worktree): Promise<boolean> {
	return (await readIfThere(listFile(worktree))) !== null;
}

/** As they stand now. */
export async function acceptStrays(
	worktree: Worktree,
	paths: readonly string[],
): Promise<void> {
	const prints: Record<string, string> = {};
	for (const path of paths) prints[path] = await printOf(worktree, path);
	await replaceFile(listFile(worktree), JSON.stringify(prints));
}

/** As they were accepted, whether they have changed since or not. */
export async function acceptedPaths(worktree: Worktree): Promise<readonly string[]> {
	return [...(await readPrints(worktree)).keys()];
}

/** Those that were not accepted, or have changed since. */
export async function withoutAccepted<T extends { readonly path: string }>(
	worktree: Worktree,
	strays: readonly T[],
): Promise<T[]> {
	const prints = strays.length === 0 ? new Map() : await readPrints(worktree);
	if (prints.size === 0) return [...strays];
	const kept: T[] = [];
	for (const stray of strays) {
		const print = prints.get(stray.path);
		if (print === undefined || print !== (await printOf(worktree, stray.path)))
			kept.push(stray);
	}
	return kept;
}

async function readPrints(worktree: Worktree): Promise<Map<string, string>> {
	const text = await readIfThere(listFile(worktree));
	// Written above, at once and whole.
	return new Map(Object.entries(JSON.parse(text ?? '{}') as Record<string, string>));
}

/** No program can set when its inode changed. */
async function printOf({ path: top }: Worktree, path: string): Promise<string> {
	const entry = await lstat(onDisk(join(top, path))).catch(() => null);
	return entry ? `${entry.ino} ${entry.size} ${entry.mode} ${entry.ctimeMs}` : 'gone';
}

function listFile({ stateDir }: Worktree): string {
	return join(stateDir, 'accepted.json');
}
