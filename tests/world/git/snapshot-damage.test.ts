// What cannot be taken over from an agent's clone is either an error or told as not in the snapshot:
// a removal reads that, and would take the clone with it.
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takeSnapshot } from '../../../src/git/snapshot.ts';
import {
	commitFiles,
	gitIn,
	makeRepository,
	makeWorktree,
	open,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';
import { mountSmallDisk, noMount, unmountDisk } from '../../support/small-disk.ts';

test('commits that do not fit on the disk are an error, not a damaged clone', async ({
	skip,
}) => {
	const reason = noMount();
	skip(reason !== undefined, reason);
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	const noise = join(worktree.path, 'noise');
	writeFileSync(noise, randomBytes(256 * 1024));
	commitFiles(worktree.path, {}, 'work');
	rmSync(noise);
	commitFiles(worktree.path, {}, 'without');
	// All that is new goes there, and the objects that are there stay readable.
	const objects = join(top, '.git/objects');
	gitIn(top, 'repack', '-adq');
	const before = join(top, 'before');
	gitIn(top, 'clone', '--quiet', '--bare', '--no-hardlinks', '.', before);
	mountSmallDisk(objects, '100k');
	onTestFinished(() => unmountDisk(objects));
	writeFiles(objects, { 'info/alternates': `${join(before, 'objects')}\n` });
	await expect(takeSnapshot(worktree, 's1')).rejects.toThrow('No space left on device');
});

test('commits that git does not take over are told, and the files are kept', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	const { path } = worktree;
	gitIn(path, 'switch', '--quiet', '-c', 'try');
	const lost = commitFiles(path, { 'b.txt': 'b\n' }, 'work');
	gitIn(path, 'switch', '--quiet', 'weir/api');
	const object = `objects/${lost.slice(0, 2)}/${lost.slice(2)}`;
	rmSync(join(worktree.privateDir, object));
	writeFiles(path, { 'c.txt': 'c\n' });
	const { tip, refs, unreadable, files } = valueOf(await takeSnapshot(worktree, 's1'));
	expect({ tip, refs, unreadable, files }).toEqual({
		tip: gitIn(top, 'rev-parse', 'main'),
		refs: {},
		unreadable: ['.git: refs/heads/try'],
		files: 1,
	});
});
