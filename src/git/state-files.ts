// The files by which git knows, beside commits and refs, where an agent stands: read within bounds and
// never through a link, because the agent can write them.
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface StateFiles {
	/** By name below the git directory. */
	readonly files: Map<string, Buffer>;
	/** Files and folders that are there and could not be read: too large, too many, or no files. */
	readonly lost: readonly string[];
}

/** What is no file, or no folder, of such a name is left out. */
export async function readStateFiles(privateDir: string): Promise<StateFiles> {
	const files = new Map<string, Buffer>();
	const lost: string[] = [];
	const take = async (name: string, limit: number) => {
		const content = await readBounded(join(privateDir, name), limit);
		if (content === null) lost.push(name);
		else files.set(name, content);
	};
	const top = await readdir(privateDir, { withFileTypes: true });
	for (const entry of top) {
		const { name } = entry;
		if (stateFile.test(name)) await take(name, mostStateBytes);
		if (indexFile.test(name)) await take(name, mostIndexBytes);
	}
	for (const folder of stateFolders) {
		const names = await namesBelow(privateDir, folder);
		if (names.length > mostFiles) lost.push(folder);
		else for (const name of names) await take(name, mostStateBytes);
	}
	return { files, lost };
}

/** An index has about a hundred bytes a file. */
export const mostIndexBytes = 256 * 1024 * 1024;
/** The patch of one commit, the longest of these files. */
const mostStateBytes = 4 * 1024 * 1024;
const mostFiles = 1000;

const stateFile =
	/^(HEAD|ORIG_HEAD|AUTO_MERGE|(MERGE|SQUASH)_(HEAD|MSG|MODE)|(CHERRY_PICK|REVERT|REBASE)_HEAD|BISECT_[A-Z_]+)$/;
const indexFile = /^(index|sharedindex\.[0-9a-f]+)$/;
const stateFolders = [
	'rebase-merge',
	'rebase-apply',
	'sequencer',
	'refs/bisect',
	'refs/rewritten',
];

async function namesBelow(top: string, folder: string): Promise<string[]> {
	const entry = await lstat(join(top, folder)).catch(() => null);
	if (!entry?.isDirectory()) return [];
	const names: string[] = [];
	for (const one of await readdir(join(top, folder), { withFileTypes: true })) {
		const name = `${folder}/${one.name}`;
		if (one.isDirectory()) names.push(...(await namesBelow(top, name)));
		else names.push(name);
		if (names.length > mostFiles) break;
	}
	return names;
}

async function readBounded(path: string, limit: number): Promise<Buffer | null> {
	const entry = await lstat(path).catch(() => null);
	if (!entry?.isFile() || entry.size > limit) return null;
	return readFile(path).catch(() => null);
}
