// Refs that only an agent's clone has: its branches, tags and stashes. Read from the files, within
// bounds, because an agent can write them.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readSmall, writeBelow } from './files.ts';
import { runGit } from './git.ts';
import { readPackedRefs, readPrivateRef } from './private-clone.ts';
import { listRefs } from './refs.ts';
import type { Worktree } from './worktree.ts';

const mostRefs = 200;

/** By name; stashes as `stash/<n>`, oldest first. What the user's repository has too is left out. */
export async function readOwnRefs(worktree: Worktree): Promise<Record<string, string>> {
	const { repository, privateDir } = worktree;
	const users = await listRefs(repository.place, ['refs/heads/', 'refs/tags/']);
	const known = new Map(users.map(({ ref, target }) => [ref, target]));
	const mine = await readPackedRefs(privateDir, (ref) =>
		/^refs\/(heads|tags)\//.test(ref),
	);
	for (const kind of ['heads', 'tags']) await readLoose(privateDir, `refs/${kind}`, mine);
	const refs: Record<string, string> = {};
	for (const [ref, target] of mine) {
		if (known.get(ref) === target || Object.keys(refs).length >= mostRefs) continue;
		refs[ref] = target;
	}
	for (const [at, stash] of (await readStashes(privateDir)).entries()) {
		refs[`stash/${at}`] = stash;
	}
	return refs;
}

/** What only another branch, a tag or a stash of an agent's clone leads to. */
export interface HiddenWork {
	readonly id: string;
	/** `branch other`, `tag v1`, `a stash`. */
	readonly where: string;
}

/**
 * Work in the clone beside the agent's branch that the user's repository does not have: no landing
 * brings it, and it goes with the worktree.
 */
export async function listHiddenWork(worktree: Worktree): Promise<HiddenWork[]> {
	const own = `refs/heads/${worktree.branch}`;
	const refs = Object.entries(await readOwnRefs(worktree)).filter(([ref]) => ref !== own);
	if (refs.length === 0) return [];
	const hidden: HiddenWork[] = [];
	for (const [ref, id] of refs) {
		if (await isOnBranch(worktree, id)) continue;
		hidden.push({ id, where: whereOf(ref) });
	}
	return hidden;
}

/** Whether a branch of the user's repository has it; a snapshot may have it and goes some day. */
async function isOnBranch({ repository }: Worktree, id: string): Promise<boolean> {
	const args = ['rev-list', '--max-count=1', id, '--not', '--branches', '--'];
	const { code, stdout } = await runGit(repository.place, args);
	return code === 0 && stdout.length === 0;
}

function whereOf(ref: string): string {
	if (ref.startsWith('stash/')) return 'a stash';
	return ref.startsWith('refs/tags/')
		? `tag ${ref.slice('refs/tags/'.length)}`
		: `branch ${ref.slice('refs/heads/'.length)}`;
}

/** Makes those of the refs that the agent's clone does not have. Idempotent. */
export async function giveRefs(
	worktree: Worktree,
	refs: Readonly<Record<string, string>>,
): Promise<void> {
	const { privateDir } = worktree;
	const stashes: string[] = [];
	for (const [ref, id] of Object.entries(refs)) {
		if (ref.startsWith('stash/')) stashes.push(id);
		else if ((await readPrivateRef(privateDir, ref)) === null) {
			await writeBelow(privateDir, ref, `${id}\n`);
		}
	}
	const newest = stashes.at(-1);
	if (newest === undefined || (await readStashes(privateDir)).length > 0) return;
	await writeBelow(privateDir, 'refs/stash', `${newest}\n`);
	const none = '0'.repeat(newest.length);
	// git takes an entry of time 0 for a broken one.
	const now = Math.floor(Date.now() / 1000);
	const log = stashes.map((id, at) => {
		const before = stashes[at - 1] ?? none;
		return `${before} ${id} weir <weir@localhost> ${now} +0000\trestored\n`;
	});
	await writeBelow(privateDir, 'logs/refs/stash', log.join(''));
}

const objectId = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

async function readLoose(
	privateDir: string,
	folder: string,
	into: Map<string, string>,
): Promise<void> {
	const path = join(privateDir, folder);
	const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
	for (const entry of entries) {
		const ref = `${folder}/${entry.name}`;
		if (entry.isDirectory()) await readLoose(privateDir, ref, into);
		if (!entry.isFile() || into.size > 10 * mostRefs) continue;
		const id = (await readSmall(join(privateDir, ref)))?.trim();
		if (id !== undefined && objectId.test(id)) into.set(ref, id);
	}
}

/** Only the newest stash has a ref; the older ones stand in its log, oldest first. */
async function readStashes(privateDir: string): Promise<string[]> {
	const log = (await readSmall(join(privateDir, 'logs/refs/stash'))) ?? '';
	const ids = log.split('\n').map((line) => line.split(' ')[1] ?? '');
	return ids.filter((id) => objectId.test(id));
}
