// A git directory of weir's own that sees the user's objects and an agent's files without any
// conversion: line ends, filters, $Id$ and encodings are switched off for every path, whatever
// `.gitattributes` says. Its config is written here, so nothing in it can be anybody else's.
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitPlace } from './git.ts';
import type { Worktree } from './worktree.ts';

/** Makes the directory anew each time; what it holds is small. */
export async function makeRawPlace(worktree: Worktree): Promise<GitPlace> {
	const { repository } = worktree;
	const gitDir = join(worktree.stateDir, 'raw');
	const sha256 = repository.objectFormat === 'sha256';
	const format = sha256 ? '1\n[extensions]\n\tobjectformat = sha256\n' : '0\n';
	await mkdir(join(gitDir, 'refs'), { recursive: true });
	await mkdir(join(gitDir, 'info'), { recursive: true });
	await writeFile(join(gitDir, 'HEAD'), 'ref: refs/heads/none\n');
	await writeFile(
		join(gitDir, 'config'),
		`[core]\n\trepositoryformatversion = ${format}`,
	);
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
	await symlink(join(repository.commonDir, 'objects'), join(gitDir, 'objects')).catch(
		(error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw error;
		},
	);
	return {
		gitDir,
		workTree: worktree.path,
		neutral: [...(worktree.place.neutral ?? []), 'core.autocrlf=false'],
	};
}
