// Whether a branch is provably in the base, so that nothing is lost when it goes.
import { git, runGit } from './git.ts';
import { mergeTrees, treeOf } from './merge-tree.ts';
import { isAncestor } from './refs.ts';
import type { Repository } from './repository.ts';

/**
 * `ancestor`: the base contains the commits. `contained`: merging them would change nothing.
 * `same-patches`: each commit's patch is in the base under another id.
 */
export type LandedProof = 'ancestor' | 'contained' | 'same-patches';

/** How the base has all of `tip`, or null when that cannot be shown. */
export async function provablyLanded(
	repository: Repository,
	base: string,
	tip: string,
): Promise<LandedProof | null> {
	if (await isAncestor(repository.place, tip, base)) return 'ancestor';
	const common = await runGit(repository.place, ['merge-base', base, tip]);
	if (common.code !== 0) return null;
	const merged = await mergeTrees(repository, base, tip);
	if (merged.kind === 'clean' && merged.tree === (await treeOf(repository, base))) {
		return 'contained';
	}
	const cherry = await git(repository.place, ['cherry', base, tip], {
		timeoutMs: 120_000,
	});
	const lines = cherry.toString('utf8').split('\n').filter(Boolean);
	// Merge commits have no patch and are not listed; their own changes could hide there.
	const args = ['rev-list', '--min-parents=2', '--count', `${base}..${tip}`];
	const merges = Number((await git(repository.place, args)).toString('utf8'));
	const all = lines.length > 0 && lines.every((line) => line.startsWith('- '));
	return all && merges === 0 ? 'same-patches' : null;
}
