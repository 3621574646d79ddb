// Taking the files of an agent's worktree from one commit to a tree, as a checkout of the agent's own would:
// what nobody has committed stays, and where it is in the way nothing is written. The agent must be idle.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../lib/name-bytes.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { changedPaths } from './changes.ts';
import { giveIndex } from './fill.ts';
import { type GitPlace, git, runGit } from './git.ts';
import { withIndex } from './uncommitted.ts';
import type { Worktree } from './worktree.ts';

export interface Bringing {
	/** The commit whose files stand there. */
	readonly from: string;
	readonly tree: string;
	/** An earlier try was cut short: of these files what is neither old nor new was half written. */
	readonly again: boolean;
}

/**
 * Writes what differs, and gives the agent the index that goes with it, after `stage` had it. Its staging
 * of other files is forgotten, their content is not. Refuses with `files.in-the-way`, in the words of git.
 */
export async function bringFiles(
	worktree: Worktree,
	{ from, tree, again }: Bringing,
	stage: (place: GitPlace) => Promise<void> = async () => undefined,
): Promise<Outcome<void>> {
	const job = async (place: GitPlace) => {
		if (again) {
			const changes = await changedPaths(worktree.repository, from, tree);
			const back = changes.filter((change) => change.from !== null);
			const input = back.map(({ path }) => `${path}\0`).join('');
			const args = ['checkout-index', '-f', '-u', '-z', '--stdin'];
			if (back.length > 0) await git(place, args, { input });
			for (const { path, from: side } of changes) {
				if (side === null) await rm(onDisk(join(worktree.path, path)), { force: true });
			}
		}
		const args = ['read-tree', '-m', '-u', from, tree];
		const dry = await runGit(place, ['read-tree', '-n', ...args.slice(1)]);
		if (dry.code !== 0) {
			return refuse('files.in-the-way', dry.stderr.trim().split('\n')[0] ?? '');
		}
		await git(place, args, { timeoutMs: 600_000 });
		await stage(place);
		await giveIndex(worktree, place.index ?? '');
		return ok(undefined);
	};
	return withIndex(worktree, from, job, { refreshed: true });
}

/** The file by which the agent's git is in the middle of something of its own; null where it is not. */
export function underWayIn({ privateDir }: Worktree): string | null {
	const names = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'BISECT_LOG'];
	const all = [...names, 'rebase-merge', 'rebase-apply', 'index.lock'];
	return all.find((name) => existsSync(join(privateDir, name))) ?? null;
}
