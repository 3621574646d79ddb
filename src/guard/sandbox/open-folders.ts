// Folders outside of the worktree that held programs may write. A program that writes in one of them can put
// a link there, so that what leads through it is never opened: it would choose what the next one may write.
import { lstatSync, mkdirSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { errorCode } from '../../lib/error-words.ts';
import { ownUser } from '../../lib/private-folder.ts';
import { isBelow } from './plan.ts';

export interface WantedPlace {
	/** Absolute. */
	readonly path: string;
	/** Whether a folder is made of it where nothing is there. */
	readonly make: boolean;
}

export interface OpenPlaces {
	/** Each as it really is, once; what lies in another one is left out. */
	readonly open: readonly string[];
	/** Those to which links lead that are not to be trusted. */
	readonly led: readonly string[];
}

/** `written` are folders that programs write, or could at earlier starts. */
export function openPlaces(
	wanted: readonly WantedPlace[],
	written: readonly string[],
): OpenPlaces {
	const now = realOnes(wanted.map(({ path }) => path));
	const before = realOnes(written);
	const open = new Set<string>();
	const led: string[] = [];
	for (const one of wanted) {
		if (!isAbsolute(one.path)) continue;
		const found = new Way(one, now, before).walk();
		if (found === false) led.push(one.path);
		else if (found !== null) open.add(found);
	}
	return { open: [...open].filter((path) => path !== '/'), led };
}

function realOnes(paths: readonly string[]): readonly string[] {
	return paths.flatMap((path) => {
		try {
			return [realpathSync(path)];
		} catch {
			// Not there: nobody has written in it.
			return [];
		}
	});
}

/** As many as the system follows. */
const mostLinks = 40;

/** The way to one place, a name at a time. */
class Way {
	readonly #wanted: WantedPlace;
	readonly #now: readonly string[];
	readonly #before: readonly string[];
	#links = 0;

	constructor(wanted: WantedPlace, now: readonly string[], before: readonly string[]) {
		this.#wanted = wanted;
		this.#now = now;
		this.#before = before;
	}

	/**
	 * Null where nothing is there, or where it is open with a folder above it; false where a link on the
	 * way is not to be trusted.
	 */
	walk(): string | false | null {
		let at = '/';
		const names = namesOf(this.#wanted.path);
		for (let name = names.shift(); name !== undefined; name = names.shift()) {
			if (name === '..') {
				at = dirname(at);
				continue;
			}
			if (this.#now.some((folder) => isIn(at, folder))) return null;
			const next = join(at, name);
			const entry = entryAt(next);
			if (!entry && !this.#makes(at, next)) return null;
			if (!entry?.isSymbolicLink()) {
				at = next;
				continue;
			}
			this.#links += 1;
			if (this.#links > mostLinks || !this.#isTrusted(at, entry.uid)) return false;
			const target = readlinkSync(next);
			names.unshift(...namesOf(target));
			if (isAbsolute(target)) at = '/';
		}
		return at;
	}

	/** For its owner alone, one folder in one that is there. */
	#makes(folder: string, path: string): boolean {
		if (!this.#wanted.make) return false;
		try {
			if (!isOurs(folder)) return false;
			mkdirSync(path, { mode: 0o700 });
			return true;
		} catch (error) {
			// Made by another start meanwhile; a link is seen by whoever opens it.
			return errorCode(error) === 'EEXIST' && lstatSync(path).isDirectory();
		}
	}

	#isTrusted(folder: string, owner: number): boolean {
		if (this.#before.some((written) => isIn(folder, written))) return false;
		return isOwner(owner) && isOurs(folder);
	}
}

/** Nothing is found below a file, or in a folder that is shut. */
function entryAt(path: string): Stats | undefined {
	try {
		return lstatSync(path, { throwIfNoEntry: false });
	} catch {
		return undefined;
	}
}

/** Its group may be the user's own, as many systems have it. */
function isOurs(folder: string): boolean {
	const { uid, mode } = lstatSync(folder);
	return isOwner(uid) && ((mode & forAll) === 0 || (mode & sticky) !== 0);
}

const forAll = 0o002;
const sticky = 0o1000;

function isOwner(uid: number): boolean {
	return uid === ownUser() || uid === 0;
}

function namesOf(path: string): string[] {
	return path.split('/').filter((name) => name !== '' && name !== '.');
}

function isIn(path: string, folder: string): boolean {
	return path === folder || isBelow(path, folder);
}
