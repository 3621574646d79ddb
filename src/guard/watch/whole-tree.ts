// One worktree under one watch, for systems that tell of a whole tree by it (macOS, Windows). As
// `FolderTree`, which Linux needs.
import { type FSWatcher, lstatSync, readdirSync, type Stats, watch } from 'node:fs';
import { join, sep } from 'node:path';
import { messageOf } from '../../lib/error-words.ts';
import type { FolderTreeParts } from './folder-tree.ts';

export class WholeTree implements Disposable {
	readonly #parts: FolderTreeParts;
	#watcher: FSWatcher | undefined;

	constructor(parts: FolderTreeParts) {
		this.#parts = parts;
	}

	/** How many watches it took. */
	async open(): Promise<number> {
		try {
			this.#watcher = watch(this.#parts.root, { recursive: true }, (kind, name) => {
				if (name !== null) this.#hear(name.replaceAll(sep, '/'), kind === 'change');
			});
			this.#watcher.on('error', (error) => this.#fail(messageOf(error)));
			return 1;
		} catch (error) {
			this.#fail(messageOf(error));
			return 0;
		}
	}

	[Symbol.dispose](): void {
		this.#watcher?.close();
		this.#watcher = undefined;
	}

	#hear(path: string, changed: boolean): void {
		if (!this.#watcher || !this.#matters(path)) return;
		const entry = this.#look(path);
		if (!entry?.isDirectory()) {
			if (!entry && !this.#parts.knows(path)) this.#parts.onFolderGone(path);
			return this.#parts.onWrite(path, entry, changed ? 'change' : 'rename');
		}
		// A folder that came by a rename has no words for what is in it.
		if (!changed) this.#scan(path);
	}

	/** Other git directories are nobody's files; that one was made is told. */
	#matters(path: string): boolean {
		const names = path.split('/');
		const git = names.indexOf('.git');
		if (git >= 0 && git < names.length - 1) return false;
		return names.every(
			(_, at) => at === 0 || this.#parts.descends(names.slice(0, at).join('/')),
		);
	}

	#scan(folder: string): void {
		const left = [folder];
		for (let one = left.pop(); one !== undefined; one = left.pop()) {
			if (one.endsWith('/.git') || !this.#parts.descends(one)) continue;
			for (const name of this.#namesIn(one)) {
				const path = `${one}/${name}`;
				const entry = this.#look(path);
				if (entry?.isDirectory()) left.push(path);
				else if (entry) this.#parts.onWrite(path, entry, 'rename');
			}
		}
	}

	#namesIn(folder: string): string[] {
		try {
			return readdirSync(join(this.#parts.root, folder));
		} catch {
			// Gone again: that is told as well.
			return [];
		}
	}

	#look(path: string): Stats | null {
		return lstatSync(join(this.#parts.root, path), { throwIfNoEntry: false }) ?? null;
	}

	#fail(why: string): void {
		this[Symbol.dispose]();
		this.#parts.onFail(why);
	}
}
