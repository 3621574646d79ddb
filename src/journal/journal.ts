// The record of what happened: rows are appended and read, never changed. Decides nothing and
// knows no kind of event. One process writes at a time, the owner of the lock.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../lib/error-words.ts';
import { type Outcome, ok, type Refusal, refuse } from '../lib/outcome.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { LaterFlush } from './later-flush.ts';
import { openDatabase } from './open.ts';
import { preparePrivateFile } from './private-file.ts';
import { Reserve } from './reserve.ts';
import { Seal } from './seal.ts';
import { Signer } from './signature.ts';
import { SignedEvents } from './signed-events.ts';
import { refuseFailed, refuseSqlite } from './sqlite.ts';

/** An event as it is handed in. */
export interface JournalEntry {
	/** Where given, it must be the next number. */
	readonly seq?: number;
	/** Wall clock, ISO UTC; order is `seq`, never this. */
	readonly at: string;
	readonly actor: string;
	readonly cause: string;
	readonly kind: string;
	/** Anything JSON can hold. */
	readonly data: unknown;
}

/** An event as it is recorded. */
export interface JournalRow extends JournalEntry {
	readonly seq: number;
}

/** What others did to the journal: events added, else something was rewritten. */
export interface ForeignWrite {
	readonly added: number;
}

/** Where an append may find room: `reserve` gives up the ballast when the disk is full. */
export type Room = 'disk' | 'reserve';

/**
 * When an append is safe from a power cut: before it is answered, or some milliseconds later. A crash
 * of the process takes neither.
 */
export type Safe = 'now' | 'soon';

export interface Appending {
	readonly room?: Room;
	readonly safe?: Safe;
}

/**
 * Opens the journal in the weir folder of a repository (see `openJournalFolder`), creating it
 * where there is none. Its structure is checked first, which reads it once. A damaged journal, one
 * of a later weir, a full or read-only disk is refused, and the file stays where and as it is.
 */
export function openJournal(folder: string): Outcome<Journal> {
	const path = join(folder, 'journal.sqlite');
	const reserve = new Reserve(folder);
	const prepared = preparePrivateFile(path);
	if (!prepared.ok) return prepared;
	let database = openDatabase(path);
	if (!database.ok && database.refusal.code === 'journal.full' && reserve.spend())
		database = openDatabase(path);
	if (!database.ok) return database;
	reserve.fill();
	return ok(new Journal(path, database.value, reserve, new Signer(folder)));
}

const pageRows = 500;

export class Journal implements Disposable {
	readonly path: string;
	readonly #database: DatabaseSync;
	readonly #reserve: Reserve;
	readonly #inode: number;
	readonly #signer: Signer;
	readonly #events: SignedEvents;
	readonly #seal: Seal;
	readonly #flush: LaterFlush;
	#safe: Safe = 'now';
	#last: number;
	#failed: Refusal | undefined;
	#foreign: ForeignWrite | null = null;

	constructor(path: string, database: DatabaseSync, reserve: Reserve, signer: Signer) {
		this.path = path;
		this.#database = database;
		this.#reserve = reserve;
		this.#inode = statSync(path).ino;
		this.#signer = signer;
		this.#events = new SignedEvents(database, signer);
		const last = database
			.prepare('SELECT coalesce(max(seq), 0) AS last FROM event')
			.get();
		this.#last = Number(last?.last);
		this.#seal = new Seal(path, database);
		this.#flush = new LaterFlush(`${path}-wal`, (error) => this.#flushFailed(error));
	}

	/** The number of the last recorded event, 0 where there is none. */
	lastSeq(): number {
		return this.#last;
	}

