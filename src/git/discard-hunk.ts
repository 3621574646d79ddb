// Takes a hunk back in a worktree, or puts back what stood there, while a program may be writing: only where
// the file is, byte for byte, what it was taken for, and at once.
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inFolder } from '../lib/folder-handle.ts';
import { onDisk } from '../lib/name-bytes.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { Side } from './changes.ts';
import { exchanged } from './file-lines.ts';
import { type GitPlace, git } from './git.ts';
import { readHunks } from './hunks.ts';

export interface DiscardOrder {
	readonly path: string;
	/** What is to stand there now; null is nothing. */
	readonly stands: Side | null;
	/** What stood there where the work began, or before it was discarded. */
	readonly base: Side | null;
	/** By its first lines; null takes all back. */
	readonly hunk: { readonly old: number; readonly new: number } | null;
}

export interface Discarded {
	readonly before: Side | null;
	readonly after: Side | null;
}

/**
 * Idempotent. `place` must have both contents. Refuses with `discard.changed` where something else stands
 * there, `discard.kind` where no hunk can be taken back.
 */
export async function discardHunk(
	place: GitPlace,
	top: string,
	order: DiscardOrder,
): Promise<Outcome<Discarded>> {
	const { path, stands, base } = order;
	if ([stands, base].some((side) => side && !side.mode.startsWith('100')))
		return refuse('discard.kind', `${path} is no file of lines`);
	const wanted = await wantedOf(place, order);
	if (!wanted.ok) return wanted;
	const bytes = wanted.value;
	const { mode, object } = stands ?? base ?? { mode: '100644', object: '' };
	const after = bytes && { mode, object: objectOf(bytes, object.length) };
	const done = await inFolder(
		top,
		dirname(path),
		(folder) => exchange(join(folder, basename(path)), { stands, after, bytes }),
		true,
	);
	if (done === true) return ok({ before: stands, after });
	return refuse(
		'discard.changed',
		done === null
			? `a link stands in the place of the folder of ${path}`
			: `${path} is not what was looked at: it was written since, or git converts it`,
	);
}

async function wantedOf(
	place: GitPlace,
	{ path, stands, base, hunk }: DiscardOrder,
): Promise<Outcome<Buffer | null>> {
	const before = base && (await blobOf(place, base.object));
	if (hunk === null || !stands || !base || !before) return ok(before);
	const { hunks } = await readHunks(place, base.object, stands.object);
	const found = hunks.find((one) => one.old === hunk.old && one.new === hunk.new);
	if (!found)
		return refuse('discard.kind', `${path} has no such hunk, or one that was cut`);
	const now = await blobOf(place, stands.object);
	return ok(exchanged({ bytes: now, side: 'new' }, before, [found]));
}

function blobOf(place: GitPlace, object: string): Promise<Buffer> {
	return git(place, ['cat-file', 'blob', object]);
}

/** What git calls these bytes, in so many characters. */
function objectOf(bytes: Buffer, length: number): string {
	const kind = length === 64 ? 'sha256' : 'sha1';
	return createHash(kind).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

interface Exchange {
	readonly stands: Side | null;
	readonly after: Side | null;
	readonly bytes: Buffer | null;
}

/** Whether `after` stands there then: not so where neither it nor what is to stand there did. */
async function exchange(
	file: string,
	{ stands, after, bytes }: Exchange,
): Promise<boolean> {
	const path = onDisk(file);
	if (await holds(path, after)) return true;
	if (!(await holds(path, stands))) return false;
	if (bytes === null) {
		await unlink(path);
		return true;
	}
	const draft = onDisk(`${file}.weir-${randomBytes(6).toString('hex')}`);
	try {
		const handle = await open(draft, 'wx', after?.mode === '100755' ? 0o755 : 0o644);
		try {
			const entry = await lstat(path).catch(() => null);
			// Of permissions git knows less than the file has.
			if (entry) await handle.chmod(entry.mode & 0o7777);
			await handle.writeFile(bytes);
		} finally {
			await handle.close();
		}
		// Written meanwhile: what is new there stays.
		if (!(await holds(path, stands))) return false;
		await rename(draft, path);
		return true;
	} finally {
		await rm(draft, { force: true });
	}
}

const mostBytes = 64 * 1024 * 1024;

/** Byte for byte, and never through a link. */
async function holds(path: string | Buffer, side: Side | null): Promise<boolean> {
	const entry = await lstat(path).catch(() => null);
	if (!entry || !side) return !entry && !side;
	if (!entry.isFile() || entry.size > mostBytes) return false;
	const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(
		() => null,
	);
	if (!handle) return false;
	try {
		const bytes = await handle.readFile();
		return objectOf(bytes, side.object.length) === side.object;
	} finally {
		await handle.close();
	}
}
