// A private clone carries a file that names the repository it belongs to. An agent can write that
// file, so it is believed only where the repository's own record points back.
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export const ownerFile = 'weir-owner';

export interface Owner {
	readonly agent: string;
	/** Common directory of the owning repository. */
	readonly commonDir: string;
	/** Top folder of the agent's worktree. */
	readonly worktree: string;
}

export function ownerText(owner: Owner): string {
	return `${JSON.stringify(owner)}\n`;
}

/** The owner of a private clone, when the owning repository holds that worktree; else null. */
export async function readOwner(gitDir: string): Promise<Owner | null> {
	const owner = await readClaim(gitDir);
	if (owner === null) return null;
	const commonDir = await realpath(owner.commonDir).catch(() => null);
	if (commonDir === null) return null;
	const id = await adminDirOf(commonDir, owner.worktree);
	return id === null ? null : { ...owner, commonDir };
}

/** What the file says, unproven. */
export async function readClaim(gitDir: string): Promise<Owner | null> {
	const path = join(gitDir, ownerFile);
	const entry = await lstat(path).catch(() => null);
	if (!entry?.isFile() || entry.size > 16_384) return null;
	try {
		const said: unknown = JSON.parse(await readFile(path, 'utf8'));
		return isOwner(said) ? said : null;
	} catch {
		// Half-written or not ours: then it names no owner.
		return null;
	}
}

/** The folder `<common>/worktrees/<id>` whose back-link names this worktree, or null. */
export async function adminDirOf(
	commonDir: string,
	worktree: string,
): Promise<string | null> {
	const folder = join(commonDir, 'worktrees');
	const ids = await readdir(folder).catch(() => []);
	// The id is nearly always the worktree's own name; git appends a number when that is taken.
	ids.sort((a, b) => likeness(worktree, b) - likeness(worktree, a));
	for (const id of ids) {
		const link = await readFile(join(folder, id, 'gitdir'), 'utf8').catch(() => null);
		if (link !== null && dirname(link.trim()) === worktree) return join(folder, id);
	}
	return null;
}

function likeness(worktree: string, id: string): number {
	return worktree.endsWith(`/${id}`) ? 1 : 0;
}

function isOwner(value: unknown): value is Owner {
	return (
		typeof value === 'object' &&
		value !== null &&
		'agent' in value &&
		typeof value.agent === 'string' &&
		'commonDir' in value &&
		typeof value.commonDir === 'string' &&
		'worktree' in value &&
		typeof value.worktree === 'string'
	);
}
