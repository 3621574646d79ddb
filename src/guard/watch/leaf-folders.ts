// Which folders hold no other folder, told by one question each instead of by reading all their names: where a
// file system counts them, a folder has two links and one more for each folder in it. `find` and `fts` leave
// folders unread by the same count. Some file systems always say 1 or 2, so the count is believed only where
// it was right for the top folder.
import { lstatSync } from 'node:fs';

const linksOfLeaf = 2;

export class LeafFolders {
	/** The device whose count was right; null as long as none was. */
	#counting: number | null = null;

	/** What reading the top folder found: the count is believed from here on, on this device. */
	prove(place: string | Buffer, foldersIn: number): void {
		const top = lstatSync(place, { throwIfNoEntry: false });
		const isRight = foldersIn > 0 && top?.nlink === linksOfLeaf + foldersIn;
		this.#counting = isRight ? top.dev : null;
	}

	/** Whether it surely holds none. */
	isLeaf(place: string | Buffer): boolean {
		if (this.#counting === null) return false;
		const one = lstatSync(place, { throwIfNoEntry: false });
		return one?.nlink === linksOfLeaf && one.dev === this.#counting;
	}
}
