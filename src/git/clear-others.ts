// What stands in a gate worktree beside the files of the tree: what an earlier run left there.
import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { allOf } from '../lib/all-of.ts';
import { nameText, onDisk } from '../lib/name-bytes.ts';
import { removeTree } from './files.ts';
import type { GateGround } from './gate-ground.ts';
import type { GateWorktree } from './gate-worktree.ts';
import { git } from './git.ts';

export interface Clearing {
	readonly tree: string;
	/** What git ignores stays. */
	readonly keepIgnored: boolean;
	/** There is nothing else that git sees, and that it does not ignore. */
	readonly looked: boolean;
	readonly ground: GateGround;
}

/** Removes what is neither of the tree nor kept: what git sees, and what it does not. */
export async function clearOthers(gate: GateWorktree, plan: Clearing): Promise<void> {
	if (!plan.looked) {
		await allOf([clean(gate, plan, []), clearUnseen(gate, plan)]);
		return;
	}
	// Files are known; a folder without any is not.
	const others = await clearUnseen(gate, plan);
	if (others.length === 0) return;
	const nameable =
		others.length <= mostNamed && others.every((one) => one.isWellFormed());
	await clean(gate, plan, nameable ? others : []);
}

/** More are not handed over on a command line, nor names that are no text. */
const mostNamed = 500;

/** Below `paths`, or everywhere. */
async function clean(
	{ place }: GateWorktree,
	{ keepIgnored }: Clearing,
	paths: readonly string[],
): Promise<void> {
	// Twice forced, it takes repositories as well.
	const args = ['clean', '-ffdq', ...(keepIgnored ? [] : ['-x'])];
	await git(place, [...args, '--', ...paths], { timeoutMs: 600_000 });
}

/**
 * What git does not see: pipes, sockets, devices and git directories in folders of the tree. Answers
 * the other folders in those that had to be read.
 */
async function clearUnseen(
	gate: GateWorktree,
	{ tree, keepIgnored, ground }: Clearing,
): Promise<readonly string[]> {
	const { path } = gate;
	const all = await ground.foldersOf(gate, tree);
	const names = all.map(({ folder }) => folder);
	const known = new Set(names);
	const changed = new Set(await ground.changed(path, names));
	const unread = all.filter(({ folder }) => changed.has(folder));
	const others: string[] = [];
	// Side by side, and no more of them than the pool of threads reads at once.
	for (let at = 0; at < unread.length; at += 4) {
		const some = unread.slice(at, at + 4);
		const clear = async ({ folder, linked }: (typeof all)[number]) => {
			const left = await clearFolder(path, folder, (entry) =>
				linked ? !keepIgnored : isUnseen(entry, folder),
			);
			if (!linked) others.push(...left.filter((one) => !known.has(one)));
		};
		await Promise.all(some.map(clear));
	}
	await ground.see(path, names);
	return others;
}

function isUnseen(entry: Dirent<Buffer>, folder: string): boolean {
	if (entry.name.toString() === '.git') return folder !== '';
	return !entry.isFile() && !entry.isDirectory() && !entry.isSymbolicLink();
}

/** Answers the folders that stay there. */
async function clearFolder(
	top: string,
	folder: string,
	unwanted: (entry: Dirent<Buffer>) => boolean,
): Promise<readonly string[]> {
	const path = join(top, folder);
	const listed = await readdir(onDisk(path), { withFileTypes: true, encoding: 'buffer' });
	const some = listed.filter(unwanted);
	const left = listed
		.filter((entry) => entry.isDirectory() && !unwanted(entry))
		.map(({ name }) => join(folder, nameText(name)))
		.filter((one) => one !== '.git');
	if (some.length === 0) return left;
	// Never through a link, however it came there.
	const real = nameText(await realpath(onDisk(path), 'buffer'));
	if (real !== join(await realpath(top), folder))
		throw new Error(`${path} leads elsewhere`);
	for (const { name } of some) await removeTree(join(path, nameText(name)));
	return left;
}
