// Objects that nobody reads once a question is answered: ten thousand of a matrix of a hundred branches.
// Where the system has a disk in memory they never reach another.
import { mkdir, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withPassingFolder } from '../lib/passing-folder.ts';
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
	const run = async (objects: string) => {
		await mkdir(join(objects, 'info'));
		await writeFile(join(objects, 'info/alternates'), `${store.objects}\n`);
		const neutral = [...(store.place.neutral ?? []), 'core.looseCompression=0'];
		return job({ ...store.place, objects, neutral });
	};
	return withPassingFolder('objects', run, top);
}

const memory = '/dev/shm';

/** A container may have little of it. */
const enough = 512 * 1024 * 1024;

async function hasRoom(folder: string): Promise<boolean> {
	return statfs(folder).then(
		({ bavail, bsize }) => bavail * bsize > enough,
		() => false,
	);
}
