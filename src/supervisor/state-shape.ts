// Which code made a stored state: a state is used again only by the very code that folded it, since
// a change of what an event means changes every state after it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageRoot } from '../lib/package-root.ts';

/** A hash of what runs: of the core as it lies in the sources, of all that dist was built from. */
export function stateShape(): string {
	if (!import.meta.url.endsWith('.ts'))
		return readFileSync(join(packageRoot(), 'dist', 'built-from'), 'utf8');
	const folder = join(packageRoot(), 'src', 'domain');
	const hash = createHash('sha256');
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name));
	for (const path of files.toSorted()) {
		hash.update(`${relative(folder, path)}\0`).update(readFileSync(path));
	}
	return hash.digest('hex').slice(0, 32);
}
