import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { revertLanding, undoLanding } from '../../../src/git/undo.ts';
import { landWorktree, openLander } from '../../support/landing.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	lines,
	readTree,
	valueOf,
} from '../../support/repository.ts';

test('undo moves the base back with its checkout, once', async () => {
	const { top, repository, worktree } = await openLander();
	const before = readTree(top);
	commitFiles(worktree.path, { 'one.txt': '1\n', 'src/b.txt': null });
	const landed = valueOf(await landWorktree(worktree, 'l1'));
	const undo = { id: 'u1', landing: 'l1', base: 'main' };
	const undone = valueOf(await undoLanding(repository, undo));
	expect(undone).toMatchObject({ kind: 'moved-back', old: landed.new, new: landed.old });
	expect(readTree(top)).toEqual(before);
	expect(gitIn(top, 'status', '--porcelain')).toBe('');
	expect(valueOf(await undoLanding(repository, undo))).toEqual(undone);
	expect(
		codeOf(await undoLanding(repository, { ...undo, id: 'u2', landing: 'l9' })),
	).toBe('undo.unknown');
});

test('after others built on it, or it was pushed, a landing is reverted instead', async () => {
	const { top, repository, worktree } = await openLander();
	commitFiles(worktree.path, { 'one.txt': '1\n', 'a.txt': lines(2, 20) });
	const landed = valueOf(await landWorktree(worktree, 'l1'));
	const undo = { id: 'u1', landing: 'l1', base: 'main' };
	gitIn(top, 'update-ref', 'refs/remotes/origin/main', landed.new);
	const pushed = await undoLanding(repository, undo);
	expect(codeOf(pushed)).toBe('undo.pushed');
	expect(pushed.ok ? '' : pushed.refusal.message).toContain('origin/main');
	commitFiles(top, { 'user.txt': 'u\n' });
	expect(codeOf(await undoLanding(repository, undo))).toBe('undo.built-on');
	const reverted = valueOf(await revertLanding(repository, undo, 'Revert l1'));
	expect(reverted.kind).toBe('reverted');
	expect([...readTree(top).keys()].sort()).toEqual(['a.txt', 'src/b.txt', 'user.txt']);
	expect(readFileSync(join(top, 'a.txt'), 'utf8')).toBe(lines(1, 20));
	expect(gitIn(top, 'status', '--porcelain')).toBe('');
	expect(valueOf(await revertLanding(repository, undo, 'Revert l1'))).toEqual(reverted);
	expect(codeOf(await revertLanding(repository, { ...undo, id: 'u2' }, ''))).toBe(
		'undo.nothing',
	);
});

test('a revert that later commits contradict names the files', async () => {
	const { top, repository, worktree } = await openLander();
	commitFiles(worktree.path, { 'src/b.txt': 'agent\n' });
	valueOf(await landWorktree(worktree, 'l1'));
	commitFiles(top, { 'src/b.txt': 'later\n' });
	const refused = await revertLanding(
		repository,
		{ id: 'u', landing: 'l1', base: 'main' },
		'R',
	);
	expect(codeOf(refused)).toBe('undo.conflict');
	expect(refused.ok ? '' : refused.refusal.message).toContain('src/b.txt');
});
