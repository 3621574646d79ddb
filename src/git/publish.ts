// The only crossing from an agent's git directory into the user's repository: objects, by fetch, and
// one commit id, read from a file. The fetch reads a view that weir makes, with weir's config and
// the agent's objects, because upload-pack would obey the config of the directory it serves.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { saysDiskFull } from '../lib/full-disk.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { GitFailure, runGit } from './git.ts';
import { layGitDir } from './lay-git-dir.ts';
import { readPrivateHead } from './private-clone.ts';
import { changeRefs, isAncestor, type RefChange, readRef } from './refs.ts';
import {
	anchorOf,
	checkPointer,
	keptRefOf,
	mirroredRef,
	type Worktree,
} from './worktree.ts';

export interface Published {
	readonly tip: string;
	/** What the branch named before. */
	readonly before: string | null;
	/** Ref that keeps `before`, where the new tip does not contain it. */
	readonly kept: string | null;
	readonly moved: boolean;
}

/**
 * Mirrors the agent's own commits in `refs/heads/<branch>` of the user's repository. Old tips that
 * the new one does not contain stay under `refs/weir/kept/<agent>/`. Idempotent: nothing new, no
 * change. A branch of the user's that others moved is not moved back: `branch.moved`. Refuses with
 * `worktree.repointed`, `worktree.unreadable-head`, `publish.bad-objects`, too.
 */
export async function publish(worktree: Worktree): Promise<Outcome<Published>> {
	const pointer = await checkPointer(worktree);
	if (!pointer.ok) return pointer;
	const head = await readPrivateHead(worktree.privateDir, worktree.branch);
	if (!head.ok) return head;
	const { repository } = worktree;
	const ref = `refs/heads/${worktree.branch}`;
	const tip = head.value.commit;
	const same = (before: string | null): Published => ({
		tip,
		before,
		kept: null,
		moved: false,
	});
	if ((await readRef(repository.place, ref)) === tip) return ok(same(tip));
	const fetched = await fetchObjects(worktree, [tip]);
	if (!fetched.ok) return fetched;
	return repository.lanes.refs.run(async () => {
		const before = await readRef(repository.place, ref);
		if (before === tip) return ok(same(before));
		const changes: RefChange[] = [{ ref, from: before, to: tip }];
		if (worktree.adopted) {
			const own = await mirrored(worktree);
			const left = own ?? (await readRef(repository.place, anchorOf(worktree.agent)));
			const theirs = before !== null && before !== left ? before : null;
			if (theirs !== null && !(await isAncestor(repository.place, theirs, tip)))
				return refuseMoved(worktree, theirs, left);
			changes.push({ ref: mirroredRef(worktree.agent), from: own, to: tip });
		}
		const kept = await keptRef(worktree, before, tip);
		if (kept !== null) changes.push({ ref: kept, from: null, to: before });
		const moved = await changeRefs(repository.place, changes, `weir: ${worktree.agent}`);
		if (!moved.ok) return moved;
		return ok({ ...same(before), kept, moved: true });
	});
}

function mirrored({ repository, agent }: Worktree): Promise<string | null> {
	return readRef(repository.place, mirroredRef(agent));
}

/** What others put there is theirs, and what the agent committed stays in its clone. */
function refuseMoved(
	{ branch, agent }: Worktree,
	theirs: string,
	left: string | null,
): Outcome<never> {
	const [now, before] = [theirs.slice(0, 10), left?.slice(0, 10) ?? 'COMMIT'];
	return refuse(
		'branch.moved',
		`${branch} was moved by others to ${now}, which ${agent} does not have: its commits wait in its worktree`,
		`git branch ${branch}-${now} ${branch} && git update-ref refs/heads/${branch} ${before}`,
	);
}

/**
 * Copies commits and all they need from the agent's clone, or from another folder of objects, into
 * the user's repository, checked, and moves no ref. Refuses with `publish.bad-objects`; throws where
 * the disk is full, which says nothing of the clone.
 */
export async function fetchObjects(
	worktree: Worktree,
	tips: readonly string[],
	objects = join(worktree.privateDir, 'objects'),
): Promise<Outcome<void>> {
	const view = await mkdtemp(join(worktree.stateDir, 'view-'));
	try {
		await layGitDir(view, worktree.repository, {
			objects,
			refs: Object.fromEntries(tips.map((tip, at) => [`refs/tips/${at}`, tip])),
			bare: true,
		});
		const wanted = tips.map((_, at) => `refs/tips/${at}`);
		const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head'];
		args.push('--no-auto-maintenance', '--no-recurse-submodules', view, ...wanted);
		const result = await runGit(worktree.repository.place, args, { timeoutMs: 300_000 });
		if (result.code === 0) return ok(undefined);
		if (saysDiskFull(result.stderr)) throw new GitFailure(args, result);
		const said = result.stderr.trim().split('\n').slice(-2).join(' ');
		return refuse(
			'publish.bad-objects',
			`the commits of ${worktree.agent} could not be taken over: ${said}`,
			`git -C ${worktree.path} fsck`,
		);
	} finally {
		await rm(view, { recursive: true, force: true });
	}
}

async function keptRef(
	worktree: Worktree,
	before: string | null,
	tip: string,
): Promise<string | null> {
	if (before === null) return null;
	const { place } = worktree.repository;
	if (await isAncestor(place, before, tip)) return null;
	const ref = keptRefOf(worktree.agent, before);
	return (await readRef(place, ref)) === null ? ref : null;
}
