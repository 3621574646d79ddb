// What of weir's is lying about: for the start of a supervisor and for `doctor`. Only finds; what
// is stale is offered, never silently deleted.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listBegun } from './create-worktree.ts';
import { adminDirOf, ownerFile, readClaim } from './owner.ts';
import type { Repository } from './repository.ts';
import { checkPointer, findWorktree, isFilled, pathsOf } from './worktree.ts';

export interface FoundWorktree {
	readonly agent: string;
	readonly branch: string;
	readonly path: string;
	/**
	 * `whole`; `unfilled`: made, not yet checked out; `half-made`: creation was cut short;
	 * `repointed`: its `.git` leads elsewhere; `missing`: its folder is gone;
	 * `orphan`: a private clone that this repository has no record of.
	 */
	readonly state: 'whole' | 'unfilled' | 'half-made' | 'repointed' | 'missing' | 'orphan';
}

/** Every worktree on record, and every private clone below `root` that names this repository. */
export async function findWorktrees(
	repository: Repository,
	root: string,
): Promise<FoundWorktree[]> {
	const found: FoundWorktree[] = [];
	for (const { agent, branch, path } of await listBegun(repository)) {
		const state = await stateAt(repository, { agent, branch, root });
		found.push({ agent, branch, path, state });
	}
	const clones = await readdir(join(root, '.git-of')).catch(() => []);
	for (const agent of clones) {
		if (found.some((one) => one.agent === agent)) continue;
		const claim = await readClaim(pathsOf(root, agent).privateDir);
		if (claim?.commonDir !== repository.commonDir) continue;
		found.push({ agent, branch: '', path: claim.worktree, state: 'orphan' });
	}
	return found;
}

async function stateAt(
	repository: Repository,
	name: { agent: string; branch: string; root: string },
): Promise<FoundWorktree['state']> {
	const { path, privateDir } = pathsOf(name.root, name.agent);
	const admin = await adminDirOf(repository.commonDir, path);
	const whole = admin !== null && existsSync(join(privateDir, ownerFile));
	if (!existsSync(path)) return whole ? 'missing' : 'half-made';
	const worktree = await findWorktree(repository, name);
	if (!worktree.ok || !whole) return 'half-made';
	if (!(await checkPointer(worktree.value)).ok) return 'repointed';
	return isFilled(worktree.value) ? 'whole' : 'unfilled';
}
