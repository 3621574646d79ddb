// Objects that nobody reads once a question is answered: ten thousand of a matrix of a hundred branches.
// Where the system has a disk in memory they never reach another.
import { mkdir, mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identityOf } from '../lib/processes.ts';
import type { GitPlace } from './git.ts';
import { type Repository, stateDirOf } from './repository.ts';
import type { TreeStore } from './tree-store.ts';

/** Runs a job with a place that sees the objects of user and store, and whose own go when it ends. */
export async function withPassingObjects<T>(
	repository: Repository,
	store: TreeStore,
	job: (place: GitPlace) => Promise<T>,
): Promise<T> {
	const top = (await hasRoom(memory)) ? memory : stateDirOf(repository);
	await clearLeft(top);
	const objects = await mkdtemp(join(top, `${name}${process.pid}-`));
	try {
		await mkdir(join(objects, 'info'));
		await writeFile(join(objects, 'info/alternates'), `${store.objects}\n`);
		const neutral = [...(store.place.neutral ?? []), 'core.looseCompression=0'];
		return await job({ ...store.place, objects, neutral });
	} finally {
		await rm(objects, { recursive: true, force: true });
	}
}

const memory = '/dev/shm';
const name = 'weir-passing-';

/** A container may have little of it. */
const enough = 512 * 1024 * 1024;

async function hasRoom(folder: string): Promise<boolean> {
	return statfs(folder).then(
		({ bavail, bsize }) => bavail * bsize > enough,
		() => false,
	);
}

/** What programs left that did not come to their end. */
async function clearLeft(top: string): Promise<void> {
	for (const entry of await readdir(top)) {
		const pid = Number(new RegExp(`^${name}(\\d+)-`).exec(entry)?.[1] ?? Number.NaN);
		if (Number.isNaN(pid) || identityOf(pid) !== null) continue;
		// Another user's is not ours to remove.
		await rm(join(top, entry), { recursive: true, force: true }).catch(() => undefined);
	}
}
