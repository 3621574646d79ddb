// Names of files that are no UTF-8: bytes to git and the file system, never lost on the way through text.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diffStats, diffText } from '../../../src/git/diff.ts';
import { keepCopies } from '../../../src/git/kept-copies.ts';
import { putBack } from '../../../src/git/put-back.ts';
import { takeSnapshot } from '../../../src/git/snapshot.ts';
import { listUncommitted, treeWithUncommitted } from '../../../src/git/uncommitted.ts';
import { nameBytes, nameText } from '../../../src/lib/name-bytes.ts';
import {
	commitFiles,
	gitIn,
	makeRepository,
	makeWorktree,
	open,
	removeAndRestore,
	valueOf,
} from '../../support/repository.ts';
import { makeScratch } from '../../support/scratch.ts';

const latin = Buffer.from('caf\xe9.txt', 'latin1');
const tracked = Buffer.from('tracked-\xff', 'latin1');
const folder = Buffer.from('d\xfcr', 'latin1');

test('a snapshot keeps them: new, changed and in folders', async () => {
	const { worktree, at } = await oddWorktree();
	const taken = valueOf(await takeSnapshot(worktree, 's1'));
	expect(taken).toMatchObject({ files: 4, unreadable: [] });
	const again = await removeAndRestore(worktree, 's1');
	expect(again.path).toBe(worktree.path);
	expect(readFileSync(at(latin), 'utf8')).toBe('new\n');
	expect(readFileSync(at(tracked), 'utf8')).toBe('changed\n');
	expect(readFileSync(at(folder, Buffer.from('/deep')), 'utf8')).toBe('deep\n');
});

test('they land, and the diff shows them and what is beside them', async () => {
	const { worktree } = await oddWorktree();
	const { files } = await listUncommitted(worktree, 'HEAD');
	expect(files.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
		'added caf\udce9.txt',
		'added d\udcfcr/deep',
		'added plain.txt',
		'changed tracked-\udcff',
	]);
	const stats = await diffStats(worktree, 'HEAD', 'HEAD');
	expect(stats).toMatchObject({ files: 4, uncommitted: 4 });
	const { text } = await diffText(worktree, 'HEAD', 'HEAD', false);
	expect(text).toContain('plain.txt');
	const tree = await treeWithUncommitted(worktree, 'HEAD', null);
	const { path } = worktree;
	expect(
		gitIn(path, '-c', 'core.quotePath=true', 'ls-tree', '-r', '--name-only', tree),
	).toBe(`a.txt
"caf\\351.txt"
"d\\374r/deep"
plain.txt
"tracked-\\377"`);
});

test('copies of them are kept, and they are put back as they were', async () => {
	const { worktree, at } = await oddWorktree();
	const { files } = await listUncommitted(worktree, 'HEAD');
	const paths = files.map(({ path }) => path);
	const store = makeScratch();
	const kept = await keepCopies(worktree.path, paths, { store, agent: 'a', name: '1' });
	expect(kept).toMatchObject({ files: 4, left: [] });
	const copy = Buffer.concat([Buffer.from(`${kept.folder}/`), latin]);
	expect(readFileSync(copy, 'utf8')).toBe('new\n');
	const commit = gitIn(worktree.path, 'rev-parse', 'HEAD');
	expect(await putBack(worktree, commit, paths)).toEqual({ left: [] });
	expect(readFileSync(at(tracked), 'utf8')).toBe('old\n');
	expect(existsSync(at(latin))).toBe(false);
	expect(existsSync(at(folder))).toBe(false);
});

test('a name is the same bytes after it was text, whatever they are', () => {
	for (const bytes of [
		latin,
		Buffer.from('ä€😀\ufffd', 'utf8'),
		Buffer.from([0xf0, 0x9f, 0x98, 0x41]),
		Buffer.from([0xed, 0xa0, 0x80, 0xc0, 0x80, 0xfe]),
		Buffer.concat([Buffer.from('\ufffd'), Buffer.from([0xff])]),
	])
		expect(nameBytes(nameText(bytes))).toEqual(bytes);
});

async function oddWorktree() {
	const top = makeRepository({ 'a.txt': 'a\n' });
	writeFileSync(Buffer.concat([Buffer.from(`${top}/`), tracked]), 'old\n');
	commitFiles(top, {});
	const worktree = await makeWorktree(await open(top), 'api');
	const at = (...names: Buffer[]) =>
		Buffer.concat([Buffer.from(`${worktree.path}/`), ...names]);
	writeFileSync(at(latin), 'new\n');
	writeFileSync(at(tracked), 'changed\n');
	mkdirSync(at(folder));
	writeFileSync(at(folder, Buffer.from('/deep')), 'deep\n');
	writeFileSync(join(worktree.path, 'plain.txt'), 'plain\n');
	return { worktree, at };
}
