// A git directory laid by hand: weir's own config and refs, somebody's objects. git that runs in it
// obeys nothing that a repository's or an agent's configuration says.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './repository.ts';

export interface GitDirPlan {
	/** The folder of objects to read and to write to, or those to read beside some of its own. */
	readonly objects: string | { readonly borrowed: readonly string[] };
	/** Full ref name to commit. */
	readonly refs: Readonly<Record<string, string>>;
	readonly bare: boolean;
	/** Further lines of its config. */
	readonly config?: string;
	/** The commit that its HEAD names, by no branch. */
	readonly head?: string;
}

/** Lays the directory into an existing or a new folder. Idempotent for the same plan. */
export async function layGitDir(
	folder: string,
	repository: Repository,
	plan: GitDirPlan,
): Promise<void> {
	const sha256 = repository.objectFormat === 'sha256';
	const format = sha256 ? '1\n[extensions]\n\tobjectformat = sha256\n' : '0\n';
	await mkdir(join(folder, 'refs'), { recursive: true });
	await layObjects(join(folder, 'objects'), plan.objects);
	await writeFile(
		join(folder, 'config'),
		`[core]\n\tbare = ${plan.bare}\n\trepositoryformatversion = ${format}${plan.config ?? ''}`,
	);
	await writeFile(join(folder, 'HEAD'), `${plan.head ?? 'ref: refs/heads/none'}\n`);
	const refs = Object.entries(plan.refs).map(([ref, commit]) => `${commit} ${ref}\n`);
	await writeFile(join(folder, 'packed-refs'), refs.join(''));
	// Without it git would look for the parents that a shallow repository does not have.
	const shallow = join(repository.commonDir, 'shallow');
	if (existsSync(shallow)) await copyFile(shallow, join(folder, 'shallow'));
}

async function layObjects(folder: string, objects: GitDirPlan['objects']): Promise<void> {
	if (typeof objects === 'string') {
		await rm(folder, { force: true });
		await symlink(objects, folder);
		return;
	}
	await mkdir(join(folder, 'info'), { recursive: true });
	await mkdir(join(folder, 'pack'), { recursive: true });
	const alternates = objects.borrowed.map((path) => `${path}\n`).join('');
	await writeFile(join(folder, 'info/alternates'), alternates);
}
