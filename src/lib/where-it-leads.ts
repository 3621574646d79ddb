// Where a write to a path would arrive, without writing: all links followed, also one that leads to
// nothing yet, and `..` taken of where a link led, as the kernel does.
import { lstat, readlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from './error-words.ts';

/** As many as Linux follows. */
const mostLinks = 40;

/** Of an absolute path. Null where links lead in a circle. What may not be looked at is taken as it is. */
export async function whereItLeads(path: string): Promise<string | null> {
	const left = path.split('/').toReversed();
	let at = '/';
	let links = 0;
	for (let name = left.pop(); name !== undefined; name = left.pop()) {
		if (name === '' || name === '.') continue;
		if (name === '..') {
			at = dirname(at);
			continue;
		}
		const next = join(at, name);
		const link = await linkAt(next);
		if (link === null) {
			at = next;
			continue;
		}
		links += 1;
		if (links > mostLinks) return null;
		if (link.startsWith('/')) at = '/';
		left.push(...link.split('/').toReversed());
	}
	return at;
}

/** What a link holds; null for what is none. */
async function linkAt(path: string): Promise<string | null> {
	try {
		return (await lstat(path)).isSymbolicLink() ? await readlink(path) : null;
	} catch (error) {
		if (unseen.has(errorCode(error) ?? '')) return null;
		throw error;
	}
}

/** Not there, below a file, not to be looked at, or of a name that no file can have. */
const unseen: ReadonlySet<string> = new Set([
	'ENOENT',
	'ENOTDIR',
	'EACCES',
	'ENAMETOOLONG',
]);
