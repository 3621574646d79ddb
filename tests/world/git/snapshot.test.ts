// Snapshots of a worktree, from taking to dropping them.
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	unlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createWorktree } from '../../../src/git/create-worktree.ts';
import {
	dropSnapshot,
	listAllSnapshots,
	restoreSnapshot,
	takeSnapshot,
} from '../../../src/git/snapshot.ts';
import { listUncommitted } from '../../../src/git/uncommitted.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	makeRepository,
	makeWorktree,
	open,
	planFor,
	readTree,
	removeAndRestore,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

test('a removed worktree comes back byte for byte: changed, deleted, untracked, links, modes', async () => {
	const top = makeRepository({
		'a.txt': 'a\n',
		'b.txt': 'b\n',
		'c/d.txt': 'd\n',
		'run.sh': '',
	});
	const worktree = await makeWorktree(await open(top), 'api');
	commitFiles(worktree.path, { 'committed.txt': 'c\n' });
	rmSync(join(worktree.path, 'c'), { recursive: true });
	writeFiles(worktree.path, {
		'a.txt': 'changed\r\n',
		'b.txt': null,
		c: 'a file now\n',
		'new/deep.bin': '\0\x01\xff',
		'secret.txt': 's\n',
		'with\nbreak "quote"': 'odd\n',
	});
	chmodSync(join(worktree.path, 'run.sh'), 0o755);
	chmodSync(join(worktree.path, 'secret.txt'), 0o600);
	symlinkSync('../outside', join(worktree.path, 'link'));
	const before = readTree(worktree.path);
	const snapshot = valueOf(await takeSnapshot(worktree, 's1'));
	expect(readTree(worktree.path)).toEqual(before);
	expect(snapshot).toMatchObject({
		modes: { 'secret.txt': '600' },
		nested: [],
		unreadable: [],
	});
	const again = await removeAndRestore(worktree, 's1');
	expect(readTree(again.path)).toEqual(before);
	expect(gitIn(again.path, 'log', '--format=%s')).toBe('change\nfirst');
	valueOf(await restoreSnapshot(again, 's1'));
	expect(readTree(again.path)).toEqual(before);
});

test("the state of the agent's index hides nothing from a snapshot", async () => {
	const top = makeRepository({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n' });
	const worktree = await makeWorktree(await open(top), 'api');
	gitIn(worktree.path, 'update-index', '--assume-unchanged', 'a.txt');
	gitIn(worktree.path, 'update-index', '--skip-worktree', 'b.txt');
	gitIn(worktree.path, 'config', 'core.excludesFile', join(worktree.path, 'hide'));
	writeFiles(worktree.path, {
		'a.txt': '1\n',
		'b.txt': '2\n',
		hide: '*\n',
		'hidden.txt': 'h\n',
	});
	writeFileSync(join(worktree.privateDir, 'index.lock'), '');
	const before = readTree(worktree.path);
	expect(valueOf(await takeSnapshot(worktree, 's1')).files).toBe(4);
	writeFileSync(join(worktree.privateDir, 'index'), 'garbage');
	valueOf(await takeSnapshot(worktree, 's2'));
	expect(readTree((await removeAndRestore(worktree, 's2')).path)).toEqual(before);
});

test('a change of no other size in the second of the filling is seen later too', async () => {
	const top = makeRepository({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
	const repository = await open(top);
	const secondOf = (path: string) => Math.floor(lstatSync(path).ctimeMs / 1000);
	let worktree = await makeWorktree(repository, 'api');
	let file = '';
	for (let at = 1; ; at += 1) {
		file = join(worktree.path, 'a.txt');
		const filled = secondOf(file);
		writeFileSync(file, '1\n');
		if (secondOf(file) === filled) break;
		worktree = await makeWorktree(repository, `api${at}`);
	}
	// For time itself: in the same second git reads every file anyway.
	const next = (secondOf(file) + 1) * 1000;
	await expect.poll(() => Date.now() > next).toBe(true);
	expect((await listUncommitted(worktree, 'weir/api')).files).toHaveLength(1);
	expect(valueOf(await takeSnapshot(worktree, 's1')).files).toBe(1);
	expect(gitIn(worktree.path, 'status', '--porcelain')).toBe(' M a.txt');
});

test('files of a repository inside the worktree are kept, even one without a commit', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	for (const name of ['inner', 'empty']) {
		mkdirSync(join(worktree.path, name));
		gitIn(join(worktree.path, name), 'init', '--quiet');
	}
	writeFiles(worktree.path, {
		'inner/file': 'f\n',
		'inner/sub/x': 'x\n',
		'empty/y\nz': 'y\n',
	});
	symlinkSync('file', join(worktree.path, 'inner/link'));
	const before = readTree(worktree.path);
	const snapshot = valueOf(await takeSnapshot(worktree, 's1'));
	expect([...snapshot.nested].sort()).toEqual(['empty', 'inner']);
	const again = await removeAndRestore(worktree, 's1');
	expect(readTree(again.path)).toEqual(before);
});

test('resetting to a snapshot removes what came later and leaves ignored files', async () => {
	const top = makeRepository({ 'a.txt': 'a\n', '.gitignore': '*.log\n' });
	const worktree = await makeWorktree(await open(top), 'api');
	writeFiles(worktree.path, { 'first.txt': '1\n' });
	valueOf(await takeSnapshot(worktree, 's1'));
	const before = readTree(worktree.path);
	writeFiles(worktree.path, {
		'first.txt': null,
		'a.txt': 'z\n',
		'later/x.txt': 'x\n',
		'x.log': 'l\n',
	});
	valueOf(await restoreSnapshot(worktree, 's1'));
	expect(existsSync(join(worktree.path, 'later'))).toBe(false);
	expect(readFileSync(join(worktree.path, 'x.log'), 'utf8')).toBe('l\n');
	unlinkSync(join(worktree.path, 'x.log'));
	expect(readTree(worktree.path)).toEqual(before);
});

test('a snapshot id is taken once, listed, dropped on wish', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	const first = valueOf(await takeSnapshot(worktree, 's1'));
	writeFiles(worktree.path, { 'later.txt': 'l\n' });
	expect(valueOf(await takeSnapshot(worktree, 's1'))).toEqual(first);
	valueOf(await takeSnapshot(worktree, 's2'));
	const ids = async () => (await listAllSnapshots(repository)).map(({ id }) => id).sort();
	expect(await ids()).toEqual(['s1', 's2']);
	await dropSnapshot(repository, 'api', 's1');
	await dropSnapshot(repository, 'api', 's1');
	expect(await ids()).toEqual(['s2']);
	expect(codeOf(await restoreSnapshot(worktree, 's1'))).toBe('snapshot.unknown');
});

test('a worktree that was not filled yet is not taken for one with everything deleted', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const worktree = valueOf(await createWorktree(repository, planFor(repository, 'api')));
	const snapshot = valueOf(await takeSnapshot(worktree, 's1'));
	expect(gitIn(top, 'diff', '--name-only', 'main', snapshot.commit)).toBe('');
});
