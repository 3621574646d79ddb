// Files of a commit by their last name, in whatever folder.
import { join } from 'node:path';
import { everywhere } from '../domain/scope/must-be-named.ts';
import { gitList } from './git.ts';
import { type Repository, stateDirOf } from './repository.ts';

/** Those of any of the commits which no folder of a scope gives. */
export async function trackedNamed(
	repository: Repository,
	commits: readonly string[],
): Promise<string[]> {
	const { answers, commits: known } = repository.readings;
	const found = await Promise.all(
		[...new Set(commits)].map(async (id) => {
			const commit = await known.read(id);
			if (commit === null) return [];
			return answers.of(`named ${commit}`, () => namedIn(repository, commit));
		}),
	);
	return [...new Set(found.flat())];
}

/** As `ls-tree` lists them, which knows no wildcards. */
function namedIn(repository: Repository, commit: string): Promise<string[]> {
	const specs = everywhere.map((name) => `:(icase,glob)**/${name}`);
	const args = ['ls-files', '-z', `--with-tree=${commit}`, '--', ...specs];
	// An index that is not there has nothing of its own to add.
	const index = join(stateDirOf(repository), 'no-index');
	const env = { GIT_LITERAL_PATHSPECS: '0' };
	return gitList({ ...repository.place, index }, args, { env });
}
