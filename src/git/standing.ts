// What stands in a checkout of the user's, as commits: where it is, and its uncommitted files on top.
// Nothing in the checkout is touched, its index included.
import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { type Base, forkOf } from './base.ts';
import { type Checkout, listCheckouts, unfinishedWork } from './checkouts.ts';
import { copyIndex } from './copy-index.ts';
import { filteredPaths } from './filtered.ts';
import { type GitPlace, git, gitList, gitText, runGit } from './git.ts';
import { makeCommit, treeOf, weirIdentity } from './merge-tree.ts';
import { readCommit } from './refs.ts';
import { type Repository, stateDirOf } from './repository.ts';
import { lookAt, recordFiles } from './uncommitted.ts';

export interface Standing {
	/** Folder of the checkout. */
	readonly path: string;
	/** The commit that is checked out. */
	readonly commit: string;
	/** Where that left the base. */
	readonly fork: string;
	/** A commit of weir's on top, with what is not committed there; null where all is. */
	readonly files: string | null;
	/** How many files that are; ignored ones are not among them. */
	readonly count: number;
}

/**
 * Reads the checkout that a folder lies in. Refuses with `worktree.unknown`, `worktree.unfinished`,
 * `worktree.filtered`, `branch.unrelated`.
 */
export async function readStanding(
	repository: Repository,
	folder: string,
	base: Base,
): Promise<Outcome<Standing>> {
	const there = await realpath(folder).catch(() => folder);
	const checkouts = await listCheckouts(repository);
	const checkout = checkouts.findLast(
		({ path }) => there === path || there.startsWith(path + sep),
	);
	if (!checkout)
		return refuse(
			'worktree.unknown',
			`${folder} lies in no worktree of this repository`,
			'git worktree list',
		);
	const { path } = checkout;
	const unfinished = unfinishedWork(checkout);
	if (unfinished) return refuseUnfinished(path, `a ${unfinished}`);
	const place = {
		...repository.place,
		gitDir: checkout.gitDir,
		workTree: path,
	};
	const commit = await readCommit(place, 'HEAD');
	if (commit === null)
		return refuse(
			'worktree.unknown',
			`nothing is committed in ${path} yet`,
			'git commit',
		);
	const fork = await forkOf(repository, base, commit, `what stands in ${path}`);
	if (!fork.ok) return fork;
	const files = await filesOn(repository, checkout, place, commit);
	return files.ok ? ok({ path, commit, fork: fork.value, ...files.value }) : files;
}

async function filesOn(
	repository: Repository,
	{ path, gitDir }: Checkout,
	there: GitPlace,
	commit: string,
): Promise<Outcome<Pick<Standing, 'files' | 'count'>>> {
	const folder = await mkdtemp(join(stateDirOf(repository), 'standing-'));
	try {
		const place = { ...there, index: join(folder, 'index') };
		const index = join(gitDir, 'index');
		if (existsSync(index)) await copyIndex(index, place.index);
		else await git(place, ['read-tree', commit]);
		if ((await gitList(place, ['ls-files', '-z', '--unmerged'])).length > 0)
			return refuseUnfinished(path, 'a conflict');
		await runGit(place, ['update-index', '-q', '--refresh']);
		const { files } = await lookAt(place);
		const present = files.filter(({ kind }) => kind !== 'deleted');
		const filtered = await filteredPaths(
			place,
			present.map((file) => file.path),
		);
		if (filtered.length > 0)
			return refuse(
				'worktree.filtered',
				`${filtered.slice(0, 5).join(', ')} in ${path} must go through a git filter, which weir does not run`,
				'commit them there first',
			);
		const { unreadable } = await recordFiles({ path }, place, files);
		if (unreadable.length > 0)
			return refuse(
				'worktree.unreadable',
				`${unreadable.slice(0, 5).join(', ')} in ${path} cannot be read`,
				'make them readable, or leave --worktree out',
			);
		const tree = await gitText(place, ['write-tree']);
		if (tree === (await treeOf(repository, commit))) return ok({ files: null, count: 0 });
		const message = `what was not committed in ${path}\n`;
		const made = { tree, parents: [commit], message, env: weirIdentity };
		const on = await makeCommit(repository, made);
		const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', commit, on];
		return ok({ files: on, count: (await gitList(place, args)).length });
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function refuseUnfinished(path: string, what: string): Outcome<never> {
	return refuse(
		'worktree.unfinished',
		`${path} is in the middle of ${what}`,
		'finish it there, or leave --worktree out',
	);
}
