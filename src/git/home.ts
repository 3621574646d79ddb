// Whether a repository is where weir last saw it. Private clones borrow objects by absolute path, so
// a move breaks them; a copy still names the worktrees of the original.
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { readIfThere, replaceFile } from './files.ts';
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
	const text = await readIfThere(homeFile(repository.commonDir));
	if (text === null) return ok({ kind: 'new' });
	const from = text.trim();
	if (from === repository.commonDir) return ok({ kind: 'same' });
	if (!(await isSameHome(from))) return ok({ kind: 'moved', from });
	return refuse(
		'repository.copied',
		`this repository is a copy of ${from}, and its agents belong to the original`,
		`rm -r ${stateDirOf(repository)} && git worktree list`,
	);
}

/** Records where the repository is. Idempotent. */
export async function settleHome(repository: Repository): Promise<void> {
	await mkdir(stateDirOf(repository), { recursive: true, mode: 0o700 });
	const path = homeFile(repository.commonDir);
	if ((await readIfThere(path)) === `${repository.commonDir}\n`) return;
	await replaceFile(path, `${repository.commonDir}\n`);
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

async function isSameHome(commonDir: string): Promise<boolean> {
	if (!existsSync(commonDir)) return false;
	const entry = await stat(commonDir);
	const said = await readIfThere(homeFile(commonDir));
	return entry.isDirectory() && said?.trim() === commonDir;
}
