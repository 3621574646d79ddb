// Real folders and what their links say.
import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LeafFolders } from '../../../src/guard/watch/leaf-folders.ts';
import { scratchFolder } from '../../support/repository.ts';

function open() {
	const root = scratchFolder();
	mkdirSync(join(root, 'leaf'));
	mkdirSync(join(root, 'branch/twig'), { recursive: true });
	const folders = new LeafFolders();
	const isLeaf = (name: string) => folders.isLeaf(join(root, name));
	return { root, folders, isLeaf };
}

test('a folder that holds no other is known where the count was right for the top', (context) => {
	const { root, folders, isLeaf } = open();
	if (lstatSync(root).nlink !== 4)
		context.skip('this file system does not count folders');
	folders.prove(root, 2);
	expect(['leaf', 'branch', 'branch/twig', 'gone'].map(isLeaf)).toEqual([
		true,
		false,
		true,
		false,
	]);
	mkdirSync(join(root, 'leaf/late'));
	expect(isLeaf('leaf')).toBe(false);
});

test('no count is believed that was wrong or had nothing to show', () => {
	const { root, folders, isLeaf } = open();
	expect(isLeaf('leaf')).toBe(false);
	folders.prove(root, 1);
	expect(isLeaf('leaf')).toBe(false);
	folders.prove(join(root, 'leaf'), 0);
	expect(isLeaf('branch/twig')).toBe(false);
});
