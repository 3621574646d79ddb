// Rings when something changes in one of a few folders, at once where the system tells of it. It may ring
// for nothing, and where folders cannot be watched it does not ring: whoever must know looks now and then.
import { type FSWatcher, watch } from 'node:fs';
import { errorCode } from './error-words.ts';

export class FolderBell implements Disposable {
	readonly #ring: () => void;
	readonly #most: number;
	#watched = new Map<string, FSWatcher>();

	/** Of more folders than `most` the first are watched. */
	constructor(ring: () => void, most: number) {
		this.#ring = ring;
		this.#most = most;
	}

	/** These folders from now on, and no others. */
	listen(folders: readonly string[]): void {
		const wanted = new Set(folders.slice(0, this.#most));
		for (const [path, watcher] of this.#watched) {
			if (wanted.has(path)) continue;
			watcher.close();
			this.#watched.delete(path);
		}
		for (const path of wanted) if (!this.#watched.has(path)) this.#watch(path);
	}

	[Symbol.dispose](): void {
		this.listen([]);
	}

	#watch(path: string): void {
		try {
			const watcher = watch(path, { persistent: false }, () => this.#ring());
			// It was removed: another one in its place is watched when it is named again.
			watcher.on('error', () => this.#drop(path, watcher));
			this.#watched.set(path, watcher);
		} catch (error) {
			if (errorCode(error) === undefined) throw error;
		}
	}

	#drop(path: string, watcher: FSWatcher): void {
		watcher.close();
		if (this.#watched.get(path) === watcher) this.#watched.delete(path);
	}
}
