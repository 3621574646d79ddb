// Folders in which commits hold another repository's commit instead of files: submodules, and
// repositories that somebody has added as they were. git looks into none of them.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitPlace, gitList } from './git.ts';

/** As trees write it in place of a file's mode. */
export const gitlinkMode = '160000';

/** More are forgotten: what is asked for again and again are the tips of a few agents. */
const limit = 200;

/** The folders of commits that were asked for. An id never comes to mean another commit. */
export class Gitlinks {
	readonly #place: GitPlace;
	readonly #found = new Map<string, Promise<readonly string[]>>();

	constructor(place: GitPlace) {
		this.#place = place;
	}

	/** Relative to the top, by the full id of a commit. */
	async of(commit: string): Promise<readonly string[]> {
		if (this.#found.size > limit) this.#found.clear();
		const reading = this.#found.get(commit) ?? this.#read(commit);
		this.#found.set(commit, reading);
		try {
			return await reading;
		} catch (error) {
			this.#found.delete(commit);
			throw error;
		}
	}

	/** Those of a commit that hold files in this worktree, set up by git or written by a program. */
	async filled(commit: string, worktree: string): Promise<string[]> {
		const filled: string[] = [];
		for (const folder of await this.of(commit)) {
			const names = await readdir(join(worktree, folder)).catch(() => []);
			if (names.length > 0) filled.push(folder);
		}
		return filled;
	}

	async #read(commit: string): Promise<readonly string[]> {
		const format = '--format=%(objectmode) %(path)';
		const entries = await gitList(this.#place, ['ls-tree', '-r', '-z', format, commit]);
		return entries.flatMap((entry) =>
			entry.startsWith(`${gitlinkMode} `) ? [entry.slice(gitlinkMode.length + 1)] : [],
		);
	}
}

/** What fills the folders of submodules in the worktrees of agents. */
export const fillSubmodules = `weir config set --local worktree.setup 'git submodule update --init', or run that in the worktree`;

/** The first few of such folders, and how many more there are. */
export function nameSome(folders: readonly string[]): string {
	const few = folders.slice(0, 3).join(', ');
	return folders.length > 3 ? `${few} and ${folders.length - 3} more` : few;
}
