// Agents that start from what stands in a worktree of the user's, uncommitted files included.
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MergeJson, refusal, start } from '../support/agents.ts';
import { commitFiles, gitIn } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
let there: string;
const git = (...args: string[]) => gitIn(weir.repo, ...args);

beforeAll(() => {
	weir = scratchWeir();
	commitFiles(weir.repo, { 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n' }, 'begin');
	there = join(weir.folder, 'there');
	git('worktree', 'add', '--quiet', '-b', 'mine', there);
	commitFiles(there, { 'd.txt': 'd\n' }, 'on mine');
	writeFileSync(join(there, 'a.txt'), 'changed\n');
	rmSync(join(there, 'b.txt'));
	writeFileSync(join(there, 'c.txt'), 'staged\n');
	gitIn(there, 'add', 'c.txt');
	writeFileSync(join(there, 'new file'), '#!/bin/sh\n');
	chmodSync(join(there, 'new file'), 0o755);
});
afterAll(() => weir.close());

function stateOf(folder: string): string {
	return gitIn(folder, 'status', '--porcelain=v2', '--untracked-files=all');
}

test('they have its commits and its uncommitted files, on a branch of their own', async () => {
	const before = stateOf(there);
	const index = readFileSync(join(weir.repo, '.git', 'worktrees', 'there', 'index'));
	const made = await weir.run(
		'new',
		'x',
		'y',
		'--worktree',
		there,
		'--',
		'sleep',
		'1000',
	);
	expect(made).toMatchObject({ code: 0 });
	expect(made.stderr).toContain(`4 uncommitted files of ${there} taken along`);
	for (const name of ['x', 'y']) {
		const { worktree, branch, base } = await weir.agent(name);
		expect(branch).toBe(`weir/${name}`);
		expect(base).toEqual({ branch: 'main', commit: git('rev-parse', 'main') });
		expect(gitIn(worktree, 'rev-parse', 'HEAD')).toBe(git('rev-parse', 'mine'));
		expect(readFileSync(join(worktree, 'a.txt'), 'utf8')).toBe('changed\n');
		expect(existsSync(join(worktree, 'b.txt'))).toBe(false);
		// Nothing of it is staged: whoever works there commits what it wants.
		expect(gitIn(worktree, 'status', '--porcelain').split('\n').toSorted()).toEqual([
			' D b.txt',
			' M a.txt',
			' M c.txt',
			'?? "new file"',
		]);
		expect(gitIn(worktree, 'ls-files', '-s', 'a.txt')).toContain('100644');
	}
	expect(stateOf(there)).toBe(before);
	expect(readFileSync(join(weir.repo, '.git', 'worktrees', 'there', 'index'))).toEqual(
		index,
	);
});

test('it lands what was committed there and what the agent commits', async () => {
	const { worktree } = await weir.agent('x');
	gitIn(worktree, 'add', '--all');
	gitIn(worktree, 'commit', '--quiet', '-m', 'all of it');
	const { landings } = await weir.json<MergeJson>('merge', 'x');
	expect(landings).toMatchObject([{ phase: 'landed' }]);
	expect(git('ls-tree', '--name-only', 'main').split('\n')).toEqual(
		expect.arrayContaining(['a.txt', 'c.txt', 'd.txt', 'new file']),
	);
	expect(git('show', 'main:a.txt')).toBe('changed');
	expect(git('ls-tree', 'main', 'new file')).toMatch(/^100755/);
});

test('a folder below it counts as well, and the main checkout is one', async () => {
	writeFileSync(join(weir.repo, 'draft.txt'), 'draft\n');
	const { worktree } = await start(
		weir,
		'z',
		undefined,
		'--worktree',
		join(weir.repo, 'src', '..'),
	);
	expect(readFileSync(join(worktree, 'draft.txt'), 'utf8')).toBe('draft\n');
	rmSync(join(weir.repo, 'draft.txt'));
});

test('what is no worktree, or is in the middle of something, is refused', async () => {
	const asked = (...flags: string[]) => refusal(weir, 'new', 'w', ...flags);
	expect(await asked('--worktree', weir.folder)).toMatchObject({
		code: 'worktree.unknown',
	});
	expect(await asked('--worktree', there, '--branch', 'mine')).toMatchObject({
		code: 'new.two-starts',
	});
	gitIn(there, 'stash', '--quiet', '--include-untracked');
	git('branch', '--force', 'other', 'mine');
	commitFiles(there, { 'd.txt': 'one\n' }, 'one');
	const two = join(weir.folder, 'two');
	git('worktree', 'add', '--quiet', two, 'other');
	commitFiles(two, { 'd.txt': 'two\n' }, 'two');
	expect(() => gitIn(there, 'merge', '--quiet', 'other')).toThrow('git merge');
	expect(await asked('--worktree', there)).toMatchObject({
		code: 'worktree.unfinished',
		message: `${there} is in the middle of a merge`,
	});
	gitIn(there, 'merge', '--abort');
});
