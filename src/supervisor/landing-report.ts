// What the journal tells of a base that has moved: by what, and which files of a checkout stayed as they were.
import type { EffectOutcome } from '../domain/command.ts';
import { changedPaths } from '../git/changes.ts';
import { type Checkout, listCheckouts } from '../git/checkouts.ts';
import type { Landed } from '../git/landing.ts';
import { listCommits } from '../git/porcelain.ts';
import { pathsOf } from '../git/tree-links.ts';
import type { World } from './world.ts';

/** Of landings that one move brought. A landing tells of files kept back those that it changes itself. */
export async function landedAs(
	world: World,
	branch: string,
	landed: readonly Landed[],
): Promise<readonly EffectOutcome<'merge'>[]> {
	const { repository } = world;
	const checkout = await checkoutOf(world, branch);
	return Promise.all(
		landed.map(async ({ old, new: commit, tree, candidate, kept, waits }) => {
			const [top] = await listCommits(repository, old, commit, 1);
			const changed = new Set(
				(await changedPaths(repository, old, tree)).map(({ path }) => path),
			);
			const files = kept.filter((path) => changed.has(path));
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
					checkout: !checkout ? 'none' : waits === null ? 'updated' : 'pending',
					...(await keptIn(world, { checkout, files, commit })),
				},
			} as const;
		}),
	);
}

/** The one that follows a branch. */
export async function checkoutOf(
	{ repository }: World,
	branch: string,
): Promise<Checkout | undefined> {
	const checkouts = await listCheckouts(repository);
	return checkouts.find((one) => one.branch === `refs/heads/${branch}`);
}

interface Followed {
	readonly checkout: Checkout | undefined;
	/** Of it, those that stay as they are. */
	readonly files: readonly string[];
	/** Where the branch is now. */
	readonly commit: string;
}

/** What of a checkout is kept back. */
export async function keptIn(
	{ repository }: World,
	{ checkout, files, commit }: Followed,
): Promise<{ readonly kept?: KeptFiles }> {
	if (!checkout || files.length === 0) return {};
	const there = new Set(await pathsOf(repository, commit));
	const gone = files.filter((file) => !there.has(file));
	return {
		kept: { checkout: checkout.path, files, ...(gone.length > 0 && { gone }) },
	};
}

interface KeptFiles {
	readonly checkout: string;
	readonly files: readonly string[];
	/** Those of them that the branch no longer has. */
	readonly gone?: readonly string[];
}
