// By what a write of somebody else into the journal is told from the supervisor's own. SQLite says whether
// another connection has committed; the files' size and time, what was done to them past SQLite. Events that others added are taken out again: the supervisor alone decides what happened.
import { statSync, writeFileSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { messageOf } from '../lib/error-words.ts';

export class Seal {
	readonly #path: string;
	readonly #database: DatabaseSync;
	readonly #versionQuery: StatementSync;
	#version: string;
	#files: string;

	constructor(path: string, database: DatabaseSync) {
		this.#path = path;
		this.#database = database;
		this.#versionQuery = database.prepare('PRAGMA data_version');
		this.#version = this.#versionNow();
		this.#files = this.#filesNow();
	}

	/** Whether nobody else has written. */
	get intact(): boolean {
		return this.committedByOwner && this.#filesNow() === this.#files;
	}

	/** Whether no other connection has committed. Asked inside of a transaction, it stays so until its end. */
	get committedByOwner(): boolean {
		return this.#versionNow() === this.#version;
	}

	/** The owner has written: the files are right as they are. */
	renew(): void {
		this.#files = this.#filesNow();
	}

	/** Puts aside the events after this number; answers how many there were. The rest counts as known. */
	expelAfter(last: number): number {
		this.#database.exec('BEGIN IMMEDIATE');
		const version = this.#versionNow();
		const rows = this.#database.prepare('SELECT * FROM event WHERE seq > ?').all(last);
		if (rows.length > 0) {
			// As a file first: nothing is lost that somebody may want to look at.
			const aside = `${this.#path}.foreign-${Date.now()}.json`;
			writeFileSync(aside, `${JSON.stringify(rows, null, '\t')}\n`, { mode: 0o600 });
			const trigger = this.#database
				.prepare("SELECT sql FROM sqlite_schema WHERE name = 'event_remains'")
				.get();
			this.#database.exec('DROP TRIGGER IF EXISTS event_remains');
			this.#database.prepare('DELETE FROM event WHERE seq > ?').run(last);
			if (trigger) this.#database.exec(String(trigger.sql));
		}
		this.#database.exec('COMMIT');
		this.#version = version;
		return rows.length;
	}

	/** Of a file that cannot be read any more, the reason: a write tells better. */
	#versionNow(): string {
		try {
			return String(Object.values(this.#versionQuery.get() ?? {})[0]);
		} catch (error) {
			return messageOf(error);
		}
	}

	/** Not the time of change: SQLite sets the owner of the files whenever root opens them. */
	#filesNow(): string {
		const files = [this.#path, `${this.#path}-wal`].map((path) => {
			const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
			return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs}` : 'none';
		});
		return files.join('\n');
	}
}
