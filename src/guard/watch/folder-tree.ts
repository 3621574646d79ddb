// The folders of one worktree, each with a watch of its own. On Linux a watch tells of the entries of one
// folder; that of a whole tree would take one for each file. Synchronous: it lives in a thread.
import { type FSWatcher, lstatSync, readdirSync, type Stats, watch } from 'node:fs';
import { errorCode } from '../../lib/error-words.ts';
import { nameText, onDisk } from '../../lib/name-bytes.ts';
import { LeafFolders } from './leaf-folders.ts';

export interface FolderTreeParts {
	readonly root: string;
	/** Whether what lies in this folder matters. */
	readonly descends: (folder: string) => boolean;
	/** Whether there was such a file when the work began. */
	readonly knows: (path: string) => boolean;
	/** One more change of a file; true where nothing more has to be known of it. */
	readonly isKnownChange: (path: string) => boolean;
	/** Something was written here: made, changed or taken away; `entry` is null where it is gone. */
	readonly onWrite: (
		path: string,
		entry: Stats | null,
		kind: 'change' | 'rename',
	) => void;
	/** A folder with all in it went, or something else stands in its place. */
	readonly onFolderGone: (folder: string) => void;
	/** The system watches no more of it, and why. */
	readonly onFail: (why: string) => void;
	/** Takes one from the watches that are left; false where there is none. */
	readonly takeWatch: () => boolean;
	readonly giveBack: (watches: number) => void;
}

interface Folder {
	readonly name: string;
	/** Relative to the root; empty is the root itself. */
	readonly path: string;
	watcher: FSWatcher | null;
	children: Map<string, Folder> | null;
}

/** Stands for each byte of a name that is no UTF-8. */
const replaced = '\ufffd';

/** Longer than this the thread does not stand still: the system's queue of events is bounded. */
const sliceMs = 8;

export class FolderTree implements Disposable {
	readonly #parts: FolderTreeParts;
	readonly #top: Folder = { name: '', path: '', watcher: null, children: null };
	readonly #leaves = new LeafFolders();
	readonly #due: { readonly folder: Folder; readonly isNew: boolean }[] = [];
	#scanning = false;
	#closed = false;
	#watches = 0;
	#onCalm: (() => void) | undefined;

	constructor(parts: FolderTreeParts) {
		this.#parts = parts;
	}

	/** Watches all folders there are; what is in them is not told. */
	async open(): Promise<number> {
		await new Promise<void>((resolve) => {
			this.#onCalm = resolve;
			this.#scan(this.#top, false);
		});
		return this.#watches;
	}

