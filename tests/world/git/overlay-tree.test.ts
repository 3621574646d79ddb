// A tree with some paths as another has them.
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { changedPaths } from '../../../src/git/changes.ts';
import { asBefore, overlayTree } from '../../../src/git/overlay-tree.ts';
import { openTreeStore } from '../../../src/git/tree-store.ts';
import { commitFiles, gitIn, makeRepository, open } from '../../support/repository.ts';

test('changed, added and deleted paths are as before, a text is put in, the rest stays', async () => {
	const top = makeRepository();
	commitFiles(top, { 'conf/a.txt': 'a\n', 'gone.txt': 'gone\n', 'src/x.txt': 'x\n' });
	const before = gitIn(top, 'rev-parse', 'HEAD');
	commitFiles(top, {
		...{ 'conf/a.txt': 'other\n', 'gone.txt': null, 'conf/new.txt': 'new\n' },
		'src/x.txt': 'changed\n',
	});
	const repository = await open(top);
	const changed = await changedPaths(repository, before, 'HEAD');
	const wanted = ['conf/a.txt', 'gone.txt', 'conf/new.txt'];
	const overlaid = changed.filter(({ path }) => wanted.includes(path)).map(asBefore);
	const tree = await overlayTree(repository, gitIn(top, 'rev-parse', 'HEAD^{tree}'), [
		...overlaid,
		{ path: 'text.json', put: { mode: '100644', text: 'é\n' } },
	]);
	const { objects } = await openTreeStore(repository);
	const store = dirname(objects);
	expect(gitIn(store, 'show', `${tree}:conf/a.txt`)).toBe('a');
	expect(gitIn(store, 'show', `${tree}:gone.txt`)).toBe('gone');
	expect(gitIn(store, 'show', `${tree}:src/x.txt`)).toBe('changed');
	expect(gitIn(store, 'show', `${tree}:text.json`)).toBe('é');
	expect(gitIn(store, 'ls-tree', '--name-only', tree, 'conf/')).toBe('conf/a.txt');
	expect(gitIn(top, 'status', '--porcelain')).toBe('');
});

test('without anything to put in it is the tree itself', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const tree = gitIn(top, 'rev-parse', 'HEAD^{tree}');
	expect(await overlayTree(repository, tree, [])).toBe(tree);
});
