// Copies of strays, and files put back, in real worktrees.
import {
	existsSync,
	lstatSync,
	mkdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepCopies, listCopies } from '../../../src/git/kept-copies.ts';
import { putBack } from '../../../src/git/put-back.ts';
import {
	gitIn,
	makeRepository,
	makeWorktree,
	open,
	readTree,
	scratchFolder,
	writeFiles,
} from '../../support/repository.ts';

const files = {
	'a.txt': 'a\n',
	'docs/b.txt': 'b\n',
	'docs/deep/c.txt': 'c\n',
	'run.sh': '#!/bin/sh\n',
};

async function begin() {
	const top = makeRepository(files);
	const worktree = await makeWorktree(await open(top), 'api');
	const commit = gitIn(top, 'rev-parse', 'main');
	const store = join(scratchFolder(), 'outside');
	const keep = (...paths: string[]) =>
		keepCopies(worktree.path, paths, { store, agent: 'a1', name: '7.0' });
	return { worktree, commit, store, keep, before: readTree(worktree.path) };
}

test('what was changed, made and taken away is as before, with a copy of what it was', async () => {
	const { worktree, commit, keep, before } = await begin();
	const { path } = worktree;
	writeFiles(path, { 'a.txt': 'changed\n', 'new/deep/x': 'new\n', 'docs/b.txt': null });
	symlinkSync('/etc/passwd', join(path, 'link'));
	const paths = ['a.txt', 'new/deep/x', 'docs/b.txt', 'link'];
	const kept = await keep(...paths);
	expect(kept).toMatchObject({ files: 3, left: [], dropped: 0 });
	const folder = kept.folder ?? '';
	expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('changed\n');
	expect(readFileSync(join(folder, 'new/deep/x'), 'utf8')).toBe('new\n');
	expect(readlinkSync(join(folder, 'link'))).toBe('/etc/passwd');
	expect(statSync(join(folder, 'a.txt')).mode & 0o777).toBe(0o600);
	expect(statSync(folder).mode & 0o777).toBe(0o700);
	expect(await putBack(worktree, commit, paths)).toEqual({ left: [] });
	expect(readTree(path)).toEqual(before);
	expect(existsSync(join(path, 'new'))).toBe(false);
	// Asked for again after a crash.
	expect(await putBack(worktree, commit, paths)).toEqual({ left: [] });
	expect(readTree(path)).toEqual(before);
});

test('a second time keeps copies of its own', async () => {
	const { worktree, keep, store } = await begin();
	writeFiles(worktree.path, { 'a.txt': 'one\n' });
	const first = await keep('a.txt');
	writeFiles(worktree.path, { 'a.txt': 'two\n' });
	const second = await keep('a.txt');
	expect(second.folder).not.toBe(first.folder);
	expect(readFileSync(join(first.folder ?? '', 'a.txt'), 'utf8')).toBe('one\n');
	expect(await listCopies(store, 'a1')).toHaveLength(2);
});

test('a link in the place of a folder is taken away, and nothing behind it is touched', async () => {
	const { worktree, commit, keep, before } = await begin();
	const elsewhere = scratchFolder();
	writeFiles(elsewhere, { 'c.txt': 'of somebody else\n' });
	rmSync(join(worktree.path, 'docs/deep'), { recursive: true });
	symlinkSync(elsewhere, join(worktree.path, 'docs/deep'));
	const paths = ['docs/deep/c.txt', 'docs/deep'];
	expect(await keep(...paths)).toMatchObject({ files: 1, left: [] });
	expect(await putBack(worktree, commit, paths)).toEqual({ left: [] });
	expect(readTree(worktree.path)).toEqual(before);
	expect(readFileSync(join(elsewhere, 'c.txt'), 'utf8')).toBe('of somebody else\n');
});

test('where only the file is named, a link above it keeps it from being put back', async () => {
	const { worktree, commit } = await begin();
	const elsewhere = scratchFolder();
	rmSync(join(worktree.path, 'docs'), { recursive: true });
	symlinkSync(elsewhere, join(worktree.path, 'docs'));
	const { left } = await putBack(worktree, commit, ['docs/b.txt']);
	expect(left).toEqual([{ path: 'docs/b.txt', why: expect.stringContaining('link') }]);
	expect(lstatSync(join(worktree.path, 'docs')).isSymbolicLink()).toBe(true);
	expect(existsSync(join(elsewhere, 'b.txt'))).toBe(false);
});

test('a folder with a repository of its own is copied whole and taken away', async () => {
	const { worktree, commit, keep, before } = await begin();
	const nested = join(worktree.path, 'nested');
	mkdirSync(nested);
	gitIn(nested, 'init', '-q');
	writeFileSync(join(nested, 'x'), 'x');
	const kept = await keep('nested');
	expect(existsSync(join(kept.folder ?? '', 'nested/.git/HEAD'))).toBe(true);
	expect(await putBack(worktree, commit, ['nested'])).toEqual({ left: [] });
	expect(readTree(worktree.path)).toEqual(before);
});
