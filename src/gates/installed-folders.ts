// Where package managers have put packages in a worktree: folders that git ignores, by their names.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const names: ReadonlySet<string> = new Set(['node_modules', '.venv']);
const passedBy: ReadonlySet<string> = new Set(['.git', 'dist', 'build', 'target']);
/** Packages of one repository lie this deep: `packages/group/name/node_modules`. */
const deepest = 3;
const most = 200;

/** Relative to the folder, the outer ones first; at most 200 of them. */
export async function installedFolders(folder: string): Promise<string[]> {
	const found: string[] = [];
	let level = [''];
	for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
		const next: string[] = [];
		for (const path of level)
			for (const { name, linked } of await foldersIn(join(folder, path))) {
				const below = path === '' ? name : `${path}/${name}`;
				if (names.has(name)) found.push(below);
				else if (!linked && !passedBy.has(name)) next.push(below);
				if (found.length >= most) return found;
			}
		level = next.slice(0, mostFolders);
	}
	return found;
}

const mostFolders = 500;

async function foldersIn(path: string): Promise<{ name: string; linked: boolean }[]> {
	const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
	return entries
		.filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
		.map((entry) => ({ name: entry.name, linked: entry.isSymbolicLink() }));
}
