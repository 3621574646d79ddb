// Finds the repository of a folder without starting git: fast, and good for a first guess only. What
// it does not understand is left to git.
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readOwner } from './owner.ts';

/**
 * The common directory of the repository in which the folder lies, the owning one inside an agent's
 * worktree; null where only git can tell. Neither ownership nor format is checked.
 */
export async function findCommonDir(folder: string): Promise<string | null> {
	try {
		const gitDir = await findGitDir(await realpath(folder));
		if (gitDir === null) return null;
		const commonDir = await commonDirOf(gitDir);
		const owner = await readOwner(commonDir);
		return owner?.commonDir ?? commonDir;
	} catch {
		// Gone, unreadable, broken: git tells what is wrong.
		return null;
	}
}

async function findGitDir(folder: string): Promise<string | null> {
	for (let at = folder; ; at = dirname(at)) {
		const entry = join(at, '.git');
		const kind = await kindOf(entry);
		if (kind === 'folder' && (await isGitDir(entry))) return entry;
		if (kind === 'file') {
			const link = /^gitdir: (.+?)\n*$/.exec(await readFile(entry, 'utf8'));
			return link?.[1] === undefined ? null : resolve(at, link[1]);
		}
		if (await isGitDir(at)) return at;
		if (at === dirname(at)) return null;
	}
}

async function isGitDir(path: string): Promise<boolean> {
	const head = await kindOf(join(path, 'HEAD'));
	return head === 'file' && (await kindOf(join(path, 'objects'))) === 'folder';
}

/** A linked worktree names the directory that it shares in the file `commondir`. */
async function commonDirOf(gitDir: string): Promise<string> {
	const said = await readFile(join(gitDir, 'commondir'), 'utf8').catch(() => '.');
	return realpath(resolve(gitDir, said.trim()));
}

async function kindOf(path: string): Promise<'file' | 'folder' | null> {
	const found = await stat(path).catch(() => null);
	if (found === null) return null;
	return found.isDirectory() ? 'folder' : 'file';
}
