// What stands in a worktree otherwise than weir left it, committed or not: compared with commits that are
// no agent's, through weir's own index, and by the ignore rules of such a commit.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { draftOf, replaceFile } from '../lib/replace-file.ts';
import { withoutAccepted } from './accepted-strays.ts';
import { changedPaths } from './changes.ts';
import { gitList } from './git.ts';
import { isAncestor, readRef } from './refs.ts';
import { changedFiles, type UncommittedFile, withIndex } from './uncommitted.ts';
import { checkPointer, isFilled, syncedRef, type Worktree } from './worktree.ts';

export interface StrayQuestion {
	/** Where the agent's work begins. */
	readonly from: string;
	/** Commits whose files are as good: where it was started, and what weir brought in. */
	readonly others: readonly string[];
	/** Patterns of untracked files that do not count. */
	readonly excludes: readonly string[];
	readonly isOutside: (path: string) => boolean;
}

/** Paths that are outside and as in none of the commits; a folder that is a repository is one path. */
export async function listStrays(
	worktree: Worktree,
	{ from, others, excludes, isOutside }: StrayQuestion,
): Promise<UncommittedFile[]> {
	if (!isFilled(worktree)) return [];
	const look = (commit: string) => differing(worktree, commit, excludes);
	let strays = (await look(from)).filter(({ path }) => isOutside(path));
	for (const other of new Set(others)) {
		if (strays.length === 0 || other === from) continue;
		const changes = await changedPaths(worktree.repository, from, other);
		const changed = new Set(changes.map(({ path }) => path));
		if (!strays.some(({ path }) => changed.has(path))) continue;
		const still = new Set((await look(other)).map(({ path }) => path));
		strays = strays.filter(({ path }) => !changed.has(path) || still.has(path));
	}
	strays = await withoutAccepted(worktree, strays);
	const pointed = await checkPointer(worktree);
	return pointed.ok ? strays : [{ path: '.git', kind: 'changed' }, ...strays];
}

/**
 * The files that weir brought into the worktree with the base, as long as the agent has not committed
 * that merge: its work begins at `from`, which is older than the base then. Null where there are none.
 */
export async function broughtIn(
	{ repository, agent }: Worktree,
	from: string,
): Promise<string | null> {
	const ref = syncedRef(agent);
	const known = repository.ledger.targetOf(ref);
	const brought = known === undefined ? await readRef(repository.place, ref) : known;
	const base = brought && (await readRef(repository.place, `${brought}^2`));
	if (!base || (await isAncestor(repository.place, base, from))) return null;
	return brought;
}

function differing(
	worktree: Worktree,
	commit: string,
	excludes: readonly string[],
): Promise<UncommittedFile[]> {
	const job = async (place: Worktree['place']) => {
		const file = draftOf(join(worktree.stateDir, 'strays'));
		await replaceFile(file, excludes.map((pattern) => `${pattern}\n`).join(''));
		try {
			const [changed, untracked] = await Promise.all([
				changedFiles(place),
				// The ignore files of the worktree are not asked.
				gitList(place, ['ls-files', '-z', '--others', `--exclude-from=${file}`]),
			]);
			const added = untracked.map((path) => path.replace(/\/$/, ''));
			return [...changed, ...added.map((path) => ({ path, kind: 'added' as const }))];
		} finally {
			await rm(file, { force: true });
		}
	};
	return withIndex(worktree, commit, job, { look: 'begin' });
}
