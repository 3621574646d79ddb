// What an agent did, committed or not, against the point where it left the base.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { type GitPlace, git, gitList, gitText, runGit } from './git.ts';
import { type LandedBefore, type Related, relate } from './landed-before.ts';
import type { Repository } from './repository.ts';
import { lookAt, quietDiff, withIndex } from './uncommitted.ts';
import type { Worktree } from './worktree.ts';

export interface DiffStats {
	readonly files: number;
	readonly added: number;
	readonly removed: number;
	/** Files that differ from `tip`, untracked ones included. */
	readonly uncommitted: number;
}

/** Numbers of everything that differs from `from`, uncommitted and untracked files included. */
export async function diffStats(
	worktree: Worktree,
	from: string,
	tip: string,
): Promise<DiffStats> {
	const { answers } = worktree.repository.readings;
	return withAll(worktree, tip, async (place, uncommitted) => {
		// Where the files are those of the tip, the commits say it all.
		const counts = await (uncommitted > 0
			? countLines(place, [from])
			: answers.of(`counts ${from} ${tip}`, () => countLines(place, [from, tip])));
		return { ...counts, uncommitted };
	});
}

async function countLines(
	place: GitPlace,
	ends: readonly string[],
): Promise<Omit<DiffStats, 'uncommitted'>> {
	const args = ['diff', '--numstat', '-z', '--no-renames', ...quietDiff, ...ends];
	const lines = await gitList(place, args);
	let added = 0;
	let removed = 0;
	for (const line of lines) {
		const [plus, minus] = line.split('\t');
		// Binary files count as files only: git says "-" for their lines.
		added += Number(plus) || 0;
		removed += Number(minus) || 0;
	}
	return { files: lines.length, added, removed };
}

export interface DiffText {
	readonly text: string;
	/** Whether the text was cut at the limit. */
	readonly cut: boolean;
}

const mostText = 32 * 1024 * 1024;

/** The diff as a person reads it, or with `stat` its summary; untracked files included. */
export async function diffText(
	worktree: Worktree,
	from: string,
	tip: string,
	stat: boolean,
): Promise<DiffText> {
	return withAll(worktree, tip, async (place) => {
		const form = stat ? ['--stat=80'] : ['--patch'];
		const args = ['diff', '--find-renames', ...form, ...quietDiff, from];
		const bytes = await git(place, args, { maxBytes: 2 * mostText });
		const cut = bytes.length > mostText;
		return { text: bytes.subarray(0, mostText).toString('utf8'), cut };
	});
}

/**
 * Where an agent's work begins: the commit it has in common with the base, or what it landed last.
 * Refuses with `base.unrelated` where they have nothing in common.
 */
export async function forkPoint(
	repository: Repository,
	base: string,
	tip: string,
	before: LandedBefore | null,
): Promise<Outcome<string>> {
	return forkOf(repository, await relate(repository, base, tip, before));
}

/** As `forkPoint`, where the relation is known. */
export async function forkOf(
	repository: Repository,
	related: Related,
): Promise<Outcome<string>> {
	const args = ['merge-base', related.base, related.tip];
	const result = await repository.readings.answers.of(args.join(' '), () =>
		runGit(repository.place, args),
	);
	if (result.code === 0) return ok(result.stdout.toString('utf8').trim());
	return unrelated();
}

/**
 * As `forkOf`, all of them: where base and branch have taken from each other, there can be several, and
 * what differs from one of them may have come from the base.
 */
export async function forksOf(
	repository: Repository,
	related: Related,
): Promise<Outcome<readonly string[]>> {
	const args = ['merge-base', '--all', related.base, related.tip];
	const result = await repository.readings.answers.of(args.join(' '), () =>
		runGit(repository.place, args),
	);
	const forks = result.stdout.toString('utf8').split('\n').filter(Boolean);
	return result.code === 0 && forks.length > 0 ? ok(forks) : unrelated();
}

function unrelated(): Outcome<never> {
	return refuse('base.unrelated', 'the branch and its base have no commit in common');
}

/** How many commits the tip has that the base has not. */
export async function commitsAhead(
	repository: Repository,
	base: string,
	tip: string,
): Promise<number> {
	const args = ['rev-list', '--count', `${base}..${tip}`];
	const count = await repository.readings.answers.of(args.join(' '), () =>
		gitText(repository.place, args),
	);
	return Number(count);
}

/** Runs a diff against the files, with the untracked ones made known to a scratch index. */
async function withAll<T>(
	worktree: Worktree,
	tip: string,
	job: (place: GitPlace, uncommitted: number) => Promise<T>,
): Promise<T> {
	return withIndex(worktree, tip, async (place) => {
		const { files } = await lookAt(place);
		const untracked = files.filter((file) => file.kind === 'added');
		if (untracked.length > 0) {
			const args = ['add', '--intent-to-add', '--pathspec-from-file=-'];
			const input = untracked.map(({ path }) => path).join('\0');
			await runGit(place, [...args, '--pathspec-file-nul'], { input });
		}
		return job(place, files.length);
	});
}
