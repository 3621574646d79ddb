// What stands in a gate worktree beside the files of the tree: what an earlier run left there.
import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { allOf } from '../lib/all-of.ts';
import { nameText, onDisk } from '../lib/name-bytes.ts';
import { removeTree } from './files.ts';
import type { GateGround } from './gate-ground.ts';
import type { GateWorktree } from './gate-worktree.ts';
import { git, gitList } from './git.ts';
import { gitlinkMode } from './gitlinks.ts';

export interface Clearing {
	readonly tree: string;
	/** What git ignores stays. */
	readonly keepIgnored: boolean;
	readonly ground: GateGround;
}

/** Removes what is neither of the tree nor kept: what git sees, and what it does not. */
export async function clearOthers(gate: GateWorktree, plan: Clearing): Promise<void> {
	// Twice forced, it takes repositories as well.
	const args = ['clean', '-ffdq', ...(plan.keepIgnored ? [] : ['-x'])];
	const cleaning = git(gate.place, args, { timeoutMs: 600_000 });
	await allOf([cleaning, clearUnseen(gate, plan)]);
}

/** What git does not see: pipes, sockets, devices and git directories in folders of the tree. */
async function clearUnseen(
	{ path, place }: GateWorktree,
	{ tree, keepIgnored, ground }: Clearing,
): Promise<void> {
	const format = '--format=%(objectmode) %(path)';
	const listed = await gitList(place, ['ls-tree', '-r', '-d', '-z', format, tree]);
	const folders = listed.map((entry) => ({
		folder: entry.slice(gitlinkMode.length + 1),
		linked: entry.startsWith(`${gitlinkMode} `),
	}));
	const all = [{ folder: '', linked: false }, ...folders];
	const names = all.map(({ folder }) => folder);
	const changed = new Set(await ground.changed(path, names));
	const unread = all.filter(({ folder }) => changed.has(folder));
	// Side by side, and no more of them than the pool of threads reads at once.
	for (let at = 0; at < unread.length; at += 4) {
		const some = unread.slice(at, at + 4);
		const clear = ({ folder, linked }: (typeof all)[number]) =>
			clearFolder(path, folder, (entry) =>
				linked ? !keepIgnored : isUnseen(entry, folder),
			);
		await Promise.all(some.map(clear));
	}
	await ground.see(path, names);
}

function isUnseen(entry: Dirent<Buffer>, folder: string): boolean {
	if (entry.name.toString() === '.git') return folder !== '';
	return !entry.isFile() && !entry.isDirectory() && !entry.isSymbolicLink();
}

async function clearFolder(
	top: string,
	folder: string,
	unwanted: (entry: Dirent<Buffer>) => boolean,
): Promise<void> {
	const path = join(top, folder);
	const listed = await readdir(onDisk(path), { withFileTypes: true, encoding: 'buffer' });
	const some = listed.filter(unwanted);
	if (some.length === 0) return;
	// Never through a link, however it came there.
	const real = nameText(await realpath(onDisk(path), 'buffer'));
	if (real !== join(await realpath(top), folder))
		throw new Error(`${path} leads elsewhere`);
	for (const { name } of some) await removeTree(join(path, nameText(name)));
}
