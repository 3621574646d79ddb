// Copies of what stood outside a scope, for its owner alone: kept before anything is put back or taken
// away, so that nothing is lost by it. A folder an agent, and in it one for each time.

import { constants, type Stats } from 'node:fs';
import {
	chmod,
	copyFile,
	lstat,
	mkdir,
	open,
	readdir,
	readlink,
	rm,
	symlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inFolder, inFolders } from '../lib/folder-handle.ts';
import { nameText, onDisk } from '../lib/name-bytes.ts';
import { makeFolders } from '../lib/private-folder.ts';

/** All copies of a repository take so much at most; the oldest go first. */
const mostBytes = 512 * 1024 * 1024;
/** One time takes so much at most: what has no room for a copy stays where it is. */
const mostAtOnce = 256 * 1024 * 1024;
const mostFiles = 20_000;

export interface KeptCopies {
	/** Null where there was nothing to copy. */
	readonly folder: string | null;
	readonly files: number;
	/** Of which there is no copy, and why: they must not be touched. */
	readonly left: readonly { readonly path: string; readonly why: string }[];
	/** How many older folders had to go. */
	readonly dropped: number;
}

interface Room {
	bytes: number;
	files: number;
}

/** Copies `paths` of the folder `top`; `name` tells this time from others, and is not used twice. */
export async function keepCopies(
	top: string,
	paths: readonly string[],
	{ store, agent, name }: { store: string; agent: string; name: string },
): Promise<KeptCopies> {
	const folder = await freshFolder(join(store, agent), name);
	const room: Room = { bytes: mostAtOnce, files: mostFiles };
	const left: { path: string; why: string }[] = [];
	// Null where there is a copy, or nothing to copy.
	const done = await inFolders(top, paths, async (place, path) =>
		place === null ? null : copyEntry(place, join(folder, path), room),
	);
	for (const [path, outcome] of done) {
		const why = outcome.ok ? outcome.value : outcome.refusal.message;
		if (why !== null) left.push({ path, why });
	}
	const files = mostFiles - room.files;
	if (files === 0) await rm(folder, { recursive: true, force: true });
	const dropped = files === 0 ? 0 : await dropOldest(store, mostBytes);
	return { folder: files === 0 ? null : folder, files, left, dropped };
}

export interface KnownCopies {
	readonly folder: string;
	/** In milliseconds of wall clock. */
	readonly at: number;
	readonly bytes: number;
	readonly files: number;
}

/** Of one agent, the newest first. */
export async function listCopies(store: string, agent: string): Promise<KnownCopies[]> {
	const top = join(store, agent);
	const found: KnownCopies[] = [];
	for (const name of await readdir(top).catch(() => [])) {
		const folder = join(top, name);
		const entry = await lstat(folder).catch(() => null);
		if (!entry?.isDirectory()) continue;
		const { bytes, files } = await sizeOf(folder);
		found.push({ folder, at: entry.mtimeMs, bytes, files });
	}
	return found.toSorted((one, other) => other.at - one.at);
}

/** Those of before a moment. */
export async function dropCopiesBefore(store: string, time: number): Promise<void> {
	for (const agent of await readdir(store).catch(() => []))
		for (const { folder, at } of await listCopies(store, agent))
			if (at < time) await rm(folder, { recursive: true, force: true });
}

async function freshFolder(top: string, name: string): Promise<string> {
	makeFolders(top);
	for (let times = 1; ; times += 1) {
		const folder = join(top, times === 1 ? name : `${name}-${times}`);
		const made = await mkdir(folder, { mode: 0o700 }).then(
			() => true,
			(error: NodeJS.ErrnoException) => {
				if (error.code === 'EEXIST') return false;
				throw error;
			},
		);
		if (made) return folder;
	}
}

async function copyEntry(from: string, to: string, room: Room): Promise<string | null> {
	const source = onDisk(from);
	const entry = await lstat(source).catch(() => null);
	if (!entry) return null;
	if (entry.isDirectory()) return copyFolder(from, to, room);
	if (room.files < 1) return `more than ${mostFiles} files`;
	room.files -= 1;
	await mkdir(onDisk(dirname(to)), { recursive: true, mode: 0o700 });
	if (entry.isSymbolicLink()) {
		await symlink(await readlink(source, { encoding: 'buffer' }), onDisk(to));
		return null;
	}
	if (!entry.isFile()) return 'it is no file';
	return copyBytes(from, to, entry, room);
}

async function copyBytes(
	from: string,
	to: string,
	{ size }: Stats,
	room: Room,
): Promise<string | null> {
	if (size > room.bytes)
		return `there is no room for a copy of ${Math.ceil(size / 1024 / 1024)} MB`;
	room.bytes -= size;
	const target = onDisk(to);
	// Opened without following: a link may stand in its place by now.
	const handle = await open(onDisk(from), constants.O_RDONLY | constants.O_NOFOLLOW);
	try {
		const source =
			process.platform === 'linux' ? `/proc/self/fd/${handle.fd}` : onDisk(from);
		await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
	} finally {
		await handle.close();
	}
	await chmod(target, 0o600);
	return null;
}

async function copyFolder(from: string, to: string, room: Room): Promise<string | null> {
	return inFolder(from, '', async (folder) => {
		for (const bytes of await readdir(folder, { encoding: 'buffer' })) {
			const name = nameText(bytes);
			const why = await copyEntry(join(folder, name), join(to, name), room);
			if (why !== null) return why;
		}
		return null;
	});
}

async function sizeOf(folder: string): Promise<{ bytes: number; files: number }> {
	let bytes = 0;
	let files = 0;
	for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
		const path = join(folder, entry.name);
		const inner = entry.isDirectory()
			? await sizeOf(path)
			: { bytes: (await lstat(path).catch(() => null))?.size ?? 0, files: 1 };
		bytes += inner.bytes;
		files += inner.files;
	}
	return { bytes, files };
}

async function dropOldest(store: string, most: number): Promise<number> {
	const all: KnownCopies[] = [];
	for (const agent of await readdir(store)) all.push(...(await listCopies(store, agent)));
	let bytes = all.reduce((sum, one) => sum + one.bytes, 0);
	let dropped = 0;
	const oldest = all.toSorted((one, other) => one.at - other.at);
	// The newest stays, whatever it takes.
	for (const one of oldest.slice(0, -1)) {
		if (bytes <= most) break;
		await rm(one.folder, { recursive: true, force: true });
		bytes -= one.bytes;
		dropped += 1;
	}
	return dropped;
}
