// Ignored files of a worktree: no snapshot keeps them, so a removal says what it loses.
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gitList } from './git.ts';
import type { Worktree } from './worktree.ts';

export interface IgnoredPath {
	readonly path: string;
	readonly bytes: number;
}

/** Ignored files and folders, largest first. At most `limit` files of each folder are counted. */
export async function listIgnored(
	worktree: Worktree,
	limit = 20_000,
): Promise<IgnoredPath[]> {
	const args = ['ls-files', '-z', '--others', '--ignored', '--directory'];
	const paths = await gitList(worktree.place, [...args, '--exclude-standard']);
	const found: IgnoredPath[] = [];
	for (const path of paths) {
		const name = path.replace(/\/$/, '');
		const bytes = await sizeOf(join(worktree.path, name), { left: limit });
		found.push({ path: name, bytes });
	}
	return found.sort((a, b) => b.bytes - a.bytes);
}

async function sizeOf(path: string, budget: { left: number }): Promise<number> {
	const entry = await lstat(path).catch(() => null);
	budget.left -= 1;
	if (entry === null || budget.left < 0) return 0;
	if (!entry.isDirectory()) return entry.size;
	let bytes = 0;
	for (const name of await readdir(path).catch(() => [])) {
		bytes += await sizeOf(join(path, name), budget);
	}
	return bytes;
}
