// The user's repository, as found from a folder. Opening it runs nothing that its configuration names.
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Gathered } from '../lib/gathered.ts';
import { Lane } from '../lib/lane.ts';
import { Lull } from '../lib/lull.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { remoteFileSystem } from '../lib/remote-file-system.ts';
import { Answers } from './answers.ts';
import {
	type Configuration,
	configured,
	excludesFileOf,
	isPartialClone,
	neutralSettings,
	readConfiguration,
} from './configuration.ts';
import { type GitPlace, gitList, runGit } from './git.ts';
import { Gitlinks } from './gitlinks.ts';
import { KnownCommits } from './known-commits.ts';
import { readOwner } from './owner.ts';
import { RefBatch } from './ref-batch.ts';
import { RefLedger } from './ref-ledger.ts';
import { anchors, listRefs, type NamedRef } from './refs.ts';
import { requireGit } from './version.ts';

export interface Repository {
	/** Top folder of the main checkout; null in a bare repository. */
	readonly root: string | null;
	/** Absolute and without links: the identity of a repository. */
	readonly commonDir: string;
	readonly objectFormat: 'sha1' | 'sha256';
	readonly shallow: boolean;
	/** Names that differ in case alone are one file to its checkout. */
	readonly ignoresCase: boolean;
	/** The file of what the user excludes everywhere (`core.excludesFile`). */
	readonly excludesFile: string;
	/** For refs, objects and merges: no work tree, no index. */
	readonly place: GitPlace;
	/** Tells moves of weir's own refs by others. */
	readonly ledger: RefLedger;
	readonly lanes: Lanes;
	readonly readings: Readings;
}

/** What many worktrees that are made at once ask of the same repository. */
export interface Readings {
	/** The user's branches, remote branches and tags, and the anchors of agents. */
	readonly refs: Gathered<readonly NamedRef[]>;
	/** The repository's own configuration, `key` newline `value` each. */
	readonly config: Gathered<readonly string[]>;
	readonly commits: KnownCommits;
	readonly answers: Answers;
	readonly gitlinks: Gitlinks;
}

/** Who waits for whom within one repository. */
export interface Lanes {
	/** Ref-changing calls, one at a time. */
	readonly refs: Lane;
	/** Those of agents that are being made. */
	readonly newRefs: RefBatch;
	/** Fillings of worktrees, two at a time: more gained nothing on two cores. */
	readonly fills: Lane;
	/** `git worktree add`, one at a time: it fails over another that is half done. */
	readonly links: Lane;
	/** Making worktrees. */
	readonly creations: Lane;
	/** While no worktree is being made. */
	readonly quiet: Lull;
}

/**
 * Finds the repository of a folder; inside an agent's worktree, the one that owns it. Works for
 * bare and shallow repositories, submodules and a detached HEAD. Refuses, each with its sentence:
 * `git.missing`, `git.too-old`, `repository.none`, `repository.not-owned`, `repository.partial`,
 * `repository.network`, `repository.no-commits`.
 */
export async function openRepository(folder: string): Promise<Outcome<Repository>> {
	const finding = discover(folder);
	// Of no interest where there is no git, or one that does not know what it is asked.
	finding.catch(() => undefined);
	const version = await requireGit();
	if (!version.ok) return version;
	const found = await finding;
	if (!found.ok) return found;
	const owner = await readOwner(found.value.commonDir);
	if (owner === null) return inspect(found.value, folder);
	const owning = await discover(owner.commonDir);
	if (!owning.ok) return owning;
	return inspect(owning.value, owner.commonDir);
}

/** Refuses `repository.read-only` where weir could not keep its state and its refs. */
export async function requireWritable(repository: Repository): Promise<Outcome<void>> {
	const trouble = await access(repository.commonDir, constants.W_OK).then(
		() => null,
		(error: NodeJS.ErrnoException) => error.code ?? 'unknown',
	);
	if (trouble === null) return ok(undefined);
	return refuse(
		'repository.read-only',
		`${repository.commonDir} cannot be written (${trouble}), and weir keeps its state there`,
		`chmod u+w ${repository.commonDir}`,
	);
}

/** Where weir keeps what belongs to this repository. */
export function stateDirOf(repository: Repository): string {
	return join(repository.commonDir, 'weir');
}

interface Found {
	readonly commonDir: string;
	readonly objectFormat: 'sha1' | 'sha256';
	readonly shallow: boolean;
}

