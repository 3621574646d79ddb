// Which branch agents start from and land on.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { git, runGit } from './git.ts';
import { readCommit, readRefFile } from './refs.ts';
import type { Repository } from './repository.ts';

export interface Base {
	/** Short branch name, or null when the base is a commit, tag or remote branch. */
	readonly branch: string | null;
	readonly commit: string;
}

/**
 * The base: what was asked for, else the branch that origin/HEAD names, else init.defaultBranch if
 * it exists, else the branch of the main checkout. Refuses with `base.unknown`, proposing branches
 * without the prefix of agents' own.
 */
export async function resolveBase(
	repository: Repository,
	asked: string | null,
	prefix: string,
): Promise<Outcome<Base>> {
	if (asked !== null) return askedBase(repository, asked);
	for (const branch of await candidates(repository)) {
		const commit = await readCommit(repository.place, `refs/heads/${branch}`);
		if (commit !== null) return ok({ branch, commit });
	}
	return refuse(
		'base.unknown',
		'no base branch: origin/HEAD is not set, init.defaultBranch does not exist, and the main checkout is on no branch',
		baseToName(await newestBranches(repository, prefix)),
	);
}

function baseToName([first, ...others]: readonly string[]): string {
	if (first === undefined)
		return 'git switch -c main makes a branch of what is checked out';
	const all = [first, ...others].join(', ');
	return `name one with --base (${all}), or once for all: weir config set --local base ${first}`;
}

/** A few of the user's own branches, last committed to first. */
async function newestBranches({ place }: Repository, besides: string): Promise<string[]> {
	const text = await git(place, [
		'for-each-ref',
		'--format=%(refname:lstrip=2)',
		'--sort=-committerdate',
		'refs/heads/',
	]);
	const names = text.toString('utf8').split('\n').filter(Boolean);
	return names.filter((name) => !name.startsWith(besides)).slice(0, 4);
}

/** The commit a branch points at now, or null. */
export function branchTip(
	repository: Repository,
	branch: string,
): Promise<string | null> {
	return readRefFile(repository.place, `refs/heads/${branch}`);
}

async function askedBase(repository: Repository, asked: string): Promise<Outcome<Base>> {
	const branch = asked.replace(/^refs\/heads\//, '');
	const tip = await readCommit(repository.place, `refs/heads/${branch}`);
	if (tip !== null) return ok({ branch, commit: tip });
	const commit = await readCommit(repository.place, asked);
	if (commit !== null) return ok({ branch: null, commit });
	return refuse(
		'base.unknown',
		`there is no branch, tag or commit called ${JSON.stringify(asked)}`,
		'git branch --list',
	);
}

async function candidates(repository: Repository): Promise<string[]> {
	const place = repository.place;
	const said = await Promise.all([
		runGit(place, ['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD']),
		runGit(place, ['config', '--get', 'init.defaultBranch']),
		runGit(place, ['symbolic-ref', '--quiet', 'HEAD']),
	]);
	const prefixes = ['refs/remotes/origin/', '', 'refs/heads/'];
	const names: string[] = [];
	for (const [at, result] of said.entries()) {
		const name = result.stdout.toString('utf8').trim();
		const prefix = prefixes[at] ?? '';
		if (result.code === 0 && name.startsWith(prefix))
			names.push(name.slice(prefix.length));
	}
	return names;
}

/** Where a commit left the base. Refuses with `branch.unrelated`, calling it by `name`. */
export async function forkOf(
	repository: Repository,
	base: Base,
	commit: string,
	name: string,
): Promise<Outcome<string>> {
	const common = await runGit(repository.place, ['merge-base', base.commit, commit]);
	const fork = common.stdout.toString('utf8').trim();
	return common.code === 0 && fork !== ''
		? ok(fork)
		: refuse(
				'branch.unrelated',
				`${name} has no commit in common with ${base.branch ?? base.commit}`,
				'name with --base what it is to land on',
			);
}
