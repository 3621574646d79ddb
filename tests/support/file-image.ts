// A folder as it is at one moment: what is compared after an attack, and put back.
import {
	chmodSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

interface Entry {
	readonly sort: 'file' | 'folder' | 'link' | 'other';
	readonly mode: number;
	readonly content: Buffer;
}

/** By the bytes of a path below the folder, as latin1: not every name is UTF-8. */
export type FileImage = ReadonlyMap<string, Entry>;

/** What lies below a folder, but for what is skipped by its path. */
export function imageOf(top: string, skip: (path: string) => boolean = none): FileImage {
	const found = new Map<string, Entry>();
	const walk = (path: string) => {
		const whole = place(top, path);
		for (const entry of readdirSync(whole, { encoding: 'latin1' })) {
			const below = path === '' ? entry : `${path}/${entry}`;
			if (skip(below)) continue;
			const read = readEntry(place(top, below));
			if (!read) continue;
			found.set(below, read);
			if (read.sort === 'folder') walk(below);
		}
	};
	walk('');
	return found;
}

/** Paths that are there in one of them alone, or differ in type, mode or content. */
export function differences(one: FileImage, other: FileImage): string[] {
	const paths = new Set([...one.keys(), ...other.keys()]);
	return [...paths].filter((path) => !same(one.get(path), other.get(path))).sort();
}

/**
 * Puts a folder back to its image. What is as it was is not touched, and a file keeps its inode: a
 * sandbox that has bound it goes on seeing it.
 */
export function putBack(
	top: string,
	image: FileImage,
	skip: (path: string) => boolean = none,
): void {
	const now = imageOf(top, skip);
	const changed = differences(image, now);
	for (const path of changed.toReversed()) {
		const old = image.get(path);
		const sort = now.get(path)?.sort;
		if (sort === undefined || (old?.sort === sort && sort !== 'link')) continue;
		rmSync(place(top, path), { recursive: true, force: true });
	}
	for (const path of changed) {
		const entry = image.get(path);
		if (entry) putEntry(place(top, path), entry);
	}
}

function putEntry(path: Buffer, { sort, mode, content }: Entry): void {
	mkdirSync(dirname(path.toString('latin1')), { recursive: true });
	if (sort === 'folder') mkdirSync(path, { recursive: true });
	else if (sort === 'file') writeFileSync(path, content);
	else if (sort === 'link') symlinkSync(content, path);
	if (sort === 'file' || sort === 'folder') chmodSync(path, mode);
}

const none = () => false;

function place(top: string, path: string): Buffer {
	return Buffer.concat([Buffer.from(join(top, '/')), Buffer.from(path, 'latin1')]);
}

function readEntry(path: Buffer): Entry | null {
	try {
		const stat = lstatSync(path);
		const mode = stat.mode & 0o7777;
		const empty = Buffer.alloc(0);
		if (stat.isFile()) return { sort: 'file', mode, content: readFileSync(path) };
		if (stat.isDirectory()) return { sort: 'folder', mode, content: empty };
		if (stat.isSymbolicLink())
			return { sort: 'link', mode: 0, content: readlinkSync(path, 'buffer') };
		return { sort: 'other', mode, content: empty };
	} catch (error) {
		// It went away between the list and the look.
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
		throw error;
	}
}

function same(one: Entry | undefined, other: Entry | undefined): boolean {
	if (!one || !other) return one === other;
	return (
		one.sort === other.sort &&
		one.mode === other.mode &&
		one.content.equals(other.content)
	);
}
