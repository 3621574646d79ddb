// Repositories inside a worktree, submodules among them. git would record only their HEAD, or stop at
// one without commits; a snapshot keeps their files.
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitPlace, git, gitText } from './git.ts';
import type { Worktree } from './worktree.ts';

export interface Nested {
	readonly folders: readonly string[];
	readonly files: readonly string[];
}

const mostFiles = 50_000;

/** Adds the files of nested repositories to a scratch index, less their git directories. */
export async function addNested(
	worktree: Worktree,
	place: GitPlace,
	folders: readonly string[],
): Promise<Nested> {
	const files: string[] = [];
	for (const folder of folders) await walk(worktree.path, folder, files);
	const regular: { path: string; mode: string }[] = [];
	const entries: string[] = [];
	for (const path of files) {
		const full = join(worktree.path, path);
		const entry = await lstat(full);
		if (entry.isSymbolicLink()) {
			const input = await readlink(full, 'buffer');
			const id = await gitText(place, ['hash-object', '-w', '--stdin'], { input });
			entries.push(`120000 ${id}\t${path}\0`);
		} else {
			regular.push({ path, mode: (entry.mode & 0o100) !== 0 ? '100755' : '100644' });
		}
	}
	// One name a line is all that git takes here, so a name with a line break goes alone.
	const plain = regular.filter(({ path }) => !path.includes('\n'));
	const input = plain.map(({ path }) => `${path}\n`).join('');
	const args = ['hash-object', '-w', '--no-filters'];
	const ids =
		plain.length === 0
			? []
			: (await gitText(place, [...args, '--stdin-paths'], { input })).split('\n');
	for (const [at, { path, mode }] of plain.entries()) {
		entries.push(`${mode} ${ids[at]}\t${path}\0`);
	}
	for (const { path, mode } of regular.filter((file) => file.path.includes('\n'))) {
		const id = await gitText(place, [...args, '--', path]);
		entries.push(`${mode} ${id}\t${path}\0`);
	}
	if (entries.length > 0) {
		const info = { input: entries.join('') };
		await git(place, ['update-index', '--add', '--replace', '-z', '--index-info'], info);
	}
	return { folders: [...folders], files };
}

async function walk(top: string, folder: string, files: string[]): Promise<void> {
	for (const entry of await readdir(join(top, folder), { withFileTypes: true })) {
		if (entry.name === '.git') continue;
		const path = `${folder}/${entry.name}`;
		if (files.length >= mostFiles) {
			throw new Error(`more than ${mostFiles} files in nested repositories`);
		}
		if (entry.isDirectory()) await walk(top, path, files);
		else if (entry.isFile() || entry.isSymbolicLink()) files.push(path);
	}
}
