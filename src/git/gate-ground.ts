// What is known to stand in a gate worktree since it was last looked at, so that the next tree is not
// written over files and folders that have it already. Lost with the program: then all is read again.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../lib/name-bytes.ts';
import type { GateWorktree } from './gate-worktree.ts';
import { type GitPlace, gitList } from './git.ts';
import { gitlinkMode } from './gitlinks.ts';

export class GateGround {
	/** The tree whose files stand there and no others, as a look has shown since anything ran there. */
	tree: string | null = null;
	/** Whose runs have left there what is kept from one to the next; null where nobody's have. */
	usedFor: string | null = null;
	#seen = new Map<string, bigint>();
	#folders: { readonly tree: string; readonly list: Promise<TreeFolders> } | null = null;

	/** The folders of a tree, the top one as ''; asked of git once as long as no other is laid out. */
	foldersOf({ place }: GateWorktree, tree: string): Promise<TreeFolders> {
		if (this.#folders?.tree !== tree)
			this.#folders = { tree, list: listFolders(place, tree) };
		return this.#folders.list;
	}

	/**
	 * Those of `folders` below `top` in which something may have come or gone since they were `seen`.
	 * Nothing may write there meanwhile.
	 */
	async changed(top: string, folders: readonly string[]): Promise<readonly string[]> {
		const times = await Promise.all(folders.map((folder) => changeTime(top, folder)));
		return folders.filter((folder, at) => {
			const before = this.#seen.get(folder);
			return before === undefined || before !== times[at];
		});
	}

	/** They have been cleared of what does not belong there; what was known of others is forgotten. */
	async see(top: string, folders: readonly string[]): Promise<void> {
		const now = BigInt(Date.now()) * 1_000_000n;
		const times = await Promise.all(folders.map((folder) => changeTime(top, folder)));
		this.#seen = new Map(
			folders.flatMap((folder, at) => {
				const time = times[at] ?? null;
				// A change within the same tick of the clock would not show.
				return time === null || now - time < tickNs ? [] : [[folder, time]];
			}),
		);
	}
}

export type TreeFolders = readonly {
	readonly folder: string;
	/** It stands for a commit of another repository. */
	readonly linked: boolean;
}[];

async function listFolders(place: GitPlace, tree: string): Promise<TreeFolders> {
	const format = '--format=%(objectmode) %(path)';
	const listed = await gitList(place, ['ls-tree', '-r', '-d', '-z', format, tree]);
	const folders = listed.map((entry) => ({
		folder: entry.slice(gitlinkMode.length + 1),
		linked: entry.startsWith(`${gitlinkMode} `),
	}));
	return [{ folder: '', linked: false }, ...folders];
}

const tickNs = 100_000_000n;

/** Nobody can set it, other than the time of modification. */
async function changeTime(top: string, folder: string): Promise<bigint | null> {
	const there = await lstat(onDisk(join(top, folder)), { bigint: true }).catch(
		() => null,
	);
	return there?.isDirectory() ? there.ctimeNs : null;
}
