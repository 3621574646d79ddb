// The rows of events: written with a signature each, and looked through for what weir did not write.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Signer } from './signature.ts';

/** An event as the table has it, without its signature. */
export interface EventRow {
	readonly seq: number;
	readonly at: string;
	readonly actor: string;
	readonly cause: string;
	readonly kind: string;
	readonly data: string;
}

export interface Judged {
	/** The last one that weir may have written. */
	readonly last: number;
	/** How many others there are, before it and after. */
	readonly wrong: number;
}

export class SignedEvents {
	readonly #database: DatabaseSync;
	readonly #signer: Signer;
	readonly #insertion: StatementSync;
	/** The last signature of those that are committed, and with those that are not yet. */
	#kept: string | null;
	#drafted: string | null;

	constructor(database: DatabaseSync, signer: Signer) {
		this.#database = database;
		this.#signer = signer;
		this.#insertion = database.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)');
		this.#kept = this.#signatureAt(Number.MAX_SAFE_INTEGER);
		this.#drafted = this.#kept;
	}

	begin(): void {
		this.#drafted = this.#kept;
	}

	insert(row: EventRow): void {
		this.#drafted = this.#signer.sign(textsOf(row), this.#drafted);
		const { seq, at, actor, cause, kind, data } = row;
		this.#insertion.run(seq, at, actor, cause, kind, data, this.#drafted);
	}

	committed(): void {
		this.#kept = this.#drafted;
	}

	/**
	 * Of the events after this one. What has another key's signature counts, since keys get lost, and what
	 * has none counts where nothing before it has one: it is of a time before there were any.
	 */
	judge(after: number): Judged {
		let before = this.#signatureAt(after);
		let last = after;
		let wrong = 0;
		const rows = this.#database.prepare('SELECT * FROM event WHERE seq > ? ORDER BY seq');
		for (const found of rows.iterate(after)) {
			// As the table has it: six columns and a text or nothing.
			const row = found as unknown as EventRow & { readonly signature: string | null };
			const { signature } = row;
			const counts =
				signature === null
					? before === null
					: !this.#signer.knows(signature) ||
						signature === this.#signer.sign(textsOf(row), before);
			if (counts) last = row.seq;
			else wrong += 1;
			before = signature ?? before;
		}
		return { last, wrong };
	}

	/** From now on the last event is this one. */
	continueAfter(last: number): void {
		this.#kept = this.#signatureAt(last);
	}

	/** The last one up to this event; null where there was none yet. */
	#signatureAt(seq: number): string | null {
		const row = this.#database
			.prepare(
				'SELECT signature FROM event WHERE seq <= ? AND signature IS NOT NULL ORDER BY seq DESC LIMIT 1',
			)
			.get(seq);
		return typeof row?.signature === 'string' ? row.signature : null;
	}
}

function textsOf({ seq, at, actor, cause, kind, data }: EventRow): string[] {
	return [String(seq), at, actor, cause, kind, data];
}
