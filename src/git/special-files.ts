// Pipes, sockets and devices in a worktree. git sees none of them, so no snapshot keeps them and a
// removal names them. What is ignored is not looked at: a removal counts that already.
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GitFailure, runGit, splitNul } from './git.ts';
import type { IgnoredPath } from './ignored.ts';
import type { Worktree } from './worktree.ts';

export interface SpecialFile {
	readonly path: string;
	readonly what: 'pipe' | 'socket' | 'device';
}

const mostListed = 200;

/** Sorted by path, not all where there are very many; the ignored paths are those of `listIgnored`. */
export async function listSpecial(
	worktree: Worktree,
	ignored: readonly IgnoredPath[],
): Promise<SpecialFile[]> {
	const left = new Set(ignored.map(({ path }) => path));
	const found: SpecialFile[] = [];
	const folders = [''];
	while (folders.length > 0 && found.length < mostListed) {
		// Side by side, and no more of them than the pool of threads reads at once.
		const read = folders.splice(-4).map((folder) => entriesOf(worktree.path, folder));
		for (const { path, entry } of (await Promise.all(read)).flat()) {
			if (entry.name === '.git' || left.has(path)) continue;
			const what = kindOf(entry);
			if (entry.isDirectory()) folders.push(path);
			else if (what !== null) found.push({ path, what });
		}
	}
	const named = await notIgnored(worktree, found.slice(0, mostListed));
	return named.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function entriesOf(top: string, folder: string) {
	const options = { withFileTypes: true } as const;
	// One that is gone or closed by now has nothing to name.
	const entries = await readdir(join(top, folder), options).catch(() => []);
	return entries.map((entry) => ({ entry, path: join(folder, entry.name) }));
}

function kindOf(entry: Dirent): SpecialFile['what'] | null {
	if (entry.isFIFO()) return 'pipe';
	if (entry.isSocket()) return 'socket';
	return entry.isBlockDevice() || entry.isCharacterDevice() ? 'device' : null;
}

/** Patterns may name a file that git does not list even among what it ignores. */
async function notIgnored(
	worktree: Worktree,
	files: readonly SpecialFile[],
): Promise<SpecialFile[]> {
	if (files.length === 0) return [];
	// It takes no literal pathspecs, and a name may begin as magic does.
	const input = files.map(({ path }) => `./${path}\0`).join('');
	const env = { GIT_LITERAL_PATHSPECS: '0' };
	const args = ['check-ignore', '-z', '--stdin'];
	const result = await runGit(worktree.place, args, { input, env });
	// 1 says that none is.
	if (result.code > 1) throw new GitFailure(args, result);
	const ignored = new Set(splitNul(result.stdout));
	return files.filter(({ path }) => !ignored.has(`./${path}`));
}
