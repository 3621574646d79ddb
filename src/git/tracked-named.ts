// Files of a worktree that weir's index knows by their last name, in whatever folder.
import { everywhere } from '../domain/scope/must-be-named.ts';
import { gitList } from './git.ts';
import type { Worktree } from './worktree.ts';

/** Those which no folder of a scope gives. */
export async function trackedNamed({ place }: Worktree): Promise<string[]> {
	const specs = everywhere.map((name) => `:(icase,glob)**/${name}`);
	const env = { GIT_LITERAL_PATHSPECS: '0' };
	return gitList(place, ['ls-files', '-z', '--', ...specs], { env });
}
