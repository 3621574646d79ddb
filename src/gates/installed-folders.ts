// Where package managers have put packages in a worktree: folders that git ignores, by their names.
import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

const names: ReadonlySet<string> = new Set(['node_modules', '.venv']);
const passedBy: ReadonlySet<string> = new Set(['.git', 'dist', 'build', 'target']);
/** Packages of one repository lie this deep: `packages/group/name/node_modules`. */
const deepest = 3;
const most = 200;
const mostFolders = 500;
/** Folders that are remembered, of all worktrees together. */
const mostKnown = 20_000;
/**
 * A call of its own for each of some hundred folders takes ten times what it asks for: they are asked
 * about in a row, and others have their turn after so long.
 */
const inARowMs = 2;
/** A file system's clock may stand still for so long: what was changed since may have changed again. */
const settledMs = 2000;

interface Below {
	readonly name: string;
	readonly linked: boolean;
}

interface Known {
	/** When the folder changed last, in milliseconds. */
	readonly at: number;
	readonly below: readonly Below[];
}

/**
 * What was found before is asked for again for each verdict: of a folder that has not changed since, what
 * lies in it is known.
 */
export class InstalledFolders {
	readonly #known = new Map<string, Known>();

	/** Relative to the folder, the outer ones first; at most 200 of them. */
	async in(folder: string): Promise<string[]> {
		const found: string[] = [];
		let level = [''];
		let turned = performance.now();
		for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
			const next: string[] = [];
			for (const path of level) {
				const below = this.#remembered(join(folder, path));
				for (const { name, linked } of below ?? (await this.#read(join(folder, path)))) {
					const inner = path === '' ? name : `${path}/${name}`;
					if (names.has(name)) found.push(inner);
					else if (!linked && !passedBy.has(name)) next.push(inner);
					if (found.length >= most) return found;
				}
				if (performance.now() - turned < inARowMs) continue;
				await turn();
				turned = performance.now();
			}
			level = next.slice(0, mostFolders);
		}
		return found;
	}

	/** What lies in a folder that has not changed since it was read; null where that is not known. */
	#remembered(path: string): readonly Below[] | null {
		const known = this.#known.get(path);
		return known && known.at === changeTime(path) ? known.below : null;
	}

	async #read(path: string): Promise<readonly Below[]> {
		const at = changeTime(path);
		if (at === null) return [];
		const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
		const below = entries
			.filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
			.map((entry) => ({ name: entry.name, linked: entry.isSymbolicLink() }));
		this.#known.delete(path);
		if (Date.now() - at > settledMs) this.#remember(path, { at, below });
		return below;
	}

	#remember(path: string, known: Known): void {
		this.#known.set(path, known);
		for (const oldest of this.#known.keys()) {
			if (this.#known.size <= mostKnown) break;
			this.#known.delete(oldest);
		}
	}
}

function changeTime(path: string): number | null {
	try {
		return statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? null;
	} catch {
		// It cannot be looked into.
		return null;
	}
}
