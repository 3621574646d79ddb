// What the journal tells of a base that has moved: by what, and which files of a checkout stayed as they were.
import type { EffectOutcome } from '../domain/command.ts';
import { changedPaths } from '../git/changes.ts';
import { listCheckouts } from '../git/checkouts.ts';
import type { Landed } from '../git/landing.ts';
import { listCommits } from '../git/porcelain.ts';
import { pathsOf } from '../git/tree-links.ts';
import type { World } from './world.ts';

/** Of files that were kept, a landing tells those that it changes itself: others landed with it. */
export async function landedAs(
	world: World,
	branch: string,
	{ old, new: commit, tree, candidate, kept }: Landed,
): Promise<EffectOutcome<'merge'>> {
	const { repository } = world;
	const [top] = await listCommits(repository, old, commit, 1);
	const changed = new Set(
		(await changedPaths(repository, old, commit)).map(({ path }) => path),
	);
	const files = kept.filter((path) => changed.has(path));
	const { followed, ...said } = await keptIn(world, { branch, files, commit });
	return {
		ok: true,
		value: {
			kind: 'landed',
			old,
			new: commit,
			tree,
			candidate,
			subject: top?.subject ?? '',
			files: changed.size,
			checkout: followed ? 'updated' : 'none',
			...said,
		},
	};
}

interface Kept {
	readonly branch: string;
	/** Those that stay as they are in the checkout of the branch. */
	readonly files: readonly string[];
	/** Where the branch is now. */
	readonly commit: string;
}

/** Whether a checkout follows the branch, and what of it is kept back. */
export async function keptIn(
	{ repository }: World,
	{ branch, files, commit }: Kept,
): Promise<{ readonly followed: boolean; readonly kept?: KeptFiles }> {
	const checkouts = await listCheckouts(repository);
	const checkout = checkouts.find((one) => one.branch === `refs/heads/${branch}`);
	if (!checkout || files.length === 0) return { followed: checkout !== undefined };
	const there = new Set(await pathsOf(repository, commit));
	const gone = files.filter((file) => !there.has(file));
	const kept = { checkout: checkout.path, files, ...(gone.length > 0 && { gone }) };
	return { followed: true, kept };
}

interface KeptFiles {
	readonly checkout: string;
	readonly files: readonly string[];
	/** Those of them that the branch no longer has. */
	readonly gone?: readonly string[];
}
