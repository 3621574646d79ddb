// Making an agent's worktree: branch, linked worktree, private clone, pointer. No file of the
// commit is checked out here; see `fill`.
import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { makeFolders } from '../lib/private-folder.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { replaceFile } from '../lib/replace-file.ts';
import { checkNowhere } from './adopt-branch.ts';
import { excludePaths } from './excludes.ts';
import { addLink } from './link-worktree.ts';
import { adminDirOf } from './owner.ts';
import { makePrivateClone } from './private-clone.ts';
import { listRefs, type NamedRef, type RefChange } from './refs.ts';
import { type Repository, stateDirOf } from './repository.ts';
import {
	anchorOf,
	pathsOf,
	pointAt,
	stateOf,
	type Worktree,
	type WorktreeName,
	worktreeAt,
} from './worktree.ts';

/** Where its branch is adopted, the worktree starts at its tip, and nobody else may have it. */
export interface WorktreePlan extends WorktreeName {
	/** Prefix of the branches of all agents, with its slash: `weir/`. */
	readonly prefix: string;
	/** Commit to start from. */
	readonly commit: string;
}

/**
 * Makes branch, linked worktree and private clone, without checking out a file. Idempotent: run
 * again after a crash at any point it finishes what was begun. Refuses with `git.branch-exists`,
 * `git.branch-blocked`, `worktree.path-taken`, `base.unknown`, `branch.checked-out`.
 */
export function createWorktree(
	repository: Repository,
	plan: WorktreePlan,
): Promise<Outcome<Worktree>> {
	const { creations, quiet } = repository.lanes;
	return quiet.disturb(() => creations.run(() => create(repository, plan)));
}

async function create(
	repository: Repository,
	plan: WorktreePlan,
): Promise<Outcome<Worktree>> {
	const { path, privateDir } = pathsOf(plan.root, plan.agent);
	const begun = await readBegun(repository, plan.agent);
	const ours = begun?.path === path && begun.branch === plan.branch;
	const refs = await repository.readings.refs.get();
	const tip = plan.adopted ? targetOf(refs, `refs/heads/${plan.branch}`) : null;
	// What was begun goes on from where it began, even if the base has moved since.
	const from = ours && begun.commit ? begun.commit : (tip ?? plan.commit);
	const commit = await repository.readings.commits.read(from);
	const free = await checkFree(plan, refs, ours);
	if (!free.ok) return free;
	const alone =
		plan.adopted && !ours ? await checkNowhere(repository, plan.branch) : ok(undefined);
	if (!alone.ok) return alone;
	if (commit === null) {
		return refuse('base.unknown', `there is no commit ${plan.commit}`, 'git log');
	}
	await mkdir(stateOf(repository, plan.agent), { recursive: true, mode: 0o700 });
	await replaceFile(
		begunFile(repository, plan.agent),
		JSON.stringify({ path, branch: plan.branch, commit }),
	);
	const gitDir = await linkWorktree(repository, plan, refs, commit);
	if (!gitDir.ok) return gitDir;
	await makePrivateClone(repository, {
		privateDir,
		agent: plan.agent,
		worktree: path,
		branch: plan.branch,
		prefix: plan.prefix,
		commit,
		refs,
	});
	const worktree = worktreeAt(repository, plan, gitDir.value);
	await excludePaths(worktree, []);
	await pointAt(worktree.path, privateDir);
	return ok(worktree);
}

/** The branches of a repository, as they were a moment ago. */
export type BranchesTaken = readonly NamedRef[];

export function branchesTaken(repository: Repository): Promise<BranchesTaken> {
	return listRefs(repository.place, ['refs/heads/']);
}

/** Refuses as `createWorktree` would where its branch or folder is taken; changes nothing. */
export async function checkPlan(
	repository: Repository,
	plan: WorktreePlan,
	taken: BranchesTaken,
): Promise<Outcome<void>> {
	const { path } = pathsOf(plan.root, plan.agent);
	const begun = await readBegun(repository, plan.agent);
	const ours = begun?.path === path && begun.branch === plan.branch;
	return checkFree(plan, taken, ours);
}

/** Agents for which weir began or made a worktree here, from its own records. */
export async function listBegun(
	repository: Repository,
): Promise<{ agent: string; path: string; branch: string }[]> {
	const agents = await readdir(join(stateDirOf(repository), 'worktrees')).catch(() => []);
	const begun: { agent: string; path: string; branch: string }[] = [];
	for (const agent of agents) {
		const record = await readBegun(repository, agent);
		if (record) begun.push({ agent, path: record.path, branch: record.branch });
	}
	return begun;
}

