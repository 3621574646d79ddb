// Whether a write is told: by the scope, by what is noise, and by what the repository ignored when the
// agent's work began. The ignore rules in the worktree do not count: an agent can write those.
import { dirname } from 'node:path';
import { mayHold } from '../../domain/scope/coverage.ts';
import { IgnoreLines } from '../../domain/scope/ignore-lines.ts';
import { covers, type Scope, scopeOf } from '../../domain/scope/scope.ts';
import { PathList } from './path-list.ts';

export interface Rules {
	/** Patterns of what may be written; none is all but what must be named. */
	readonly scope: readonly string[];
	readonly ignoreCase: boolean;
	/** Patterns of what no one wants to hear of. */
	readonly noise: readonly string[];
}

/** The commit that a worktree is compared with. */
export interface Reference {
	/** Its paths, as `git ls-tree -r -z --name-only` lists them. */
	readonly paths: Uint8Array;
	/** Its ignore rules and those of the user, each relative to the worktree. */
	readonly ignored: readonly string[];
}

/** What thirty worktrees of one commit share. */
export class KnownCommit {
	readonly paths: PathList;
	readonly #ignored: IgnoreLines;

	constructor({ paths, ignored }: Reference) {
		this.paths = new PathList(paths);
		this.#ignored = new IgnoreLines(ignored);
	}

	ignores(path: string): boolean {
		return this.#ignored.ignores(path);
	}

	/** Nothing of the commit lies in the folder, and all that will is ignored. */
	ignoresFolder(folder: string): boolean {
		return this.#ignored.ignoresFolder(folder) && !this.holds(folder);
	}

	/** Whether a path of it lies in the folder. */
	holds(folder: string): boolean {
		return this.paths.below(folder).next().done !== true;
	}
}

/** All but what must be named: no tool makes that to save a file. */
const usual = scopeOf([]);

export class Verdicts {
	readonly #scope: Scope;
	readonly #noise: IgnoreLines;
	readonly #commit: KnownCommit;

	constructor({ scope, ignoreCase, noise }: Rules, commit: KnownCommit) {
		this.#scope = scopeOf(scope, { ignoreCase });
		this.#noise = new IgnoreLines(noise);
		this.#commit = commit;
		// The first verdict makes what the others go by: no write should wait for that.
		this.isOutside('folder/file');
	}

	/** Whether anything in the folder could be told, or counts. */
	descends(folder: string): boolean {
		const noise = this.#noise.ignoresFolder(folder) && !this.#commit.holds(folder);
		return !noise && !this.#commit.ignoresFolder(folder);
	}

	/** Whether it is part of what stands in the worktree as a tree. */
	counts(path: string): boolean {
		if (this.#commit.paths.has(path)) return true;
		return !this.#noise.ignores(path) && !this.#commit.ignores(path);
	}

	covers(path: string): boolean {
		return covers(this.#scope, path);
	}

	/** Whether it may be what a tool makes to save a file of the scope that lies in the same folder. */
	isBeside(path: string): boolean {
		const folder = dirname(path);
		return mayHold(this.#scope, folder === '.' ? '' : folder) && covers(usual, path);
	}

	/** Not covered, and no noise. A file that was committed counts, whatever ignores it. */
	isOutside(path: string): boolean {
		if (covers(this.#scope, path) || this.#noise.ignores(path)) return false;
		return this.#commit.paths.has(path) || !this.#commit.ignores(path);
	}
}