	[Symbol.dispose](): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#due.length = 0;
		this.#drop(this.#top);
		this.#onCalm?.();
	}

	#scan(folder: Folder, isNew: boolean): void {
		this.#due.push({ folder, isNew });
		if (this.#scanning) return;
		this.#scanning = true;
		this.#slice();
	}

	#slice(): void {
		const end = performance.now() + sliceMs;
		while (!this.#closed) {
			const next = this.#due.pop();
			if (!next) break;
			this.#take(next.folder, next.isNew);
			if (performance.now() > end) return void setImmediate(() => this.#slice());
		}
		this.#scanning = false;
		this.#onCalm?.();
		this.#onCalm = undefined;
	}

	/** Watched first and read then, so that nothing is made unseen between the two. */
	#take(folder: Folder, isNew: boolean): void {
		if (!this.#watch(folder)) return;
		const place = this.#placeOf(folder.path);
		if (!isNew && this.#leaves.isLeaf(place)) return;
		const entries = entriesOf(place);
		for (const { name, isFolder } of entries) {
			const path = pathIn(folder, name);
			if (isFolder) this.#meet(folder, name, isNew);
			else if (isNew) this.#parts.onWrite(path, this.#look(path), 'rename');
		}
		if (folder === this.#top)
			this.#leaves.prove(place, entries.filter(({ isFolder }) => isFolder).length);
	}

	#meet(parent: Folder, name: string, isNew: boolean): void {
		const path = pathIn(parent, name);
		// Other git directories are nobody's files; that one was made is told.
		if (name === '.git') {
			if (isNew) this.#parts.onWrite(path, this.#look(path), 'rename');
			return;
		}
		if (parent.children?.has(name) || !this.#parts.descends(path)) return;
		const folder: Folder = { name, path, watcher: null, children: null };
		parent.children ??= new Map();
		parent.children.set(name, folder);
		this.#scan(folder, isNew);
	}

	#watch(folder: Folder): boolean {
		if (this.#closed) return false;
		if (!this.#parts.takeWatch()) {
			this.#fail('weir keeps some of the watches of the system for others');
			return false;
		}
		this.#watches += 1;
		try {
			const listen = (kind: string, name: Buffer | null) =>
				this.#hear(folder, kind === 'change' ? 'change' : 'rename', name);
			folder.watcher = watch(this.#placeOf(folder.path), 'buffer', listen);
			folder.watcher.on('error', () => undefined);
			return true;
		} catch (error) {
			this.#watches -= 1;
			this.#parts.giveBack(1);
			const code = errorCode(error);
			if (code === 'ENOSPC') this.#fail('the system has no watches left');
			else if (code === 'EMFILE') this.#fail('the system lets no more be watched');
			return false;
		}
	}

	#hear(folder: Folder, kind: 'change' | 'rename', bytes: Buffer | null): void {
		if (this.#closed || bytes === null || folder.watcher === null) return;
		const name = nameText(bytes);
		const path = pathIn(folder, name);
		// Of one file that is written three notices come, and in a flood each look counts.
		if (kind === 'change' && this.#parts.isKnownChange(path)) return;
		const entry = this.#look(path);
		// What happens to a folder itself is told by its own name as well, as if it held such an entry.
		if (!entry && name === folder.name && this.#isOwnWord(folder, path)) return;
		const known = folder.children?.get(name);
		if (kind === 'rename' && known) {
			folder.children?.delete(name);
			this.#drop(known);
			if (!entry?.isDirectory()) this.#parts.onFolderGone(path);
			if (!entry) return;
		}
		if (!entry?.isDirectory()) return this.#parts.onWrite(path, entry, kind);
		if (kind === 'rename') this.#meet(folder, name, true);
	}

	#isOwnWord(folder: Folder, path: string): boolean {
		if (folder === this.#top || folder.children?.has(folder.name)) return false;
		return !this.#parts.knows(path) || this.#look(folder.path) === null;
	}

	#look(path: string): Stats | null {
		return lstatSync(this.#placeOf(path), { throwIfNoEntry: false }) ?? null;
	}

	#placeOf(path: string): string | Buffer {
		return onDisk(`${this.#parts.root}/${path}`);
	}

	#drop(folder: Folder): void {
		let watches = 0;
		const left = [folder];
		for (let one = left.pop(); one; one = left.pop()) {
			if (one.watcher) watches += 1;
			one.watcher?.close();
			one.watcher = null;
			if (one.children) left.push(...one.children.values());
			one.children = null;
		}
		this.#watches -= watches;
		this.#parts.giveBack(watches);
	}

	#fail(why: string): void {
		if (this.#closed) return;
		this[Symbol.dispose]();
		this.#parts.onFail(why);
	}
}

function entriesOf(place: string | Buffer): { name: string; isFolder: boolean }[] {
	try {
		const entries = readdirSync(place, { withFileTypes: true });
		// Bytes take twice as long, and hardly a folder needs them.
		if (!entries.some(({ name }) => name.includes(replaced)))
			return entries.map((one) => ({ name: one.name, isFolder: one.isDirectory() }));
		return readdirSync(place, { withFileTypes: true, encoding: 'buffer' }).map((one) => ({
			name: nameText(one.name),
			isFolder: one.isDirectory(),
		}));
	} catch {
		// Gone again, or not to be read: the folder above tells.
		return [];
	}
}

function pathIn({ path }: Folder, name: string): string {
	return path === '' ? name : `${path}/${name}`;
}
