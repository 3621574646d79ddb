// One file of a commit.
import { runGit } from './git.ts';
import type { Repository } from './repository.ts';

const mostBytes = 1_000_000;

/** Its text; null where the commit has no such file. */
export async function readFileAt(
	{ place }: Repository,
	commit: string,
	path: string,
): Promise<string | null> {
	const args = ['cat-file', 'blob', `${commit}:${path}`];
	const result = await runGit(place, args, { maxBytes: mostBytes });
	return result.code === 0 ? result.stdout.toString('utf8') : null;
}
