import { cpSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { resolveBase } from '../../../src/git/base.ts';
import { buildCandidate } from '../../../src/git/candidate.ts';
import { followHome, readHome, settleHome } from '../../../src/git/home.ts';
import { userIdentity } from '../../../src/git/identity.ts';
import { listCommits, mainStatus } from '../../../src/git/porcelain.ts';
import { publish } from '../../../src/git/publish.ts';
import { removeWorktree } from '../../../src/git/remove-worktree.ts';
import { repairPointer } from '../../../src/git/repair-pointer.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { restoreSnapshot, takeSnapshot } from '../../../src/git/snapshot.ts';
import { listUncommitted } from '../../../src/git/uncommitted.ts';
import { checkPointer, findWorktree } from '../../../src/git/worktree.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	makeRepository,
	makeWorktree,
	open,
	planFor,
	readTree,
	scratchFolder,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

test('a folder that is no repository, and one that does not exist, are refused', async () => {
	const folder = scratchFolder();
	expect(codeOf(await openRepository(folder))).toBe('repository.none');
	expect(codeOf(await openRepository(join(folder, 'nowhere')))).toBe('repository.none');
});

test('a repository without commits is refused, with the command', async () => {
	const folder = scratchFolder();
	gitIn(folder, 'init', '--quiet');
	const refused = await openRepository(folder);
	expect(codeOf(refused)).toBe('repository.no-commits');
	expect(refused.ok ? '' : refused.refusal.allow).toBe(
		"git commit --allow-empty -m 'Start'",
	);
});

test('opening finds the top from below, through links, and from a linked worktree', async () => {
	const top = makeRepository();
	const link = join(scratchFolder(), 'link');
	symlinkSync(top, link);
	const linked = join(scratchFolder(), 'linked');
	gitIn(top, 'worktree', 'add', '--quiet', '--detach', linked);
	for (const folder of [join(top, 'src'), link, join(link, 'src'), linked]) {
		expect(await open(folder)).toMatchObject({
			root: top,
			commonDir: join(top, '.git'),
		});
	}
});

test('git that is missing, broken or too old is named', async () => {
	const top = makeRepository();
	const path = process.env['PATH'];
	onTestFinished(() => {
		process.env['PATH'] = path;
	});
	const folder = scratchFolder();
	process.env['PATH'] = folder;
	expect(codeOf(await openRepository(top))).toBe('git.missing');
	// It knows that one question, as a very old one may.
	const script = '#!/bin/sh\n[ "$*" = --version ] && echo git version 2.30.1\n';
	writeFileSync(join(folder, 'git'), script, { mode: 0o755 });
	const refused = await openRepository(top);
	expect(codeOf(refused)).toBe('git.too-old');
	expect(refused.ok ? '' : refused.refusal.message).toContain('2.30.1');
	writeFileSync(join(folder, 'git'), '#!/bin/sh\necho no tools >&2\nexit 1\n');
	const broken = await openRepository(top);
	expect(codeOf(broken)).toBe('git.broken');
	expect(broken.ok ? '' : broken.refusal.message).toBe('git --version fails: no tools');
});

test('a bare repository works: worktree, commit, publish', async () => {
	const bare = join(scratchFolder(), 'bare.git');
	gitIn('/', 'clone', '--quiet', '--bare', makeRepository(), bare);
	const repository = await open(bare);
	expect(repository.root).toBeNull();
	const worktree = await makeWorktree(repository, 'api');
	gitIn(worktree.path, 'config', 'user.name', 'P');
	gitIn(worktree.path, 'config', 'user.email', 'p');
	const commit = commitFiles(worktree.path, { 'x.txt': 'x\n' });
	expect(valueOf(await publish(worktree)).tip).toBe(commit);
	expect(await mainStatus(repository)).toBeNull();
});

test('a shallow repository works: worktree, log, commit, publish, snapshot', async () => {
	const source = makeRepository();
	for (const round of ['1', '2', '3']) commitFiles(source, { 'r.txt': round });
	const top = join(scratchFolder(), 'shallow');
	gitIn('/', 'clone', '--quiet', '--depth=2', `file://${source}`, top);
	gitIn(top, 'config', 'user.name', 'P');
	gitIn(top, 'config', 'user.email', 'p');
	const repository = await open(top);
	expect(repository.shallow).toBe(true);
	const worktree = await makeWorktree(repository, 'api');
	expect(gitIn(worktree.path, 'rev-list', '--count', 'HEAD')).toBe('2');
	const commit = commitFiles(worktree.path, { 'x.txt': 'x\n' });
	expect(valueOf(await publish(worktree)).tip).toBe(commit);
	valueOf(await takeSnapshot(worktree, 's1'));
	expect(gitIn(top, 'fsck', '--connectivity-only')).toBe('');
});

test('a partial clone is refused, with the command that completes it', async () => {
	const source = makeRepository();
	gitIn(source, 'config', 'uploadpack.allowFilter', 'true');
	const top = join(scratchFolder(), 'partial');
	gitIn('/', 'clone', '--quiet', '--filter=blob:none', `file://${source}`, top);
	expect(codeOf(await openRepository(top))).toBe('repository.partial');
});

test('submodules stay empty folders and are no change; what is set up in them is kept', async () => {
	const inner = makeRepository();
	const top = makeRepository();
	gitIn(
		top,
		'-c',
		'protocol.file.allow=always',
		'submodule',
		'--quiet',
		'add',
		inner,
		'lib',
	);
	gitIn(top, 'commit', '--quiet', '-m', 'submodule');
	const repository = await open(top);
	const main = gitIn(top, 'rev-parse', 'main');
	expect(await repository.readings.gitlinks.of(main)).toEqual(['lib']);
	const worktree = await makeWorktree(repository, 'api');
	expect(gitIn(worktree.path, 'status', '--porcelain')).toBe('');
	expect(valueOf(await takeSnapshot(worktree, 's1')).files).toBe(0);
	gitIn(
		worktree.path,
		'-c',
		'protocol.file.allow=always',
		'submodule',
		'--quiet',
		'update',
		'--init',
	);
	writeFiles(worktree.path, { 'lib/a.txt': 'changed\n', 'lib/new.txt': 'new\n' });
	const before = readTree(worktree.path);
	expect((await listUncommitted(worktree, main)).nested).toEqual(['lib']);
	valueOf(await takeSnapshot(worktree, 's2'));
	valueOf(await restoreSnapshot(worktree, 's1'));
	await removeWorktree(worktree, true);
	const again = await makeWorktree(repository, 'api');
	valueOf(await restoreSnapshot(again, 's2'));
	expect(readTree(again.path)).toEqual(before);
	expect(gitIn(again.path, 'status', '--porcelain')).toBe('');
	// git sees none of these files, as if a program had put them there: they are kept all the same.
	expect((await listUncommitted(again, main)).nested).toEqual(['lib']);
	expect(valueOf(await takeSnapshot(again, 's3')).nested).toEqual(['lib']);
});

test('a sha256 repository works', async () => {
	const top = makeRepository({ 'a.txt': 'a\n' }, '--object-format=sha256');
	const worktree = await makeWorktree(await open(top), 'api');
	const commit = commitFiles(worktree.path, { 'x.txt': 'x\n' });
	expect(commit).toHaveLength(64);
	expect(valueOf(await publish(worktree)).tip).toBe(commit);
	const before = readTree(worktree.path);
	valueOf(await takeSnapshot(worktree, 's1'));
	writeFiles(worktree.path, { 'a.txt': 'z' });
	valueOf(await restoreSnapshot(worktree, 's1'));
	expect(readTree(worktree.path)).toEqual(before);
});

test('the base is what was asked for, else origin/HEAD, else the default, else the checkout', async () => {
	const top = makeRepository();
	for (const branch of ['trunk', 'remote', 'mine']) gitIn(top, 'branch', branch);
	const repository = await open(top);
	const base = async (asked: string | null = null) =>
		valueOf(await resolveBase(repository, asked, 'weir/'));
	gitIn(top, 'switch', '--quiet', 'mine');
	expect((await base()).branch).toBe('mine');
	gitIn(top, 'config', 'init.defaultBranch', 'trunk');
	expect((await base()).branch).toBe('trunk');
	gitIn(top, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/remote');
	expect((await base()).branch).toBe('remote');
	expect((await base('main')).branch).toBe('main');
	expect(await base('HEAD')).toEqual({
		branch: null,
		commit: gitIn(top, 'rev-parse', 'HEAD'),
	});
	for (const asked of ['nowhere', '--all', 'a b', '']) {
		expect(codeOf(await resolveBase(repository, asked, 'weir/'))).toBe('base.unknown');
	}
});

test('a detached HEAD leaves no base to guess', async () => {
	const top = makeRepository();
	for (const branch of ['trunk', 'weir/api']) gitIn(top, 'branch', branch);
	gitIn(top, 'switch', '--quiet', '--detach');
	const none = await resolveBase(await open(top), null, 'weir/');
	expect(codeOf(none)).toBe('base.unknown');
	expect(none).toMatchObject({
		refusal: { allow: expect.stringContaining('--base (main, trunk), or once for all') },
	});
	gitIn(top, 'branch', '-D', 'main', 'trunk');
	gitIn(top, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
	expect(await resolveBase(await open(top), null, 'weir/')).toMatchObject({
		refusal: { allow: expect.stringContaining('git switch -c main') },
	});
});

test('agents follow a repository that was moved; a copy is refused', async () => {
	const top = makeRepository();
	const repository = await open(top);
	expect(valueOf(await readHome(repository)).kind).toBe('new');
	await settleHome(repository);
	const worktree = await makeWorktree(repository, 'api');
	const copy = join(scratchFolder(), 'copy');
	cpSync(top, copy, { recursive: true });
	expect(codeOf(await readHome(await open(copy)))).toBe('repository.copied');
	const there = join(dirname(top), 'moved');
	renameSync(top, there);
	expect(() => gitIn(worktree.path, 'log')).toThrow('Command failed');
	const moved = await open(there);
	expect(valueOf(await readHome(moved))).toEqual({
		kind: 'moved',
		from: join(top, '.git'),
	});
	const found = valueOf(await findWorktree(moved, planFor(moved, 'api')));
	await followHome(found);
	await settleHome(moved);
	expect(valueOf(await readHome(moved)).kind).toBe('same');
	// Another repository where it was makes no copy of it.
	renameSync(there, join(dirname(top), 'further'));
	gitIn(dirname(top), 'clone', '--quiet', 'further', 'moved');
	await settleHome(await open(there));
	const further = await open(join(dirname(top), 'further'));
	expect(valueOf(await readHome(further)).kind).toBe('moved');
	rmSync(there, { recursive: true });
	renameSync(join(dirname(top), 'further'), there);
	const commit = commitFiles(worktree.path, { 'x.txt': 'x\n' });
	expect(valueOf(await publish(found)).tip).toBe(commit);
	expect((await open(worktree.path)).root).toBe(there);
});

test('a re-pointed worktree is turned back with the commits made in between', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	gitIn(top, 'worktree', 'repair', worktree.path);
	const commit = commitFiles(worktree.path, { 'x.txt': 'x\n' });
	writeFiles(worktree.path, { 'open.txt': 'o\n' });
	await repairPointer(worktree);
	await repairPointer(worktree);
	valueOf(await checkPointer(worktree));
	expect(gitIn(worktree.path, 'rev-parse', 'HEAD')).toBe(commit);
	expect(gitIn(worktree.path, 'status', '--porcelain')).toBe('?? open.txt');
});

test('commits and status are those a person would read', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const main = gitIn(top, 'rev-parse', 'main');
	gitIn(top, 'switch', '--quiet', '-c', 'work');
	const tip = commitFiles(top, { 'x.txt': 'x\n' }, 'Subject; with "odd" òß parts');
	expect(await listCommits(repository, main, tip)).toMatchObject([
		{ hash: tip, author: 'Person', subject: 'Subject; with "odd" òß parts' },
	]);
	expect(await listCommits(repository, tip, main)).toEqual([]);
	writeFiles(top, { 'a.txt': 'dirty\n', 'new folder/y.txt': 'y\n' });
	expect(await mainStatus(repository)).toEqual({
		branch: 'work',
		dirty: ['a.txt', 'new folder/y.txt'],
	});
});

test('a candidate needs no identity of the user', async () => {
	const top = makeRepository();
	gitIn(top, 'config', '--unset', 'user.name');
	gitIn(top, 'config', '--unset', 'user.email');
	gitIn(top, 'config', 'user.useConfigOnly', 'true');
	const home = process.env['HOME'];
	process.env['HOME'] = '/nonexistent';
	onTestFinished(() => {
		process.env['HOME'] = home;
	});
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	writeFiles(worktree.path, { 'x.txt': 'x\n' });
	const plan = { id: 'c', uncommitted: null, message: 'm' };
	const { commit } = valueOf(await buildCandidate(worktree, plan));
	expect(gitIn(top, 'log', '-1', '--format=%an', commit)).toBe('weir');
	expect(codeOf(await userIdentity(repository))).toBe('git.no-identity');
});