async function discover(folder: string): Promise<Outcome<Found>> {
	const isFolder = await stat(folder).then(
		(entry) => entry.isDirectory(),
		() => false,
	);
	if (!isFolder)
		return refuse(
			'repository.none',
			`${folder} is not a folder`,
			'name one in a git repository with --repo DIR',
		);
	const args = [
		'rev-parse',
		'--path-format=absolute',
		'--git-common-dir',
		'--show-object-format',
		'--is-shallow-repository',
	];
	const result = await runGit(null, args, { cwd: folder });
	if (result.code !== 0) return refuseFolder(folder, result.stderr);
	const [commonDir, format, shallow] = result.stdout.toString('utf8').split('\n');
	if (commonDir === undefined) throw new Error('git rev-parse said nothing');
	return ok({
		commonDir: await realpath(resolve(folder, commonDir)),
		objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
		shallow: shallow === 'true',
	});
}

function refuseFolder(folder: string, stderr: string): Outcome<never> {
	if (/dubious ownership/.test(stderr)) {
		return refuse(
			'repository.not-owned',
			`${folder} belongs to another user, and git does not trust it`,
			`git config --global --add safe.directory '${folder}'`,
		);
	}
	if (/not a git repository/.test(stderr)) {
		return refuse('repository.none', `${folder} is not in a git repository`, 'git init');
	}
	const said = stderr.trim().split('\n').at(-1) ?? '';
	return refuse('repository.unusable', `git cannot use ${folder}: ${said}`, 'git status');
}

async function inspect(found: Found, folder: string): Promise<Outcome<Repository>> {
	const remote = remoteFileSystem(found.commonDir);
	if (remote !== null) {
		return refuse(
			'repository.network',
			`${found.commonDir} is on ${remote}, where the journal cannot be kept safely`,
			'clone the repository onto a local disk',
		);
	}
	const bare: GitPlace = { gitDir: found.commonDir };
	const config = await readConfiguration(bare);
	if (isPartialClone(config)) {
		return refuse(
			'repository.partial',
			'this is a partial clone; worktrees of agents cannot fetch its missing files',
			'git config --unset remote.origin.partialclonefilter && git fetch --refetch',
		);
	}
	const ledger = new RefLedger();
	const place = { ...bare, neutral: neutralSettings(config), follow: ledger.follow };
	if (!(await hasCommits(place))) {
		return refuse(
			'repository.no-commits',
			'this repository has no commits, so agents have nothing to start from',
			"git commit --allow-empty -m 'Start'",
		);
	}
	const refs = new Lane(1);
	return ok({
		root: await mainCheckout(place, config, folder),
		commonDir: found.commonDir,
		objectFormat: found.objectFormat,
		shallow: found.shallow,
		ignoresCase: configured(config, 'core.ignorecase') === 'true',
		excludesFile: excludesFileOf(config),
		place,
		ledger,
		lanes: {
			refs,
			newRefs: new RefBatch(place, refs),
			fills: new Lane(2),
			links: new Lane(1),
			creations: new Lane(40),
			quiet: new Lull(),
		},
		readings: readingsOf(place),
	});
}

function readingsOf(place: GitPlace): Readings {
	const refs = ['refs/heads/', 'refs/remotes/', 'refs/tags/', anchors];
	const config = ['config', '--local', '--includes', '--list', '-z'];
	return {
		refs: new Gathered(() => listRefs(place, refs)),
		config: new Gathered(() => gitList(place, config)),
		commits: new KnownCommits(place),
		answers: new Answers(),
		gitlinks: new Gitlinks(place),
	};
}

async function hasCommits(place: GitPlace): Promise<boolean> {
	const head = await runGit(place, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
	if (head.code === 0) return true;
	return (await listRefs(place, ['refs/heads/', 'refs/remotes/'])).length > 0;
}

async function mainCheckout(
	place: GitPlace,
	config: Configuration,
	folder: string,
): Promise<string | null> {
	if (configured(config, 'core.bare') === 'true') return null;
	const elsewhere = configured(config, 'core.worktree');
	if (elsewhere !== undefined) {
		return realpath(resolve(place.gitDir, elsewhere)).catch(() => null);
	}
	if (basename(place.gitDir) === '.git') return dirname(place.gitDir);
	// A git directory kept apart (`init --separate-git-dir`) does not know its checkout.
	const args = ['rev-parse', '--path-format=absolute', '--git-dir', '--show-toplevel'];
	const result = await runGit(null, args, { cwd: folder });
	const [gitDir, top] = result.stdout.toString('utf8').split('\n');
	return result.code === 0 && gitDir === place.gitDir && top ? top : null;
}
