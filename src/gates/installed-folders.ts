// Where package managers have put packages in a worktree: folders that git ignores, by their names.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const names: ReadonlySet<string> = new Set(['node_modules', '.venv']);
const passedBy: ReadonlySet<string> = new Set(['.git', 'dist', 'build', 'target']);
/** Packages of one repository lie this deep: `packages/group/name/node_modules`. */
const deepest = 3;
const most = 200;
const mostFolders = 500;
/** Folders that are remembered, of all worktrees together. */
const mostKnown = 20_000;
/** A file system's clock may stand still for so long: what was changed since may have changed again. */
const settledMs = 2000;

interface Below {
	readonly name: string;
	readonly linked: boolean;
}

/**
 * What was found before is asked for again for each verdict: of a folder that has not changed since, what
 * lies in it is known.
 */
export class InstalledFolders {
	readonly #known = new Map<string, { readonly at: number; readonly below: Below[] }>();

	/** Relative to the folder, the outer ones first; at most 200 of them. */
	async in(folder: string): Promise<string[]> {
		const found: string[] = [];
		let level = [''];
		for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
			const next: string[] = [];
			const all = await Promise.all(level.map((path) => this.#foldersIn(folder, path)));
			for (const [at, path] of level.entries())
				for (const { name, linked } of all[at] ?? []) {
					const below = path === '' ? name : `${path}/${name}`;
					if (names.has(name)) found.push(below);
					else if (!linked && !passedBy.has(name)) next.push(below);
					if (found.length >= most) return found;
				}
			level = next.slice(0, mostFolders);
		}
		return found;
	}

	async #foldersIn(top: string, folder: string): Promise<Below[]> {
		const path = join(top, folder);
		const there = await stat(path).catch(() => null);
		if (there === null) return [];
		const known = this.#known.get(path);
		if (known?.at === there.ctimeMs) return known.below;
		const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
		const below = entries
			.filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
			.map((entry) => ({ name: entry.name, linked: entry.isSymbolicLink() }));
		this.#known.delete(path);
		if (Date.now() - there.ctimeMs > settledMs) {
			this.#known.set(path, { at: there.ctimeMs, below });
			for (const oldest of this.#known.keys()) {
				if (this.#known.size <= mostKnown) break;
				this.#known.delete(oldest);
			}
		}
		return below;
	}
}
