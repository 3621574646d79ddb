// What a commit ignores, as one list of patterns relative to its top: those of a worktree may be written
// by an agent, which could hide its files by them.
import { join } from 'node:path';
import { readIfThere } from '../lib/read-if-there.ts';
import { excludeFileOf } from './excludes.ts';
import { git } from './git.ts';
import type { Repository } from './repository.ts';
import type { Worktree } from './worktree.ts';

/** Enough for any repository; more would take long to judge by. */
const mostFiles = 300;
const mostBytes = 256 * 1024;

export interface CommitRules {
	/** All paths, each with a NUL behind it, sorted by bytes. */
	readonly paths: Uint8Array;
	/** A deeper file and a later line win, as in git. */
	readonly ignored: readonly string[];
}

/** What lies in a commit, and what its ignore files leave out. */
export async function readCommitRules(
	{ place }: Pick<Repository, 'place'>,
	commit: string,
): Promise<CommitRules> {
	const paths = await git(place, ['ls-tree', '-r', '-z', '--name-only', commit]);
	const names = ignoreFilesIn(paths);
	const ignored: string[] = [];
	if (names.length > 0) {
		const input = names.map((name) => `${commit}:${name}\n`).join('');
		const out = await git(place, ['cat-file', '--batch'], { input });
		let at = 0;
		for (const name of names) {
			const end = out.indexOf(10, at);
			const head = out.toString('utf8', at, end).split(' ');
			at = end + 1;
			if (head[1] !== 'blob') continue;
			const size = Number(head[2]);
			if (size <= mostBytes) {
				const text = out.toString('utf8', at, at + size);
				ignored.push(...patternsBelow(name.slice(0, -ignoreFile.length), text));
			}
			at += size + 1;
		}
	}
	return { paths, ignored };
}

/** What the user excludes everywhere and in this repository, and what weir seeded into the worktree. */
export async function readOwnExcludes(worktree: Worktree): Promise<readonly string[]> {
	const { repository } = worktree;
	const own = await readIfThere(excludeFileOf(worktree));
	const everywhere = own ?? (await readIfThere(repository.excludesFile)) ?? '';
	const here = await readIfThere(join(repository.commonDir, 'info/exclude'));
	return [...patternsBelow('', everywhere), ...patternsBelow('', here ?? '')];
}

const ignoreFile = '.gitignore';

/** The shallow ones first: what they say counts less. */
function ignoreFilesIn(paths: Buffer): string[] {
	const found: string[] = [];
	for (
		let at = paths.indexOf(`${ignoreFile}\0`);
		at >= 0 && found.length < mostFiles;
		at = paths.indexOf(`${ignoreFile}\0`, at + 1)
	) {
		const start = at === 0 ? 0 : paths.lastIndexOf(0, at - 1) + 1;
		const name = paths.toString('utf8', start, at + ignoreFile.length);
		const isOne = name === ignoreFile || name.endsWith(`/${ignoreFile}`);
		if (isOne && !name.includes('\n')) found.push(name);
	}
	return found.toSorted((one, other) => depthOf(one) - depthOf(other));
}

function depthOf(path: string): number {
	return path.split('/').length;
}

/** The patterns of an ignore file in a folder (`a/b/`, or nothing for the top), as if they stood at the top. */
export function patternsBelow(folder: string, text: string): string[] {
	const patterns: string[] = [];
	for (const raw of text.replace(/^\uFEFF/, '').split('\n')) {
		const line = raw.replace(/\r$/, '');
		if (line.trim() === '' || line.startsWith('#')) continue;
		if (folder === '') {
			patterns.push(line);
			continue;
		}
		const negative = line.startsWith('!');
		const body = negative ? line.slice(1) : line;
		const anchored = body.slice(0, -1).includes('/');
		const rest = anchored ? body.replace(/^\//, '') : `**/${body}`;
		patterns.push(`${negative ? '!' : ''}/${literal(folder)}${rest}`);
	}
	return patterns;
}

/** A folder as a pattern that matches itself only. */
function literal(folder: string): string {
	return folder.replace(/[\\*?[\]]/g, '\\$&');
}
