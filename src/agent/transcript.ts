// The file of a conversation: lines that are only ever added, each on the disk before anything follows
// from it. Outside of every repository, for its owner alone.
import {
	closeSync,
	existsSync,
	fstatSync,
	fsyncSync,
	ftruncateSync,
	openSync,
	readFileSync,
	readSync,
	rmSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { errorCode, messageOf } from '../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { makeFolders } from '../lib/private-folder.ts';
import { identityOf, isAlive, type ProcessIdentity } from '../lib/processes.ts';
import { type Entry, entryIn } from './entry.ts';

/** A line that is longer is none of ours. */
const longestLine = 16 * 1024 * 1024;
const chunkSize = 1024 * 1024;
const newline = 10;

export class Transcript implements Disposable {
	readonly id: string;
	readonly path: string;
	readonly #file: number;
	readonly #lock: string;

	private constructor(id: string, path: string, file: number, lock: string) {
		this.id = id;
		this.path = path;
		this.#file = file;
		this.#lock = lock;
	}

	/**
	 * Opens the conversation of this name and hands each of its entries to `take`; one that is not there
	 * is begun where `mayBegin` says so. Refused with `conversation.*`.
	 */
	static open(
		folder: string,
		id: string,
		mayBegin: boolean,
		take: (entry: Entry) => void,
	): Outcome<Transcript> {
		if (!/^[\w-]{1,128}$/.test(id))
			return refuse(
				'conversation.unknown',
				`${JSON.stringify(id.slice(0, 140))} is no name of a conversation`,
			);
		const path = join(folder, `${id}.jsonl`);
		const fresh = !existsSync(path);
		if (fresh && !mayBegin) return unknown(id, path);
		const lock = join(folder, `${id}.lock`);
		let file: number;
		try {
			makeFolders(folder);
			const busy = lockedBy(lock);
			if (busy !== null) return isBusy(id, busy);
			file = openSync(path, fresh ? 'wx+' : 'r+', 0o600);
		} catch (error) {
			return unwritable(path, error);
		}
		try {
			cutTornLine(file);
			eachLine(file, (line) => {
				const entry = entryIn(line);
				if (entry) take(entry);
			});
		} catch (error) {
			closeSync(file);
			rmSync(lock, { force: true });
			throw error;
		}
		return ok(new Transcript(id, path, file, lock));
	}

	/** Its first entry. Refused, and closed, where there is no room for it. */
	begin(where: { readonly folder: string; readonly version: string }): Outcome<void> {
		try {
			this.add({ kind: 'begun', v: 1, id: this.id, ...where });
			return ok(undefined);
		} catch (error) {
			this[Symbol.dispose]();
			rmSync(this.path, { force: true });
			return unwritable(this.path, error);
		}
	}

	/** Adds entries; when this returns they are on the disk, all or none of them. */
	add(...entries: readonly Entry[]): void {
		const at = new Date().toISOString();
		const lines = entries.map((entry) => `${JSON.stringify({ ...entry, at })}\n`);
		const bytes = Buffer.from(lines.join(''));
		const end = fstatSync(this.#file).size;
		try {
			for (let done = 0; done < bytes.length; )
				done += writeSync(this.#file, bytes, done, bytes.length - done, end + done);
			fsyncSync(this.#file);
		} catch (error) {
			// A full disk may have taken a part.
			ftruncateSync(this.#file, end);
			throw new Error(unwritableWords(this.path, error), { cause: error });
		}
	}

	[Symbol.dispose](): void {
		closeSync(this.#file);
		rmSync(this.#lock, { force: true });
	}
}

/** Takes the lock, or says who has it. One whose process is gone is nobody's. */
function lockedBy(path: string): ProcessIdentity | null {
	const own = JSON.stringify(identityOf(process.pid));
	for (let tries = 0; tries < 3; tries += 1) {
		try {
			writeFileSync(path, own, { flag: 'wx', mode: 0o600 });
			return null;
		} catch (error) {
			if (errorCode(error) !== 'EEXIST') {
				// A full disk takes the name and not what it is to say.
				if (readLock(path) === null) rmSync(path, { force: true });
				throw error;
			}
		}
		const holder = readLock(path);
		if (holder && isAlive(holder)) return holder;
		rmSync(path, { force: true });
	}
	throw new Error(`${path} cannot be taken`);
}

function readLock(path: string): ProcessIdentity | null {
	try {
		const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
		const isIdentity =
			typeof read === 'object' && read !== null && 'pid' in read && 'startTime' in read;
		return isIdentity ? (read as ProcessIdentity) : null;
	} catch {
		// Gone meanwhile, or cut off while it was written.
		return null;
	}
}

/** What was being written when its writer was killed: nothing followed from it. */
function cutTornLine(file: number): void {
	const { size } = fstatSync(file);
	const chunk = Buffer.alloc(chunkSize);
	for (let end = size; end > 0; ) {
		const start = Math.max(0, end - chunkSize);
		const read = readSync(file, chunk, 0, end - start, start);
		const at = chunk.lastIndexOf(newline, read - 1);
		if (read > 0 && at >= 0) {
			if (start + at + 1 < size) ftruncateSync(file, start + at + 1);
			return;
		}
		end = start;
	}
	if (size > 0) ftruncateSync(file, 0);
}

function eachLine(file: number, take: (line: string) => void): void {
	const chunk = Buffer.alloc(chunkSize);
	let parts: Buffer[] = [];
	let length = 0;
	for (let at = 0; ; ) {
		const read = readSync(file, chunk, 0, chunkSize, at);
		if (read === 0) return;
		at += read;
		let from = 0;
		for (let end = chunk.indexOf(newline); end >= 0 && end < read; ) {
			if (length <= longestLine)
				take(Buffer.concat([...parts, chunk.subarray(from, end)]).toString('utf8'));
			parts = [];
			length = 0;
			from = end + 1;
			end = chunk.indexOf(newline, from);
		}
		length += read - from;
		// Of a line that is too long nothing more is kept.
		if (length > longestLine) parts = [];
		else parts.push(Buffer.from(chunk.subarray(from, read)));
	}
}

function unknown(id: string, path: string): Outcome<never> {
	return refuse('conversation.unknown', `there is no conversation ${id}: no ${path}`);
}

function isBusy(id: string, { pid }: ProcessIdentity): Outcome<never> {
	return refuse(
		'conversation.busy',
		`the conversation ${id} goes on in process ${pid}`,
		`end that one first: kill ${pid}`,
	);
}

function unwritable(path: string, error: unknown): Outcome<never> {
	return refuse(
		'conversation.unwritable',
		unwritableWords(path, error),
		'make room there, or name another place: export XDG_DATA_HOME=…',
	);
}

function unwritableWords(path: string, error: unknown): string {
	return `the conversation cannot be kept in ${path}: ${messageOf(error)}`;
}
