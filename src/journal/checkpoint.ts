// The last folded state, kept beside the events so that a start need not fold them all. A cache:
// it may be dropped at any time and is replaced in place. One that weir did not sign is none.
import type { DatabaseSync } from 'node:sqlite';
import type { Signer } from './signature.ts';

/** A state folded up to and including the event `seq`. */
export interface Checkpoint {
	readonly seq: number;
	/** Names the form of `state`; a checkpoint of another form is as good as none. */
	readonly shape: string;
	/** Anything JSON can hold. */
	readonly state: unknown;
}

export function writeCheckpoint(
	database: DatabaseSync,
	{ seq, shape, state }: Checkpoint,
	signer: Signer,
): void {
	const text = JSON.stringify(state);
	database
		.prepare('INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?, ?)')
		.run(seq, shape, text, sign(database, signer, [String(seq), shape, text]));
}

/** The stored state, if it has this shape and is not ahead of the events. */
export function readCheckpoint(
	database: DatabaseSync,
	shape: string,
	signer: Signer,
): Checkpoint | undefined {
	const row = database
		.prepare('SELECT seq, state, signature FROM checkpoint WHERE shape = ?')
		.get(shape);
	if (!row) return undefined;
	const [seq, text] = [Number(row.seq), String(row.state)];
	const own = sign(database, signer, [String(seq), shape, text]);
	if (own === null || row.signature !== own) return undefined;
	return { seq, shape, state: JSON.parse(text) };
}

/** Together with the signature of its event, which so must be there and as it was. */
function sign(
	database: DatabaseSync,
	signer: Signer,
	[seq = '', ...texts]: readonly string[],
): string | null {
	const event = database.prepare('SELECT signature FROM event WHERE seq = ?').get(seq);
	const signature = event?.signature;
	return typeof signature === 'string' ? signer.sign([seq, ...texts], signature) : null;
}
