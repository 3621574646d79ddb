// Objects of weir's own beside the user's: trees of what stood on a disk for a moment, which nobody
// committed and no ref keeps.
//
//   <common>/weir/trees/    a bare git directory without refs; its objects borrow the user's
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { currentBoot } from '../lib/processes.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { draftOf } from '../lib/replace-file.ts';
import { type GitPlace, git, gitText } from './git.ts';
import { layGitDir } from './lay-git-dir.ts';
import { type Repository, stateDirOf } from './repository.ts';

export interface TreeStore {
	/** The user's repository, with new objects going to the store. */
	readonly place: GitPlace;
	/** The folder of its objects, for those that borrow them. */
	readonly objects: string;
}

/** Makes the store where it is missing. */
export async function openTreeStore(repository: Repository): Promise<TreeStore> {
	const store = storeOf(repository);
	const { answers } = repository.readings;
	await answers.of(`tree store ${store}`, () => makeStore(repository, store));
	const neutral = [...(repository.place.neutral ?? []), unflushed];
	const objects = join(store, 'objects');
	return { place: { ...repository.place, objects, neutral }, objects };
}

export interface StoreUpkeep {
	/** Trees and commits that are still needed; those that are gone already do not matter. */
	readonly keep: readonly string[];
	/** Nothing is removed while the store is smaller. */
	readonly mostBytes: number;
	/** Younger objects stay: of a look that is under way no tree is known yet. */
	readonly olderThanMs: number;
}

/** Removes what none of `keep` needs, where the store has grown; says how large it is then. */
export async function pruneTreeStore(
	repository: Repository,
	{ keep, mostBytes, olderThanMs }: StoreUpkeep,
): Promise<{ readonly bytes: number }> {
	await openTreeStore(repository);
	// By itself, since all that refs of the user lead to is not in it.
	const place = { gitDir: storeOf(repository) };
	const bytes = await sizeOf(place);
	if (bytes < mostBytes) return { bytes };
	const there = await thoseThere(place, keep);
	const expire = Math.floor((Date.now() - olderThanMs) / 1000);
	const args = ['prune', `--expire=@${expire}`, '--end-of-options', ...there];
	await git(place, args, { timeoutMs: 600_000 });
	return { bytes: await sizeOf(place) };
}

/** What a power failure takes was of that moment anyway: no call waits for the disk. */
export const unflushed = 'core.fsync=none';

function storeOf(repository: Repository): string {
	return join(stateDirOf(repository), 'trees');
}

async function makeStore(repository: Repository, store: string): Promise<void> {
	const record = join(store, 'boot');
	const boot = currentBoot() ?? '';
	// What nobody flushed may be damaged once the machine has gone down.
	if ((await readIfThere(record)) === boot) return;
	await rm(store, { recursive: true, force: true });
	await mkdir(stateDirOf(repository), { recursive: true, mode: 0o700 });
	const draft = draftOf(store);
	const borrowed = [join(repository.commonDir, 'objects')];
	await layGitDir(draft, repository, { objects: { borrowed }, refs: {}, bare: true });
	await writeFile(join(draft, 'boot'), boot);
	try {
		await rename(draft, store);
	} catch (error) {
		await rm(draft, { recursive: true, force: true });
		// Another run has made it meanwhile.
		if (!existsSync(record)) throw error;
	}
}

/** On the disk, in whole blocks. */
async function sizeOf(place: GitPlace): Promise<number> {
	const said = await gitText(place, ['count-objects', '-v']);
	const kilobytes = (name: string) =>
		Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(said)?.[1] ?? 0);
	return (kilobytes('size') + kilobytes('size-pack')) * 1024;
}

async function thoseThere(
	place: GitPlace,
	objects: readonly string[],
): Promise<readonly string[]> {
	if (objects.length === 0) return [];
	const args = ['cat-file', '--batch-check=%(objectname)'];
	const said = await gitText(place, args, { input: `${objects.join('\n')}\n` });
	const lines = said.split('\n');
	return objects.filter((object, at) => lines[at] === object);
}
