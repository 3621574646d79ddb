import {
	chmodSync,
	mkdirSync,
	readdirSync,
	renameSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { stampOf } from '../../../src/git/file-stamps.ts';
import type { Repository } from '../../../src/git/repository.ts';
import { takeSnapshot } from '../../../src/git/snapshot.ts';
import { treeOnDisk } from '../../../src/git/tree-on-disk.ts';
import { openTreeStore, pruneTreeStore } from '../../../src/git/tree-store.ts';
import { treeWithUncommitted } from '../../../src/git/uncommitted.ts';
import type { Worktree } from '../../../src/git/worktree.ts';
import { gitScript, runAsNobody } from '../../support/git-script.ts';
import { openLander } from '../../support/landing.ts';
import {
	codeOf,
	gitIn,
	lines,
	makeRepository,
	makeWorktree,
	open,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

const treeAt = async (worktree: Worktree, tip = 'weir/api') => {
	const commit = gitIn(worktree.repository.commonDir, 'rev-parse', tip);
	return valueOf(await treeOnDisk(worktree, commit));
};

const storeOf = async (repository: Repository) =>
	dirname((await openTreeStore(repository)).objects);

function objectsIn(folder: string): number {
	const said = gitIn(folder, 'count-objects', '-v');
	return Number(/^count: (\d+)$/m.exec(said)?.[1]);
}

test('the tree has what is changed, deleted, linked and new, and not what is ignored', async () => {
	const { top, repository, worktree } = await openLander();
	const { path } = worktree;
	expect(await treeAt(worktree)).toBe(gitIn(top, 'rev-parse', 'main^{tree}'));
	writeFiles(path, {
		'a.txt': 'changed\n',
		'src/b.txt': null,
		'src/b.txt/now-a-folder': 'x\n',
		'new/deep/file.txt': 'new\n',
		'odd\n"name': 'odd\n',
		'.gitignore': '*.log\n',
		'noise.log': 'ignored\n',
	});
	symlinkSync('a.txt', join(path, 'link'));
	writeFileSync(join(path, 'run.sh'), '#!/bin/sh\n', { mode: 0o755 });
	const before = objectsIn(top);
	const tree = await treeAt(worktree);
	expect(objectsIn(top)).toBe(before);
	expect(tree).toBe(await treeWithUncommitted(worktree, 'weir/api', null));
	const store = await storeOf(repository);
	const listed = gitIn(store, 'ls-tree', '-r', '-z', '--name-only', tree).split('\0');
	expect(listed.filter(Boolean)).toEqual([
		'.gitignore',
		'a.txt',
		'link',
		'new/deep/file.txt',
		'odd\n"name',
		'run.sh',
		'src/b.txt/now-a-folder',
	]);
	rmSync(join(path, 'src/b.txt'), { recursive: true });
	writeFiles(path, { 'src/b.txt': 'b\n', 'a.txt': lines(1, 20), '.gitignore': null });
	for (const left of ['new', 'odd\n"name', 'link', 'run.sh', 'noise.log'])
		rmSync(join(path, left), { recursive: true });
	expect(await treeAt(worktree)).toBe(gitIn(top, 'rev-parse', 'main^{tree}'));
});

test('an edit of the same second, size and time of its file is in the tree', async () => {
	const { worktree } = await openLander();
	const file = join(worktree.path, 'src/b.txt');
	for (const letter of ['c', 'd', 'e', 'f']) {
		await treeAt(worktree);
		const when = new Date(1_700_000_000_000);
		writeFileSync(file, `${letter}\n`);
		utimesSync(file, when, when);
		const tree = await treeAt(worktree);
		expect(tree).toBe(await treeWithUncommitted(worktree, 'weir/api', null));
	}
});

test('files that stand as they did are the same tree, and one that is dropped is made again', async () => {
	const { worktree, repository } = await openLander();
	const places = ['a.txt', 'new'].map((name) => join(worktree.path, name));
	writeFiles(worktree.path, { 'a.txt': 'one\n', new: 'new\n' });
	const old = async () => {
		while ((await stampOf(places)) === null) await sleep(10);
	};
	await old();
	const first = await treeAt(worktree);
	expect(await treeAt(worktree)).toBe(first);
	const hold = { keep: [], mostBytes: 0, olderThanMs: -5000 };
	await pruneTreeStore(repository, hold);
	expect(await treeAt(worktree)).toBe(first);
	const store = await storeOf(repository);
	gitIn(store, 'ls-tree', '-r', first);
	writeFiles(worktree.path, { 'a.txt': 'two\n' });
	await old();
	const second = await treeAt(worktree);
	expect(gitIn(store, 'cat-file', '-p', `${second}:a.txt`)).toBe('two');
	rmSync(join(worktree.path, 'new'));
	expect(gitIn(store, 'ls-tree', '--name-only', await treeAt(worktree), 'new')).toBe('');
});

test('looks follow a tip that moves, and take ignored files that it tracks', async () => {
	const { worktree } = await openLander();
	const { path } = worktree;
	writeFiles(path, { '.gitignore': '*.gen\n', 'one.gen': '1\n', 'two.gen': '2\n' });
	gitIn(path, 'add', '-f', 'one.gen', '.gitignore');
	gitIn(path, 'commit', '--quiet', '-m', 'generated');
	const tip = gitIn(path, 'rev-parse', 'HEAD');
	gitIn(worktree.repository.commonDir, 'fetch', '--quiet', worktree.privateDir, tip);
	await treeAt(worktree);
	const tree = await treeAt(worktree, tip);
	expect(tree).toBe(gitIn(path, 'rev-parse', 'HEAD^{tree}'));
	writeFiles(path, { 'one.gen': 'more\n' });
	expect(await treeAt(worktree, tip)).toBe(
		await treeWithUncommitted(worktree, tip, null),
	);
});

test('what differs from its blob by conversion alone is as git has it', async () => {
	const top = makeRepository({
		'.gitattributes': '*.txt text eol=crlf\n',
		'a.txt': 'a\nb\n',
	});
	const worktree = await makeWorktree(await open(top), 'api');
	writeFiles(worktree.path, { 'a.txt': 'a\r\nb\r\n', 'new.txt': 'n\r\n' });
	const tree = await treeAt(worktree);
	const store = await storeOf(worktree.repository);
	expect(gitIn(store, 'cat-file', 'blob', `${tree}:new.txt`)).toBe('n');
	expect(gitIn(store, 'rev-parse', `${tree}:a.txt`)).toBe(
		gitIn(top, 'rev-parse', 'main:a.txt'),
	);
});

test('a repository inside is left out, and nothing of its own runs', async () => {
	const { top, worktree } = await openLander();
	const inner = join(worktree.path, 'inner');
	mkdirSync(inner);
	gitIn(inner, 'init', '--quiet');
	const ran = join(top, 'ran');
	gitIn(inner, 'config', 'core.fsmonitor', `touch ${ran}; false`);
	writeFiles(inner, { 'f.txt': 'f\n' });
	writeFiles(worktree.path, { 'a.txt': 'a\n' });
	const tree = await treeAt(worktree);
	expect(tree).toBe(await treeWithUncommitted(worktree, 'weir/api', null));
	expect(readdirSync(top)).not.toContain('ran');
});

test('a worktree that is gone is refused, and a damaged index of a look mends', async () => {
	const { worktree, top } = await openLander();
	writeFiles(worktree.path, { 'a.txt': 'changed\n' });
	const tree = await treeAt(worktree);
	const tip = gitIn(top, 'rev-parse', 'main');
	const kept = readdirSync(worktree.stateDir).filter((name) => name.startsWith('disk-'));
	expect(kept).toEqual([`disk-${tip}`]);
	writeFileSync(join(worktree.stateDir, `disk-${tip}`), 'no index');
	expect(codeOf(await treeOnDisk(worktree, tip))).toBe('tree.failed');
	expect(await treeAt(worktree)).toBe(tree);
	renameSync(worktree.path, `${worktree.path}-away`);
	expect(codeOf(await treeOnDisk(worktree, tip))).toBe('worktree.missing');
});

test('files and folders that cannot be read are named', async () => {
	const { top, worktree } = await openLander();
	writeFiles(worktree.path, { 'secret.txt': 's\n', 'closed/in.txt': 'i\n' });
	const tip = gitIn(top, 'rev-parse', 'main');
	const root = dirname(worktree.path);
	const name = { agent: 'api', branch: 'weir/api', root };
	const script = gitScript(
		{
			openRepository: 'repository.ts',
			findWorktree: 'worktree.ts',
			treeOnDisk: 'tree-on-disk.ts',
		},
		[
			`const { value: repository } = await openRepository(${JSON.stringify(top)});`,
			`const { value: worktree } = await findWorktree(repository, ${JSON.stringify(name)});`,
			`const said = await treeOnDisk(worktree, '${tip}');`,
			"console.log(said.ok ? said.value : said.refusal.code + ': ' + said.refusal.message);",
		],
	);
	const look = runAsNobody(script, dirname(top));
	expect(look()).toMatch(/^[0-9a-f]{40}$/);
	chmodSync(join(worktree.path, 'secret.txt'), 0);
	expect(look()).toMatch(/^tree\.unreadable: secret\.txt cannot be read/);
	chmodSync(join(worktree.path, 'secret.txt'), 0o600);
	chmodSync(join(worktree.path, 'closed'), 0);
	expect(look()).toMatch(/^tree\.unreadable: closed cannot be read/);
	chmodSync(join(worktree.path, 'closed'), 0o700);
	chmodSync(join(worktree.path, 'src'), 0);
	expect(look()).toMatch(/^tree\.unreadable: src cannot be read/);
	chmodSync(join(worktree.path, 'src'), 0o700);
});

test('the store keeps the trees that are needed and drops the others', async () => {
	const { repository, worktree } = await openLander();
	const trees: string[] = [];
	for (let at = 0; at < 20; at += 1) {
		writeFiles(worktree.path, { 'a.txt': `${at}\n`, [`new${at}`]: `${at}\n` });
		trees.push(await treeAt(worktree));
	}
	const store = await storeOf(repository);
	const [first = '', second = '', third = ''] = trees;
	const before = objectsIn(store);
	const most = { keep: [first, second], mostBytes: 1e9, olderThanMs: 0 };
	await pruneTreeStore(repository, most);
	expect(objectsIn(store)).toBe(before);
	await pruneTreeStore(repository, { ...most, mostBytes: 0, olderThanMs: 60_000 });
	expect(objectsIn(store)).toBe(before);
	const gone = '0123456789012345678901234567890123456789';
	const hold = { keep: [first, gone, second], mostBytes: 0, olderThanMs: -5000 };
	const { bytes } = await pruneTreeStore(repository, hold);
	expect(bytes).toBeGreaterThan(0);
	expect(objectsIn(store)).toBe(4);
	expect(gitIn(store, 'ls-tree', '--name-only', '-r', second).split('\n')).toContain(
		'new1',
	);
	expect(() => gitIn(store, 'cat-file', '-e', third)).toThrow('cat-file');
	expect(await treeAt(worktree)).toBe(trees.at(-1));
	gitIn(store, 'ls-tree', '-r', trees.at(-1) ?? '');
});

test('a folder whose place a link has taken is a link, whatever that leads to', async () => {
	const { repository, worktree } = await openLander();
	const { path } = worktree;
	renameSync(join(path, 'src'), join(dirname(path), 'moved'));
	symlinkSync(join(dirname(path), 'moved'), join(path, 'src'));
	const tree = await treeAt(worktree);
	expect(tree).toBe(await treeWithUncommitted(worktree, 'weir/api', null));
	const store = await storeOf(repository);
	const listed = gitIn(store, 'ls-tree', '-r', tree).split('\n');
	expect(listed.filter((line) => /\tsrc/.test(line))).toEqual([
		expect.stringMatching(/^120000 blob [0-9a-f]+\tsrc$/),
	]);
	gitIn(path, 'add', '--all');
	expect(tree).toBe(gitIn(path, 'write-tree'));
	const taken = valueOf(await takeSnapshot(worktree, 's1'));
	expect(gitIn(repository.commonDir, 'rev-parse', `${taken.commit}^{tree}`)).toBe(tree);
	// A folder again, it is one again.
	rmSync(join(path, 'src'));
	renameSync(join(dirname(path), 'moved'), join(path, 'src'));
	gitIn(path, 'reset', '--quiet', '--hard');
	expect(await treeAt(worktree)).toBe(gitIn(path, 'rev-parse', 'HEAD^{tree}'));
});
