// One line of a file in a worktree, which an agent may be writing at that moment.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inFolder } from '../lib/folder-handle.ts';
import { onDisk } from '../lib/name-bytes.ts';

/** Null where no such line stands there, where the file is no text to quote, and through a link. */
export async function lineAt(
	top: string,
	path: string,
	line: number,
): Promise<string | null> {
	if (path.split('/').some((part) => part === '..' || part === '')) return null;
	const text = await inFolder(top, dirname(path), (folder) =>
		readText(join(folder, basename(path))),
	);
	const lines = text?.split('\n') ?? [];
	// What ends the last line begins none.
	if (lines.at(-1) === '') lines.pop();
	return lines[line - 1]?.slice(0, longestLine) ?? null;
}

const mostBytes = 4 * 1024 * 1024;
const longestLine = 4000;

async function readText(path: string): Promise<string | null> {
	// A pipe would keep whoever opens it waiting.
	const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
	const handle = await open(onDisk(path), flags).catch(() => null);
	if (!handle) return null;
	try {
		const entry = await handle.stat();
		if (!entry.isFile() || entry.size > mostBytes) return null;
		return await handle.readFile('utf8');
	} finally {
		await handle.close();
	}
}
