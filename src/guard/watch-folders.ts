// Tells that something changed in small folders and all below them, such as refs: one watch a folder, for
// those that are there and those that come. Not for worktrees, which have many thousands.
import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';

interface Watched {
	readonly inode: number;
	readonly watcher: FSWatcher;
}

/** Who makes more folders than that in one place is watched in these. */
const mostFolders = 500;

export class FolderWatch implements Disposable {
	readonly #roots: readonly string[];
	readonly #changed: (name: string | null) => void;
	readonly #watched = new Map<string, Watched>();
	#closed = false;

	/**
	 * `changed` gets the name of what changed in its folder, where the system tells. A root may come
	 * later than its parent folder, which has to be there then.
	 */
	constructor(roots: readonly string[], changed: (name: string | null) => void) {
		this.#roots = roots;
		this.#changed = changed;
		this.rescan();
	}

	/** Watches folders that came, and lets go of those that went. */
	rescan(): void {
		if (this.#closed) return;
		const found = new Set<string>();
		for (const root of this.#roots) this.#add(root, found);
		for (const path of [...this.#watched.keys()]) {
			if (!found.has(path)) this.#drop(path);
		}
	}

	[Symbol.dispose](): void {
		this.#closed = true;
		for (const path of [...this.#watched.keys()]) this.#drop(path);
	}

	#add(folder: string, found: Set<string>): void {
		if (found.size >= mostFolders) return;
		const stat = statSync(folder, { throwIfNoEntry: false });
		if (!stat?.isDirectory()) return;
		found.add(folder);
		if (this.#watched.get(folder)?.inode !== stat.ino) this.#watch(folder, stat.ino);
		for (const entry of listOf(folder))
			if (entry.isDirectory()) this.#add(join(folder, entry.name), found);
	}

	#watch(folder: string, inode: number): void {
		this.#drop(folder);
		try {
			const watcher = watch(folder, { persistent: false }, (_, name) => {
				this.#changed(name);
			});
			// Gone, or out of watches: who asks without having been told gets the truth all the same.
			watcher.on('error', () => this.#drop(folder));
			this.#watched.set(folder, { inode, watcher });
		} catch (error) {
			console.error(`${folder} cannot be watched:`, error);
		}
	}

	#drop(path: string): void {
		this.#watched.get(path)?.watcher.close();
		this.#watched.delete(path);
	}
}

function listOf(folder: string) {
	try {
		return readdirSync(folder, { withFileTypes: true });
	} catch {
		// It went away between the look and the list.
		return [];
	}
}
