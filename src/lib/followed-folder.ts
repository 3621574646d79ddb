// A folder that is known by what it is and not by where it is: who moves the folders above it while a
// process writes there, moves what that process writes next, and nothing is written into what takes the
// old place. Only Linux tells where a descriptor leads; elsewhere the folder is where it was at first.
import { closeSync, constants, openSync, readlinkSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { errorCode } from './error-words.ts';

export class FollowedFolder implements Disposable {
	#given: string;
	#anchor: string;
	#descriptor: number | null = null;

	/**
	 * Followed from now on, or from the first time that it is found there. With an `anchor`, a folder
	 * above it, that one is followed: then it may be removed and made again.
	 */
	constructor(path: string, anchor: string = path) {
		this.#given = path;
		this.#anchor = anchor;
		this.#open();
	}

	/** Where it is now. Of one that was removed it is a path that does not exist. */
	get path(): string {
		this.#open();
		if (this.#descriptor === null) return this.#given;
		const anchor = readlinkSync(`/proc/self/fd/${this.#descriptor}`);
		return join(anchor, relative(this.#anchor, this.#given));
	}

	/**
	 * Follows the folder at this place from now on, where it is another one: who copied it and removed the
	 * first, as a move to another file system does, left nothing to follow. Answers whether it was.
	 */
	goTo(path: string, anchor: string = path): boolean {
		const now = this.path;
		if (isSameFolder(now, path)) return false;
		this[Symbol.dispose]();
		this.#given = path;
		this.#anchor = anchor;
		this.#open();
		return true;
	}

	[Symbol.dispose](): void {
		if (this.#descriptor !== null) closeSync(this.#descriptor);
		this.#descriptor = null;
	}

	#open(): void {
		if (this.#descriptor !== null || process.platform !== 'linux') return;
		try {
			const flags = constants.O_RDONLY | constants.O_DIRECTORY;
			this.#descriptor = openSync(this.#anchor, flags);
		} catch (error) {
			// Not there yet, or too many files are open: who uses it is told by the system.
			if (errorCode(error) === undefined) throw error;
		}
	}
}

function isSameFolder(one: string, other: string): boolean {
	const [there, here] = [one, other].map((path) =>
		statSync(path, { throwIfNoEntry: false }),
	);
	return there !== undefined && there.ino === here?.ino && there.dev === here.dev;
}
