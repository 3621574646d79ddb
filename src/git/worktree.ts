// Two git directories, one worktree. weir's is a real linked worktree of the user's repository
// (`<common>/worktrees/<id>`), locked, with an index that only weir writes. The agent's is a
// private clone; the worktree's `.git` file points there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { replaceFile } from '../lib/replace-file.ts';
import { readSmall } from './files.ts';
import type { GitPlace } from './git.ts';
import { adminDirOf } from './owner.ts';
import { anchors } from './refs.ts';
import { type Repository, stateDirOf } from './repository.ts';

/** What identifies an agent's worktree; all places follow from it. */
export interface WorktreeName {
	readonly agent: string;
	/** Short name of the agent's branch: prefix and agent. */
	readonly branch: string;
	/** Folder that holds all worktrees of this repository (`worktree.root`). */
	readonly root: string;
	/** The branch is one of the user's, which others may move. */
	readonly adopted?: boolean;
}

export interface Worktree {
	readonly repository: Repository;
	readonly agent: string;
	readonly branch: string;
	/** The branch is one of the user's, which others may move. */
	readonly adopted: boolean;
	/** The agent's folder. */
	readonly path: string;
	/** weir's git directory of this worktree. */
	readonly gitDir: string;
	/** The agent's git directory. */
	readonly privateDir: string;
	/** What is /tmp to the agent in its sandbox. */
	readonly scratch: string;
	/** Where weir keeps its own index, excludes and views of this agent. */
	readonly stateDir: string;
	/** For commands of weir on this worktree: the user's configuration, weir's index and excludes. */
	readonly place: GitPlace;
}

export function pathsOf(
	root: string,
	agent: string,
): Record<'path' | 'privateDir' | 'scratch', string> {
	return {
		path: join(root, agent),
		privateDir: join(root, '.git-of', agent),
		scratch: join(root, '.tmp-of', agent),
	};
}

/** The ref that keeps the commit an agent started from, which its clone borrows, from being pruned. */
export function anchorOf(agent: string): string {
	return `${anchors}${agent}`;
}

/** The ref that keeps a tip which the branch no longer contains. */
export function keptRefOf(agent: string, commit: string): string {
	return `refs/weir/kept/${agent}/${commit}`;
}

/** The commit that weir left a branch of the user's at: who finds it elsewhere sees that others moved it. */
export function mirroredRef(agent: string): string {
	return `refs/weir/mirrored/${agent}`;
}

/** The ref that keeps the files of a merge begun by `bringBase`. */
export function syncedRef(agent: string): string {
	return `refs/weir/synced/${agent}`;
}

/** The worktree of an agent that was created earlier. Refuses with `worktree.missing`. */
export async function findWorktree(
	repository: Repository,
	plan: WorktreeName,
): Promise<Outcome<Worktree>> {
	const { path, privateDir } = pathsOf(plan.root, plan.agent);
	const gitDir = await adminDirOf(repository.commonDir, path);
	if (gitDir === null || !existsSync(path) || !existsSync(privateDir)) {
		return refuse(
			'worktree.missing',
			`the worktree of ${plan.agent} is not at ${path}`,
			`weir remove ${plan.agent}, then weir restore ${plan.agent}`,
		);
	}
	return ok(worktreeAt(repository, plan, gitDir));
}

/** Whether the files have been checked out. */
export function isFilled(worktree: Worktree): boolean {
	return existsSync(join(worktree.gitDir, 'index'));
}

/**
 * For what an index of weir's is kept: the agent's tip, the same in raw bytes (a file that only
 * conversion makes equal to its blob differs there), the commit where its work begins, or looks at
 * what stands on the disk.
 */
export type IndexLook = 'index' | 'raw' | 'begin' | 'disk';

/** weir's index of the worktree for one commit: the cache that makes its looks cheap. */
export function indexOf(
	worktree: Worktree,
	commit: string,
	look: IndexLook = 'index',
): string {
	return join(worktree.stateDir, `${look}-${commit}`);
}

/**
 * Whether the worktree's `.git` still points at the private clone: `git worktree repair` silently
 * turns it to the user's repository. Refuses with `worktree.repointed`.
 */
export async function checkPointer(worktree: Worktree): Promise<Outcome<void>> {
	const said = await readSmall(join(worktree.path, '.git'));
	if (said === pointer(worktree.privateDir)) return ok(undefined);
	return refuse(
		'worktree.repointed',
		`${worktree.path}/.git no longer points at the git directory of ${worktree.agent}${said === null ? '' : ` but says "${said.trim()}"`}`,
		`weir respawn ${worktree.agent}`,
	);
}

/** Points a file `.git` at a git directory. Idempotent. */
export async function pointAt(path: string, gitDir: string): Promise<void> {
	await replaceFile(join(path, '.git'), pointer(gitDir));
}

function pointer(gitDir: string): string {
	return `gitdir: ${gitDir}\n`;
}

/** The record of a worktree whose git directory is known. */
export function worktreeAt(
	repository: Repository,
	plan: WorktreeName,
	gitDir: string,
): Worktree {
	const { path, privateDir, scratch } = pathsOf(plan.root, plan.agent);
	const stateDir = stateOf(repository, plan.agent);
	const excludes = `core.excludesFile=${join(stateDir, 'exclude')}`;
	return {
		repository,
		agent: plan.agent,
		branch: plan.branch,
		adopted: plan.adopted === true,
		path,
		gitDir,
		privateDir,
		scratch,
		stateDir,
		place: {
			gitDir,
			workTree: path,
			neutral: [...(repository.place.neutral ?? []), excludes],
		},
	};
}

/** Where weir keeps what it knows of one agent's worktree. */
export function stateOf(repository: Repository, agent: string): string {
	return join(stateDirOf(repository), 'worktrees', agent);
}
