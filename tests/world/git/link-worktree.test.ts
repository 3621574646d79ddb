import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createWorktree } from '../../../src/git/create-worktree.ts';
import { fillWorktree } from '../../../src/git/fill.ts';
import {
	gitIn,
	makeRepository,
	open,
	planFor,
	valueOf,
} from '../../support/repository.ts';

test('git knows a worktree as one that it made itself: its branch, its lock, its files', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const worktree = valueOf(await createWorktree(repository, planFor(repository, 'api')));
	await fillWorktree(worktree);
	const listed = gitIn(top, 'worktree', 'list', '--porcelain').split('\n\n')[1];
	expect(listed?.split('\n')).toEqual([
		`worktree ${worktree.path}`,
		`HEAD ${gitIn(top, 'rev-parse', 'main')}`,
		'branch refs/heads/weir/api',
		'locked weir: agent api',
	]);
	gitIn(top, 'worktree', 'prune', '--expire', 'now');
	expect(existsSync(worktree.gitDir)).toBe(true);
	expect(() => gitIn(top, 'switch', 'weir/api')).toThrow(/already (checked out|used)/);
	expect(gitIn(top, '--git-dir', worktree.gitDir, 'status', '--porcelain')).toBe('');
	expect(
		readdirSync(worktree.stateDir).filter((name) => name.startsWith('link')),
	).toEqual([]);
});

test('where a worktree of the user has the name already, it gets a number', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const taken = join(repository.commonDir, 'worktrees', 'api');
	mkdirSync(taken, { recursive: true });
	writeFileSync(join(taken, 'gitdir'), '/elsewhere/api/.git\n');
	const worktree = valueOf(await createWorktree(repository, planFor(repository, 'api')));
	expect(worktree.gitDir).toBe(`${taken}1`);
});

test('where worktrees have settings of their own, git makes it', async () => {
	const top = makeRepository();
	gitIn(top, 'config', 'extensions.worktreeConfig', 'true');
	gitIn(top, 'config', '--worktree', 'core.sparseCheckout', 'true');
	const repository = await open(top);
	const worktree = valueOf(await createWorktree(repository, planFor(repository, 'api')));
	expect(existsSync(join(worktree.gitDir, 'config.worktree'))).toBe(true);
	expect(gitIn(top, 'worktree', 'list', '--porcelain')).toContain(
		'locked weir: agent api',
	);
});
