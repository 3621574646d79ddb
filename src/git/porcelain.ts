// What a person would type, read through simple-git: log, status, branches. Runs on the user's
// repository only, with weir's neutral configuration and environment.
import { type SimpleGit, simpleGit } from 'simple-git';
import { environment, neutralConfig } from './git.ts';
import type { Repository } from './repository.ts';

export interface CommitLine {
	readonly hash: string;
	readonly author: string;
	/** ISO 8601 with offset. */
	readonly date: string;
	readonly subject: string;
}

/** Commits of `tip` that `base` does not have, newest first, at most `limit`. */
export async function listCommits(
	repository: Repository,
	base: string,
	tip: string,
	limit = 200,
): Promise<CommitLine[]> {
	const format = { hash: '%H', author: '%an', date: '%aI', subject: '%s' };
	const log = await person(repository).log({
		format,
		maxCount: limit,
		from: base,
		to: tip,
		symmetric: false,
	});
	return log.all.map(({ hash, author, date, subject }) => ({
		hash,
		author,
		date,
		subject,
	}));
}

export interface MainStatus {
	readonly branch: string | null;
	/** Paths with changes of the user, untracked ones included. */
	readonly dirty: readonly string[];
}

/** The user's main checkout as they see it; null in a bare repository. */
export async function mainStatus(repository: Repository): Promise<MainStatus | null> {
	if (repository.root === null) return null;
	const args = ['--ignore-submodules=dirty', '--untracked-files=all'];
	const status = await person(repository).status(args);
	return {
		branch: status.detached ? null : status.current,
		dirty: status.files.map((file) => file.path),
	};
}

function person(repository: Repository): SimpleGit {
	const env = environment();
	return simpleGit({
		baseDir: repository.root ?? repository.commonDir,
		config: [...neutralConfig, ...(repository.place.neutral ?? [])],
		allowEnvironment: Object.keys(env),
		timeout: { block: 60_000 },
		// These are the settings that switch such programs off; simple-git cannot tell.
		unsafe: {
			allowUnsafeFsMonitor: true,
			allowUnsafeHooksPath: true,
			allowUnsafeSshCommand: true,
			allowUnsafeFilter: true,
			allowUnsafeMergeDriver: true,
			allowUnsafeProtocolOverride: true,
			allowUnsafeAskPass: true,
			allowUnsafeEditor: true,
			allowUnsafePager: true,
			allowUnsafeConfigPaths: true,
		},
	}).env(env);
}
