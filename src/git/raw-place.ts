// A git directory of weir's own that sees the user's objects and an agent's files without any
// conversion: line ends, filters, $Id$ and encodings are switched off for every path, whatever
// `.gitattributes` says. Its config is written here, so nothing in it can be anybody else's.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitPlace } from './git.ts';
import { layGitDir } from './lay-git-dir.ts';
import type { Worktree } from './worktree.ts';

/** Makes the directory, or uses the one that is there; what it holds is small. */
export async function makeRawPlace(worktree: Worktree): Promise<GitPlace> {
	const { repository } = worktree;
	const gitDir = join(worktree.stateDir, 'raw');
	const objects = join(repository.commonDir, 'objects');
	await layGitDir(gitDir, repository, { objects, refs: {}, bare: false });
	await mkdir(join(gitDir, 'info'), { recursive: true });
	await writeFile(
		join(gitDir, 'info/attributes'),
		'* -text -eol -crlf -ident -filter -working-tree-encoding\n',
	);
	await copyFile(
		join(repository.commonDir, 'info/exclude'),
		join(gitDir, 'info/exclude'),
	).catch(() => {
		// A repository need not have one.
	});
	return {
		gitDir,
		workTree: worktree.path,
		neutral: [...(worktree.place.neutral ?? []), 'core.autocrlf=false'],
	};
}
