// What a landing would make the base point at in submodules: their commits are in no object store of
// this repository, and an agent's own copy of a submodule goes with its worktree.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { changedPaths } from './changes.ts';
import { runGit } from './git.ts';
import { gitlinkMode } from './gitlinks.ts';
import type { Repository } from './repository.ts';

/**
 * Refuses `merge.submodule` where a tree that is to land on `onto` points at a submodule's commit that
 * the main checkout's own copy of that submodule does not have.
 */
export async function requireSubmoduleCommits(
	repository: Repository,
	onto: string,
	tree: string,
): Promise<Outcome<void>> {
	for (const { path, to } of await changedPaths(repository, onto, tree)) {
		if (to?.mode !== gitlinkMode) continue;
		const copy = repository.root === null ? null : join(repository.root, path);
		if (copy !== null && (await hasCommit(copy, to.object))) continue;
		return refuse(
			'merge.submodule',
			`${path} would point at ${to.object.slice(0, 10)}, a commit that your own ${path} does not have`,
			copy === null
				? `land it where ${path} is checked out`
				: `push it from the worktree, then: git -C ${copy} fetch`,
		);
	}
	return ok(undefined);
}

async function hasCommit(folder: string, commit: string): Promise<boolean> {
	if (!existsSync(join(folder, '.git'))) return false;
	const args = ['cat-file', '-e', `${commit}^{commit}`];
	return (await runGit(null, args, { cwd: folder })).code === 0;
}
