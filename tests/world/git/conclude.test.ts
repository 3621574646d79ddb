// What is left of a merge in a worktree, a side taken, and the commit of what was resolved, with real git.
import {
	existsSync,
	lstatSync,
	readlinkSync,
	symlinkSync,
	unlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { concludeMerge } from '../../../src/git/conclude-merge.ts';
import { listConflicts, takeSide } from '../../../src/git/conflicts.ts';
import { bringSide } from '../../../src/git/sync.ts';
import type { Worktree } from '../../../src/git/worktree.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	makeRepository,
	makeWorktree,
	open,
	scratchFolder,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

type Change = Parameters<typeof commitFiles>[1];

/** A worktree in the middle of the merge of `agent` into what `base` changed. */
async function merging(before: Record<string, string>, base: Change, agent: Change) {
	const top = makeRepository(before);
	const repository = await open(top);
	const author = await makeWorktree(repository, 'api');
	const commit = commitFiles(author.path, agent);
	gitIn(top, 'fetch', '--quiet', author.privateDir, commit);
	const tip = commitFiles(top, base);
	const worktree = await makeWorktree(repository, 'api-hand');
	const side = { branch: 'weir/api', commit, before: null };
	valueOf(await bringSide(worktree, 'main', side));
	return { top, worktree, commit, tip, side };
}

const paths = async (worktree: Worktree) =>
	(await listConflicts(worktree)).map(({ path, kind, special, resolved }) =>
		[path, kind, special, resolved].join(' '),
	);

test('the merge of a side is begun once, and again after a crash', async () => {
	const { worktree, side, tip, commit } = await merging(
		{ 'a.txt': 'a\n' },
		{ 'a.txt': 'base\n' },
		{ 'a.txt': 'agent\n' },
	);
	const status = gitIn(worktree.path, 'status', '--porcelain');
	expect(status).toBe('UU a.txt');
	writeFiles(worktree.path, { 'a.txt': 'resolved\n' });
	expect(valueOf(await bringSide(worktree, 'main', side)).conflicts).toEqual(['a.txt']);
	expect(gitIn(worktree.path, 'show', ':2:a.txt')).toBe('base');
	expect(await paths(worktree)).toEqual(['a.txt both-changed  true']);
	const merged = valueOf(await concludeMerge(worktree, 'Merge it\n'));
	expect(gitIn(worktree.path, 'show', '-s', '--format=%P %s', merged)).toBe(
		`${tip} ${commit} Merge it`,
	);
	expect(gitIn(worktree.path, 'show', 'HEAD:a.txt')).toBe('resolved');
	expect(gitIn(worktree.path, 'status', '--porcelain')).toBe('');
	expect(existsSync(join(worktree.privateDir, 'MERGE_HEAD'))).toBe(false);
	expect(valueOf(await bringSide(worktree, 'main', side)).kind).toBe('up-to-date');
});

test('what is not resolved is not committed; done again it makes no second commit', async () => {
	const { worktree, commit } = await merging(
		{ 'a.txt': 'a\n', 'b.txt': 'b\n' },
		{ 'a.txt': 'base\n' },
		{ 'a.txt': 'agent\n' },
	);
	expect(codeOf(await concludeMerge(worktree, 'Merge it\n'))).toBe('conflict.left');
	// Another file changed beside it is part of it, a copy of an editor's is not.
	writeFiles(worktree.path, { 'a.txt': 'both\n', 'b.txt': 'fits\n', 'a.txt~': 'old\n' });
	const merged = valueOf(await concludeMerge(worktree, 'Merge it\n'));
	expect(gitIn(worktree.path, 'ls-tree', '--name-only', merged)).toBe('a.txt\nb.txt');
	expect(gitIn(worktree.path, 'show', `${merged}:b.txt`)).toBe('fits');
	// The crash came before the merge's files were gone.
	writeFileSync(join(worktree.privateDir, 'MERGE_HEAD'), `${commit}\n`);
	expect(valueOf(await concludeMerge(worktree, 'Merge it\n'))).toBe(merged);
	expect(existsSync(join(worktree.privateDir, 'MERGE_HEAD'))).toBe(false);
	writeFiles(worktree.path, { 'a.txt': 'better\n' });
	const more = valueOf(await concludeMerge(worktree, 'More\n'));
	expect(gitIn(worktree.path, 'rev-parse', `${more}^`)).toBe(merged);
});

test('what no marker shows is left until a side is taken, or what stands there', async () => {
	const { worktree } = await merging(
		{ 'a.txt': 'a\n', 'gone.txt': 'x\n', 'kept.txt': 'x\n', bin: 'a\0', same: 's\n' },
		{ 'gone.txt': null, 'kept.txt': 'base\n', bin: 'base\0', 'both.txt': 'base\n' },
		{ 'gone.txt': 'agent\n', 'kept.txt': null, bin: 'agent\0', 'both.txt': 'agent\n' },
	);
	expect(await paths(worktree)).toEqual([
		'bin both-changed binary false',
		'both.txt both-added  false',
		'gone.txt deleted-by-ours  false',
		'kept.txt deleted-by-theirs  false',
	]);
	const take = async (path: string, side: 'ours' | 'theirs' | 'here') =>
		valueOf(await takeSide(worktree, path, side));
	await take('bin', 'theirs');
	await take('both.txt', 'here');
	await take('gone.txt', 'ours');
	await take('kept.txt', 'theirs');
	expect(codeOf(await takeSide(worktree, 'a.txt', 'ours'))).toBe('conflict.unknown');
	expect(await paths(worktree)).toEqual([]);
	const merged = valueOf(await concludeMerge(worktree, 'Merge it\n'));
	expect(gitIn(worktree.path, 'ls-tree', '--name-only', merged).split('\n')).toEqual([
		...['a.txt', 'bin', 'both.txt', 'same'],
	]);
	expect(gitIn(worktree.path, 'show', `${merged}:bin`)).toBe('agent\0');
	expect(gitIn(worktree.path, 'show', `${merged}:both.txt`)).toContain('<<<<<<<');
	expect(existsSync(join(worktree.path, 'kept.txt'))).toBe(false);
});

test('a link is a side as it is, and nothing is read or written by way of one', async () => {
	const outside = join(scratchFolder(), 'outside.txt');
	writeFileSync(outside, '<<<<<<< mine\n');
	const top = makeRepository({ 'a.txt': 'a\n' });
	const repository = await open(top);
	const author = await makeWorktree(repository, 'api');
	symlinkSync(outside, join(author.path, 'link'));
	const commit = commitFiles(author.path, { 'sub/in.txt': 'agent\n' });
	gitIn(top, 'fetch', '--quiet', author.privateDir, commit);
	symlinkSync('a.txt', join(top, 'link'));
	commitFiles(top, { 'sub/in.txt': 'base\n' });
	const worktree = await makeWorktree(repository, 'api-hand');
	valueOf(
		await bringSide(worktree, 'main', { branch: 'weir/api', commit, before: null }),
	);
	expect(await paths(worktree)).toEqual([
		'link both-added link false',
		'sub/in.txt both-added  false',
	]);
	valueOf(await takeSide(worktree, 'link', 'theirs'));
	expect(readlinkSync(join(worktree.path, 'link'))).toBe(outside);
	// Its folder is a link now: what lies behind that is not what is in conflict.
	unlinkSync(join(worktree.path, 'sub/in.txt'));
	gitIn(worktree.path, 'clean', '-fdq');
	const [left] = await listConflicts(worktree);
	expect(left).toMatchObject({ path: 'sub/in.txt', line: null, resolved: false });
	valueOf(await takeSide(worktree, 'sub/in.txt', 'theirs'));
	expect(lstatSync(outside).isFile()).toBe(true);
	valueOf(await concludeMerge(worktree, 'Merge it\n'));
	expect(gitIn(worktree.path, 'show', 'HEAD:sub/in.txt')).toBe('agent');
});