function begunFile(repository: Repository, agent: string): string {
	return join(stateOf(repository, agent), 'begun.json');
}

interface Begun {
	readonly path: string;
	readonly branch: string;
	readonly commit: string;
}

async function readBegun(repository: Repository, agent: string): Promise<Begun | null> {
	const text = await readIfThere(begunFile(repository, agent));
	if (text === null) return null;
	const said: unknown = text === '' ? null : JSON.parse(text);
	if (typeof said !== 'object' || said === null) return null;
	const { path, branch, commit } = said as Record<string, unknown>;
	if (typeof path !== 'string' || typeof branch !== 'string') return null;
	return { path, branch, commit: typeof commit === 'string' ? commit : '' };
}

async function checkFree(
	plan: WorktreePlan,
	refs: readonly NamedRef[],
	ours: boolean,
): Promise<Outcome<void>> {
	const ref = `refs/heads/${plan.branch}`;
	const parents = plan.branch.split('/').slice(0, -1);
	const blockers = parents.map(
		(_, at) => `refs/heads/${parents.slice(0, at + 1).join('/')}`,
	);
	const blocker = refs.find(
		(r) => blockers.includes(r.ref) || r.ref.startsWith(`${ref}/`),
	);
	if (blocker) {
		const name = blocker.ref.slice('refs/heads/'.length);
		return refuse(
			'git.branch-blocked',
			`a branch called ${name} stands in the way of ${plan.branch}`,
			`git branch -m ${name} another-name, or set branch.prefix`,
		);
	}
	if (!ours && !plan.adopted && refs.some((r) => r.ref === ref)) {
		return refuse(
			'git.branch-exists',
			`a branch called ${plan.branch} exists already`,
			`choose another name, or: git branch -m ${plan.branch} another-name`,
		);
	}
	const { path } = pathsOf(plan.root, plan.agent);
	const there = await lstat(path).catch(() => null);
	if (ours || there === null) return ok(undefined);
	const empty = there.isDirectory() && (await readdir(path)).length === 0;
	return empty ? ok(undefined) : refusePath(path);
}

function refusePath(path: string): Outcome<never> {
	return refuse(
		'worktree.path-taken',
		`${path} exists already and is not a worktree that weir made`,
		'move it away, or choose another name',
	);
}

async function linkWorktree(
	repository: Repository,
	plan: WorktreePlan,
	refs: readonly NamedRef[],
	commit: string,
): Promise<Outcome<string>> {
	const { path } = pathsOf(plan.root, plan.agent);
	const known = await adminDirOf(repository.commonDir, path);
	if (known !== null && isWhole(known) && existsSync(join(path, '.git'))) {
		return ok(known);
	}
	if (known !== null) await rm(known, { recursive: true, force: true });
	// Files are only filled in once the link is whole, so what an earlier try left is `.git` alone.
	const left = await readdir(path).catch(() => []);
	if (left.some((name) => name !== '.git')) return refusePath(path);
	await rm(join(path, '.git'), { force: true });
	makeFolders(plan.root);
	const changes = changesFor(plan, refs, commit);
	const made = await repository.lanes.newRefs.change(changes);
	if (!made.ok) return made;
	return ok(
		await addLink(repository, {
			path,
			branch: plan.branch,
			reason: `weir: agent ${plan.agent}`,
			drafts: stateOf(repository, plan.agent),
		}),
	);
}

function changesFor(
	plan: WorktreePlan,
	refs: readonly NamedRef[],
	commit: string,
): RefChange[] {
	const ref = `refs/heads/${plan.branch}`;
	const anchor = anchorOf(plan.agent);
	const changes: RefChange[] = [
		{ ref: anchor, from: targetOf(refs, anchor), to: commit },
	];
	if (targetOf(refs, ref) === null) changes.push({ ref, from: null, to: commit });
	return changes;
}

function targetOf(refs: readonly NamedRef[], name: string): string | null {
	return refs.find(({ ref }) => ref === name)?.target ?? null;
}

/** A crash in the middle of `git worktree add` leaves it without HEAD. */
function isWhole(gitDir: string): boolean {
	return ['HEAD', 'commondir', 'gitdir'].every((name) => existsSync(join(gitDir, name)));
}
