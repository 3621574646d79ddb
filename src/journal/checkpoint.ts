// The last folded state, kept beside the events so that a start need not fold them all. A cache:
// it may be dropped at any time and is replaced in place.
import type { DatabaseSync } from 'node:sqlite';

/** A state folded up to and including the event `seq`. */
export interface Checkpoint {
	readonly seq: number;
	/** Names the form of `state`; a checkpoint of another form is as good as none. */
	readonly shape: string;
	/** Anything JSON can hold. */
	readonly state: unknown;
}

export function writeCheckpoint(database: DatabaseSync, checkpoint: Checkpoint): void {
	database
		.prepare('INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?)')
		.run(checkpoint.seq, checkpoint.shape, JSON.stringify(checkpoint.state));
}

/** The stored state, if it has this shape and is not ahead of the events. */
export function readCheckpoint(
	database: DatabaseSync,
	shape: string,
	lastSeq: number,
): Checkpoint | undefined {
	const row = database
		.prepare('SELECT seq, state FROM checkpoint WHERE shape = ? AND seq <= ?')
		.get(shape, lastSeq);
	if (!row) return undefined;
	return { seq: Number(row.seq), shape, state: JSON.parse(String(row.state)) };
}
