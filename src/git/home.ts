// Whether a repository is where weir last saw it. Private clones borrow objects by absolute path, so
// a move breaks them; a copy still names the worktrees of the original.
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { replaceFile } from '../lib/replace-file.ts';
import { ownerFile, ownerText, readClaim } from './owner.ts';
import { type Repository, stateDirOf } from './repository.ts';
import type { Worktree } from './worktree.ts';

export type Home =
	| { readonly kind: 'new' }
	| { readonly kind: 'same' }
	| { readonly kind: 'moved'; readonly from: string };

/**
 * Compares with the record that `settleHome` wrote. Refuses with `repository.copied` where the
 * record is the copy of another repository's that still exists.
 */
export async function readHome(repository: Repository): Promise<Outcome<Home>> {
	const home = await readRecord(repository.commonDir);
	if (home === null) return ok({ kind: 'new' });
	const { path } = home;
	if (path === repository.commonDir) return ok({ kind: 'same' });
	if (!(await isOriginal(home))) return ok({ kind: 'moved', from: path });
	return refuse(
		'repository.copied',
		`this repository is a copy of ${path}, and its agents belong to the original`,
		`rm -r ${stateDirOf(repository)} && git worktree list`,
	);
}

/** Records where the repository is. Idempotent. */
export async function settleHome(repository: Repository): Promise<void> {
	await mkdir(stateDirOf(repository), { recursive: true, mode: 0o700 });
	const { commonDir } = repository;
	const home = await readRecord(commonDir);
	if (home?.path === commonDir && home.id !== null) return;
	// It stays through moves; a copy has it too, and another repository at the old place has not.
	const id = home?.id ?? randomUUID();
	await replaceFile(homeFile(commonDir), `${commonDir}\n${id}\n`);
}

/** Lets a private clone borrow from where the repository is now. Idempotent. */
export async function followHome(worktree: Worktree): Promise<void> {
	const { repository, privateDir, path, agent } = worktree;
	const { commonDir } = repository;
	const claim = await readClaim(privateDir);
	if (claim?.commonDir === commonDir) return;
	await replaceFile(
		join(privateDir, 'objects/info/alternates'),
		`${join(commonDir, 'objects')}\n`,
	);
	const owner = { agent, commonDir, worktree: path };
	await replaceFile(join(privateDir, ownerFile), ownerText(owner));
}

function homeFile(commonDir: string): string {
	return join(commonDir, 'weir/home');
}

interface HomeRecord {
	readonly path: string;
	/** Null in a record of a weir that wrote the path alone. */
	readonly id: string | null;
}

async function readRecord(commonDir: string): Promise<HomeRecord | null> {
	const text = await readIfThere(homeFile(commonDir));
	if (text === null) return null;
	const [path = '', id = ''] = text.split('\n');
	return { path, id: id === '' ? null : id };
}

/** Whether the repository that a record names is still there, and not another one in its place. */
async function isOriginal({ path, id }: HomeRecord): Promise<boolean> {
	const there = await readRecord(path);
	if (there?.path !== path) return false;
	return id === null || there.id === null || there.id === id;
}
