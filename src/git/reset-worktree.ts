// Setting an agent's worktree on what its work became: its branch, in its own clone, and its files go to a
// commit of the base, as `git reset --keep` would take them. What nobody has committed stays. The agent
// must be idle.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { replaceFile } from '../lib/replace-file.ts';
import { bringFiles, underWayIn } from './bring-files.ts';
import { changedPaths } from './changes.ts';
import { readSmall, writeBelow } from './files.ts';
import { filteredIn } from './filtered.ts';
import { treeOf } from './merge-tree.ts';
import { readPrivateHead } from './private-clone.ts';
import { publish } from './publish.ts';
import { isAncestor } from './refs.ts';
import type { Worktree } from './worktree.ts';

export interface ResetPlan {
	/** What of it landed: its tip, or that with its uncommitted files on top. */
	readonly candidate: string;
	/** The commit of the base to stand on. */
	readonly to: string;
}

/**
 * Idempotent: run again after a crash it goes on. Old tips stay under `refs/weir/kept/`. Refuses with
 * `reset.gone-on` (commits that did not land), `reset.busy`, `reset.in-the-way`, `reset.filtered`, and as
 * `publish`.
 */
export async function resetWorktree(
	worktree: Worktree,
	{ candidate, to }: ResetPlan,
): Promise<Outcome<void>> {
	const plan = { candidate, to };
	const begun = begunFile(worktree);
	const again = await isResetBegun(worktree, plan);
	const { repository, privateDir, branch, agent } = worktree;
	// Its commits are to be known here, whatever becomes of them.
	const before = await publish(worktree);
	if (!before.ok) return before;
	const head = await readPrivateHead(privateDir, branch);
	if (!head.ok) return head;
	const { commit, ref } = head.value;
	if (commit !== to) {
		const free = await checkFree(worktree, { ...plan, commit, ref, again });
		if (!free.ok) return free;
		await replaceFile(begun, JSON.stringify(plan));
		const tree = await treeOf(repository, to);
		const brought = await bringFiles(worktree, { from: candidate, tree, again });
		if (!brought.ok) {
			await rm(begun, { force: true });
			return refuse(
				'reset.in-the-way',
				`${agent} has uncommitted files in the way: ${brought.refusal.message}`,
				`let ${agent} commit them, or weir merge ${agent} --with-uncommitted`,
			);
		}
		await writeBelow(privateDir, 'ORIG_HEAD', `${commit}\n`);
		// Last, since it says that it is done.
		await writeBelow(privateDir, `refs/heads/${branch}`, `${to}\n`);
	}
	const published = await publish(worktree);
	if (!published.ok) return published;
	await rm(begun, { force: true });
	return ok(undefined);
}

/** A crash came in the middle: its files may be of both commits. */
export async function isResetBegun(
	worktree: Worktree,
	plan: ResetPlan,
): Promise<boolean> {
	const { candidate, to } = plan;
	return (await readSmall(begunFile(worktree))) === JSON.stringify({ candidate, to });
}

function begunFile(worktree: Worktree): string {
	return join(worktree.stateDir, 'reset.json');
}

interface Standing extends ResetPlan {
	readonly commit: string;
	readonly ref: string | null;
	readonly again: boolean;
}

async function checkFree(
	worktree: Worktree,
	{ commit, ref, candidate, to, again }: Standing,
): Promise<Outcome<void>> {
	const { repository, branch, agent } = worktree;
	const busy = underWayIn(worktree);
	if (busy !== null || ref !== `refs/heads/${branch}`) {
		const what = busy ?? (ref === null ? 'a detached HEAD' : ref);
		return refuse(
			'reset.busy',
			`${agent} is in the middle of something of its own (${what})`,
			`let ${agent} finish or abort it`,
		);
	}
	if (!(await isAncestor(repository.place, commit, candidate)))
		return refuse(
			'reset.gone-on',
			`${agent} has committed since`,
			`weir merge ${agent} lands that too`,
		);
	if (again) return ok(undefined);
	const changes = await changedPaths(repository, candidate, to);
	const filtered = await filteredIn(
		repository,
		to,
		changes.map(({ path }) => path),
	);
	if (filtered.length === 0) return ok(undefined);
	return refuse(
		'reset.filtered',
		`${filtered.slice(0, 5).join(', ')} must go through a git filter, which weir does not run`,
		`let ${agent} do it: git reset --keep ${to.slice(0, 10)}`,
	);
}