	/** Numbers an empty journal from after this one on. */
	beginAfter(seq: number): void {
		if (this.#last === 0) this.#last = seq;
	}

	/** A name for a secret, of this journal alone: nobody finds the one by the other. */
	nameOf(secret: string): string {
		return this.#signer.nameOf(secret);
	}

	/** When its first event was recorded: no other journal began then. Null while it is empty. */
	get begun(): string | null {
		const [first] = this.read(1, 1);
		return first?.at ?? null;
	}

	/**
	 * Records the entries in one transaction, all or none, and answers their numbers once they are
	 * on the disk (`safe`). Hand in together what came together: the flush costs, not the rows. Refused on
	 * a full disk (`journal.full`; the next append may succeed) and on a failing one
	 * (`journal.failed`; for good, until the journal is opened anew).
	 */
	append(
		entries: readonly JournalEntry[],
		{ room = 'disk', safe = 'now' }: Appending = {},
	): Outcome<readonly number[]> {
		const usable = this.#checkUsable();
		if (!usable.ok) return usable;
		this.#look();
		this.#set(safe);
		const first = this.#write(entries);
		if (first.ok || first.refusal.code !== 'journal.full' || room === 'disk')
			return first;
		return this.#reserve.spend() ? this.#write(entries) : first;
	}

	/** Whether there is a reserve that an append could still spend. */
	reserveKept(): boolean {
		return this.#reserve.kept;
	}

	/** Gives the reserve to the disk; answers whether there was any to give. */
	spendReserve(): boolean {
		return this.#reserve.spend();
	}

	/** Sets the reserve aside again where the disk has room; answers whether it is there. */
	refillReserve(): boolean {
		return this.#reserve.fill();
	}

	/**
	 * The events from number `from` on, in order, at most `limit`. Reads a page at a time: what is
	 * appended meanwhile is seen, and nobody waits for a slow reader.
	 */
	*read(from = 1, limit = Number.POSITIVE_INFINITY): Generator<JournalRow> {
		let next = from;
		for (let left = limit; left > 0; left -= pageRows) {
			const page = this.#page(next, Math.min(left, pageRows));
			yield* page;
			const last = page.at(-1);
			if (!last || page.length < pageRows) return;
			next = last.seq + 1;
		}
	}

	/**
	 * What others wrote into the journal since it was asked last, null where nobody did. Events that they
	 * added were decided by nobody: they are put aside, into a file beside the journal.
	 */
	takeForeign(): ForeignWrite | null {
		this.#look();
		const found = this.#foreign;
		this.#foreign = null;
		return found;
	}

	/**
	 * Looks through the events after this one for what others wrote while nobody had the journal open;
	 * `takeForeign` tells it. What they added at the end is put aside. What they rewrote stays: what was
	 * there before is not known.
	 */
	examineAfter(seq: number): Outcome<void> {
		const { last, wrong } = this.#events.judge(seq);
		if (wrong === 0) return ok(undefined);
		this.#foreign = { added: 0 };
		if (last === this.#last) return ok(undefined);
		this.#last = last;
		this.#events.continueAfter(last);
		return this.#guarded(() => this.#expel());
	}

	/** Replaces the stored state. A refusal only makes the next start slower. */
	saveCheckpoint(checkpoint: Checkpoint): Outcome<void> {
		return this.#guarded(() => writeCheckpoint(this.#database, checkpoint, this.#signer));
	}

	/** The stored state, if it has this shape, is not ahead of the events, and others did not write it. */
	loadCheckpoint(shape: string): Checkpoint | undefined {
		return readCheckpoint(this.#database, shape, this.#signer);
	}

	[Symbol.dispose](): void {
		if (this.#database.isOpen) this.#database.close();
	}

	#checkUsable(): Outcome<void> {
		if (this.#failed) return { ok: false, refusal: this.#failed };
		if (statSync(this.path, { throwIfNoEntry: false })?.ino === this.#inode)
			return ok(undefined);
		return refuse(
			'journal.moved',
			`the journal ${this.path} was removed or replaced while weir runs`,
			'put it back where it was, or start on what is there: weir up --restart',
		);
	}

	#write(entries: readonly JournalEntry[]): Outcome<readonly number[]> {
		const seqs = entries.map((_, index) => this.#last + index + 1);
		const written = this.#guarded(() => {
			this.#begin();
			this.#events.begin();
			for (const [index, entry] of entries.entries())
				this.#insert(this.#last + index + 1, entry);
			this.#database.exec('COMMIT');
		});
		if (!written.ok) return written;
		this.#events.committed();
		this.#last += entries.length;
		if (this.#safe === 'soon') this.#flush.begin();
		else this.#flush.overtaken();
		return ok(seqs);
	}

	/** NORMAL commits without a flush, and flushes itself where it moves its log into the database. */
	#set(safe: Safe): void {
		if (safe === this.#safe) return;
		this.#database.exec(`PRAGMA synchronous = ${safe === 'now' ? 'FULL' : 'NORMAL'}`);
		this.#safe = safe;
	}

	/** As after a failed flush of a transaction: what the kernel has dropped is not known. */
	#flushFailed(error: unknown): void {
		const refused = refuseFailed(this.path, messageOf(error));
		if (!refused.ok) this.#failed ??= refused.refusal;
	}

	/** From then on nobody else can commit, and what somebody did until then is put aside. */
	#begin(): void {
		for (let attempt = 1; ; attempt += 1) {
			this.#database.exec('BEGIN IMMEDIATE');
			if (this.#seal.committedByOwner || attempt === beginTries) return;
			this.#database.exec('ROLLBACK');
			this.#expel();
		}
	}

	#insert(seq: number, entry: JournalEntry): void {
		if (entry.seq !== undefined && entry.seq !== seq)
			throw new Error(`event ${entry.seq} was handed in where ${seq} is next`);
		this.#events.insert({ ...entry, seq, data: JSON.stringify(entry.data) });
	}

	/**
	 * Runs a write; where it fails, nothing of it stays. After a failed flush the kernel may have
	 * dropped what it could not write, so such a connection is not used for writing again; the
	 * next start reads what the file truly holds.
	 */
	#guarded(write: () => void): Outcome<void> {
		try {
			write();
			return ok(undefined);
		} catch (error) {
			// SQLite has already rolled back by itself after some errors.
			if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
			const refused = refuseSqlite(this.path, error);
			if (!refused.ok && lasting.has(refused.refusal.code))
				this.#failed = refused.refusal;
			return refused;
		} finally {
			this.#seal.renew();
		}
	}

	#look(): void {
		if (this.#failed || !this.#database.isOpen || this.#seal.intact) return;
		const expelled = this.#guarded(() => this.#expel());
		if (!expelled.ok) console.error('foreign events stay:', expelled.refusal.message);
	}

	#expel(): void {
		const added = this.#seal.expelAfter(this.#last);
		// What is wrong in its log now would at the next start end all that stands behind it there.
		this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
		this.#foreign = { added: added + (this.#foreign?.added ?? 0) };
	}

	#page(from: number, limit: number): JournalRow[] {
		const rows = this.#database
			.prepare('SELECT * FROM event WHERE seq >= ? ORDER BY seq LIMIT ?')
			.all(from, limit);
		return rows.map((row) => ({
			seq: Number(row.seq),
			at: String(row.at),
			actor: String(row.actor),
			cause: String(row.cause),
			kind: String(row.kind),
			data: JSON.parse(String(row.data)) as unknown,
		}));
	}
}

/** Who writes all the time keeps the owner from writing no longer than that. */
const beginTries = 3;

const lasting: ReadonlySet<string> = new Set(['journal.failed', 'journal.corrupt']);
