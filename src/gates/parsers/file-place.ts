// Where in a worktree a path leads that a tool printed.
import { posix } from 'node:path';
import { fileLimit } from '../../domain/gates/failure.ts';

/**
 * A path as it stands in the worktree, with forward slashes. Relative ones are taken from `folder`,
 * itself relative to the root. Null for what lies elsewhere, or is no path of a file at all.
 */
export function fileInTree(path: string, root: string, folder = ''): string | null {
	const plain = forwardSlashes(withoutScheme(path.trim()));
	if (plain === '' || plain.length > fileLimit || unfit.test(plain)) return null;
	const base = forwardSlashes(root).replace(/\/+$/, '');
	const absolute = plain.startsWith('/') || drive.test(plain);
	const whole = posix.normalize(absolute ? plain : posix.join(base, folder, plain));
	if (!whole.startsWith(`${posix.normalize(base)}/`)) return null;
	const inside = whole.slice(posix.normalize(base).length + 1).replace(/\/+$/, '');
	return inside === '' ? null : inside;
}

/** What moves a cursor or turns a line around, and what Node and Python call places of no file. */
const unfit =
	/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|^node:|^<.*>$/;

const drive = /^[A-Za-z]:\//;

/** Only where a path is of Windows: elsewhere a backslash is a character like any other. */
function forwardSlashes(path: string): string {
	const windows =
		/^[A-Za-z]:\\/.test(path) || (path.includes('\\') && !path.includes('/'));
	return windows ? path.replaceAll('\\', '/') : path;
}

function withoutScheme(path: string): string {
	if (!path.startsWith('file://')) return path;
	const encoded = path.slice('file://'.length).replace(/^\/(?=[A-Za-z]:\/)/, '');
	try {
		return decodeURI(encoded);
	} catch {
		// Not every program encodes what it puts behind `file://`.
		return encoded;
	}
}
