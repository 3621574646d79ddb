// A worktree that is set on what its work became.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { land } from '../../../src/git/landing.ts';
import { type ResetPlan, resetWorktree } from '../../../src/git/reset-worktree.ts';
import type { Worktree } from '../../../src/git/worktree.ts';
import { openLander, planLanding } from '../../support/landing.ts';
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

async function landed(
	worktree: Worktree,
	uncommitted: 'none' | null = 'none',
): Promise<ResetPlan> {
	const plan = await planLanding(worktree, 'l1', { uncommitted });
	const { new: to } = valueOf(await land(worktree.repository, plan));
	return { candidate: plan.candidate, to };
}

const headOf = ({ path }: Worktree) => gitIn(path, 'rev-parse', 'HEAD');
const statusOf = ({ path }: Worktree) => gitIn(path, 'status', '--porcelain');

test('the agent stands on the landed commit, clean, and its old commits are kept', async () => {
	const { top, worktree } = await openLander();
	commitFiles(top, { 'theirs.txt': 'theirs\n' });
	const tip = commitFiles(worktree.path, { 'a.txt': 'agent\n' });
	const plan = await landed(worktree);
	valueOf(await resetWorktree(worktree, plan));
	expect(headOf(worktree)).toBe(plan.to);
	expect(gitIn(worktree.path, 'symbolic-ref', 'HEAD')).toBe('refs/heads/weir/api');
	expect(statusOf(worktree)).toBe('');
	expect(readFileSync(join(worktree.path, 'theirs.txt'), 'utf8')).toBe('theirs\n');
	expect(gitIn(top, 'rev-parse', 'weir/api')).toBe(plan.to);
	expect(gitIn(top, 'rev-parse', `refs/weir/kept/api/${tip}`)).toBe(tip);
	// Once more it changes nothing, and what comes next builds on it.
	valueOf(await resetWorktree(worktree, plan));
	const next = commitFiles(worktree.path, { 'b.txt': 'next\n' });
	expect(gitIn(worktree.path, 'rev-parse', `${next}^`)).toBe(plan.to);
});

test('files that nobody committed stay, and those that landed are clean', async () => {
	const { worktree } = await openLander();
	commitFiles(worktree.path, { 'a.txt': 'agent\n' });
	writeFiles(worktree.path, { 'taken.txt': 'taken\n' });
	const plan = await landed(worktree, null);
	writeFiles(worktree.path, { 'later.txt': 'later\n' });
	valueOf(await resetWorktree(worktree, plan));
	expect(statusOf(worktree)).toBe('?? later.txt');
	expect(gitIn(worktree.path, 'show', 'HEAD:taken.txt')).toBe('taken');
});

test('a file in the way, a commit since and a merge of its own leave all as it is', async () => {
	const { top, worktree } = await openLander();
	commitFiles(top, { 'theirs.txt': 'theirs\n' });
	commitFiles(worktree.path, { 'a.txt': 'agent\n' });
	const plan = await landed(worktree);
	const before = headOf(worktree);
	writeFiles(worktree.path, { 'theirs.txt': 'mine\n' });
	expect(codeOf(await resetWorktree(worktree, plan))).toBe('reset.in-the-way');
	writeFiles(worktree.path, { 'theirs.txt': null });
	writeFileSync(join(worktree.privateDir, 'MERGE_HEAD'), `${before}\n`);
	expect(codeOf(await resetWorktree(worktree, plan))).toBe('reset.busy');
	writeFiles(worktree.privateDir, { MERGE_HEAD: null });
	expect(headOf(worktree)).toBe(before);
	const since = commitFiles(worktree.path, { 'since.txt': 'since\n' });
	expect(codeOf(await resetWorktree(worktree, plan))).toBe('reset.gone-on');
	expect(headOf(worktree)).toBe(since);
});

/** Resets in a process that a git on its PATH kills when it is asked for `words`. */
async function resetAndDie(top: string, plan: ResetPlan, words: string): Promise<void> {
	const folder = scratchFolder();
	const shim = join(folder, 'git');
	const real = join(gitIn(top, '--exec-path'), 'git');
	writeFileSync(
		shim,
		`#!/bin/sh\ncase "$* " in *"${words}"*) kill -9 $PPID; exit 1;; esac\nexec "${real}" "$@"\n`,
	);
	chmodSync(shim, 0o755);
	const source = (name: string) => JSON.stringify(join(process.cwd(), name));
	const script = join(folder, 'reset.ts');
	writeFileSync(
		script,
		`import { makeWorktree, open } from ${source('tests/support/repository.ts')};
import { resetWorktree } from ${source('src/git/reset-worktree.ts')};
const worktree = await makeWorktree(await open(${JSON.stringify(top)}), 'api');
await resetWorktree(worktree, ${JSON.stringify(plan)});
process.exit(7);
`,
	);
	const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
	const child = spawn(process.execPath, [script], { env, stdio: 'inherit' });
	expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
}

test('killed while files are written, it goes on', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	commitFiles(top, { 'theirs.txt': 'theirs\n', 'src/b.txt': 'theirs\n' });
	commitFiles(worktree.path, { 'a.txt': 'agent\n' });
	const plan = await landed(worktree);
	await resetAndDie(top, plan, ' read-tree -m -u ');
	writeFiles(worktree.path, { 'theirs.txt': 'th', 'src/b.txt': '' });
	valueOf(await resetWorktree(worktree, plan));
	expect(headOf(worktree)).toBe(plan.to);
	expect(statusOf(worktree)).toBe('');
	expect(readFileSync(join(worktree.path, 'src/b.txt'), 'utf8')).toBe('theirs\n');
});

test('cut short before its branch was told of, it tells of it', async () => {
	const { top, worktree } = await openLander();
	commitFiles(worktree.path, { 'a.txt': 'agent\n' });
	const plan = await landed(worktree);
	valueOf(await resetWorktree(worktree, plan));
	gitIn(top, 'update-ref', 'refs/heads/weir/api', plan.candidate);
	valueOf(await resetWorktree(worktree, plan));
	expect(gitIn(top, 'rev-parse', 'weir/api')).toBe(plan.to);
});
