// A look at a worktree goes by what is in the files, however long ago its index learned their times.
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listUncommitted } from '../../../src/git/uncommitted.ts';
import {
	makeRepository,
	makeWorktree,
	open,
	writeFiles,
} from '../../support/repository.ts';

const names = ['a', 'b', 'c', 'd'];

async function looked() {
	const top = makeRepository(Object.fromEntries(names.map((name) => [name, 'first'])));
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	const look = async () => (await listUncommitted(worktree, 'weir/api')).files;
	expect(await look()).toEqual([]);
	return { worktree, look };
}

test('files that were only touched are no change', async () => {
	const { worktree, look } = await looked();
	for (const name of names) utimesSync(join(worktree.path, name), 1e9, 1e9);
	expect(await look()).toEqual([]);
	writeFiles(worktree.path, { b: 'first' });
	expect(await look()).toEqual([]);
});

test('a change that leaves size and time as they were is seen', async () => {
	const { worktree, look } = await looked();
	const at = new Date();
	for (const name of names) utimesSync(join(worktree.path, name), at, at);
	expect(await look()).toEqual([]);
	writeFiles(worktree.path, { c: 'other' });
	utimesSync(join(worktree.path, 'c'), at, at);
	expect(await look()).toEqual([{ path: 'c', kind: 'changed' }]);
});
