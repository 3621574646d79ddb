// Merging two commits into a tree, without a checkout and without moving anything.
import { GitFailure, gitText, runGit, splitNul } from './git.ts';
import type { Repository } from './repository.ts';

export type MergedTree =
	| { readonly kind: 'clean'; readonly tree: string; readonly notes: readonly string[] }
	| {
			readonly kind: 'conflict';
			/** The tree with conflict markers in the files. */
			readonly tree: string;
			/** Conflicted paths, sorted. */
			readonly files: readonly string[];
			readonly stages: readonly ConflictStage[];
			/** What git says about each conflict, for people. */
			readonly notes: readonly string[];
	  };

/** One side of a conflicted path: 1 is the common ancestor, 2 ours, 3 theirs. */
export interface ConflictStage {
	readonly mode: string;
	readonly object: string;
	readonly stage: 1 | 2 | 3;
	readonly path: string;
}

/**
 * The merge of `theirs` into `ours`; both may be any revision, and their spelling appears in the
 * conflict markers. The exit code decides: 0 clean, 1 conflict; anything else throws. Attributes of
 * files are not consulted, so `merge=union` and custom merge drivers do not count here.
 */
export async function mergeTrees(
	repository: Pick<Repository, 'place'>,
	ours: string,
	theirs: string,
): Promise<MergedTree> {
	const args = ['merge-tree', '--write-tree', '-z', '--messages', ours, theirs];
	const result = await runGit(repository.place, args);
	if (result.code > 1) throw new GitFailure(args, result);
	const fields = splitNul(result.stdout);
	const tree = fields[0];
	if (tree === undefined) throw new GitFailure(args, result);
	const stages: ConflictStage[] = [];
	let at = 1;
	for (; fields[at] !== undefined && fields[at] !== ''; at += 1) {
		const stage = readStage(fields[at] ?? '');
		if (stage) stages.push(stage);
	}
	const notes = readNotes(fields.slice(at + 1));
	if (result.code === 0) return { kind: 'clean', tree, notes };
	const files = [...new Set(stages.map(({ path }) => path))].sort();
	return { kind: 'conflict', tree, files, stages, notes };
}

/** A commit that no ref names yet. Its message is taken as it is. */
export async function makeCommit(
	repository: Pick<Repository, 'place'>,
	commit: {
		readonly tree: string;
		readonly parents: readonly string[];
		readonly message: string;
		readonly env?: Readonly<Record<string, string>>;
		readonly sign?: boolean;
	},
): Promise<string> {
	const parents = commit.parents.flatMap((parent) => ['-p', parent]);
	const sign = commit.sign === true ? ['-S'] : ['--no-gpg-sign'];
	const args = ['commit-tree', ...sign, ...parents, '-F', '-', commit.tree];
	const env = commit.env ? { env: commit.env } : {};
	return gitText(repository.place, args, { input: commit.message, ...env });
}

/** weir's own name, for commits that no branch of the user ever shows. */
export const weirIdentity: Readonly<Record<string, string>> = {
	GIT_AUTHOR_NAME: 'weir',
	GIT_AUTHOR_EMAIL: 'weir@localhost',
	GIT_COMMITTER_NAME: 'weir',
	GIT_COMMITTER_EMAIL: 'weir@localhost',
};

export async function treeOf(
	repository: Pick<Repository, 'place'>,
	commit: string,
): Promise<string> {
	return gitText(repository.place, ['rev-parse', '--verify', `${commit}^{tree}`]);
}

function readStage(field: string): ConflictStage | null {
	const match = /^(\d{6}) ([0-9a-f]+) ([123])\t([\s\S]+)$/.exec(field);
	if (!match?.[1] || !match[2] || !match[4]) return null;
	const stage = match[3] === '1' ? 1 : match[3] === '2' ? 2 : 3;
	return { mode: match[1], object: match[2], stage, path: match[4] };
}

/** Each note: how many paths, the paths, a short kind, the sentence. */
function readNotes(fields: readonly string[]): string[] {
	const notes: string[] = [];
	for (let at = 0; at < fields.length; ) {
		const paths = Number(fields[at]);
		if (!Number.isInteger(paths)) break;
		const kind = fields[at + paths + 1] ?? '';
		const sentence = fields[at + paths + 2] ?? '';
		if (kind !== 'Auto-merging') notes.push(sentence.trim());
		at += paths + 3;
	}
	return notes;
}
