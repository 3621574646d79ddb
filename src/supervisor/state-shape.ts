// Which code made a stored state: a state is used again only by the very code that folded it, since
// a change of what an event means changes every state after it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A hash of the core as it lies beside this file, source or built. */
export function stateShape(): string {
	const folder = join(import.meta.dirname, '..', 'domain');
	const hash = createHash('sha256');
	for (const name of readdirSync(folder).toSorted()) {
		hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
	}
	return hash.digest('hex').slice(0, 32);
}
