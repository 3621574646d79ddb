import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type CommitPlan, commitSteps } from '../../../src/git/commit.ts';
import type { LandedBefore } from '../../../src/git/landed-before.ts';
import { land } from '../../../src/git/landing.ts';
import { bringBase } from '../../../src/git/sync.ts';
import type { Worktree } from '../../../src/git/worktree.ts';
import { planLanding } from '../../support/landing.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	lines,
	makeRepository,
	makeWorktree,
	open,
	personEnv,
	readTree,
	scratchFolder,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

async function squash(
	worktree: Worktree,
	id: string,
	before: LandedBefore | null = null,
): Promise<LandedBefore> {
	const plan = await planLanding(worktree, id, { before });
	const landed = valueOf(await land(worktree.repository, plan));
	return { candidate: plan.candidate, commit: landed.new };
}

/** Runs "commit for me" as the agent would: in its folder, with its own configuration. */
function commitAsAgent(worktree: Worktree, plan: CommitPlan): number | null {
	for (const { argv, env, input } of commitSteps(plan)) {
		const [program, ...args] = argv;
		const options = { cwd: worktree.path, env: { ...personEnv, ...env }, input };
		const { status } = spawnSync(program, args, options);
		if (status !== 0) return status;
	}
	return 0;
}

test('a conflict is left as git merge leaves it; resolved and committed by the agent, it lands', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	commitFiles(worktree.path, { 'a.txt': 'agent\n' });
	const base = commitFiles(top, {
		'a.txt': 'user\n',
		'src/new.txt': 'n\n',
		'src/b.txt': null,
	});
	writeFiles(worktree.path, { 'mine.txt': 'uncommitted\n' });
	const synced = valueOf(await bringBase(worktree, 'main', null));
	expect(synced).toMatchObject({ kind: 'conflict', base, conflicts: ['a.txt'] });
	expect(synced.notes.join()).toContain('Merge conflict in a.txt');
	const status = gitIn(worktree.path, 'status');
	expect(status).toContain('You have unmerged paths.');
	expect(gitIn(worktree.path, 'status', '--porcelain').split('\n')).toEqual([
		'UU a.txt',
		'D  src/b.txt',
		'A  src/new.txt',
		'?? mine.txt',
	]);
	expect(readFileSync(join(worktree.path, 'a.txt'), 'utf8')).toBe(
		'<<<<<<< weir/api\nagent\n=======\nuser\n>>>>>>> main\n',
	);
	expect(gitIn(worktree.path, 'diff', '--name-only', '--diff-filter=U')).toContain(
		'a.txt',
	);
	writeFiles(worktree.path, { 'a.txt': 'both\n' });
	const plan = { message: "Merge branch 'main'", paths: null, merging: true };
	expect(commitAsAgent(worktree, plan)).toBe(0);
	expect(gitIn(worktree.path, 'log', '-1', '--format=%P').split(' ')[1]).toBe(base);
	await squash(worktree, 'l1');
	expect(readFileSync(join(top, 'a.txt'), 'utf8')).toBe('both\n');
	expect(gitIn(top, 'status', '--porcelain')).toBe('');
});

test('the agent can abort what was brought in, as any merge', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	const tip = commitFiles(worktree.path, { 'a.txt': 'agent\n' });
	commitFiles(top, { 'a.txt': 'user\n', 'new.txt': 'n\n' });
	const before = readTree(worktree.path);
	valueOf(await bringBase(worktree, 'main', null));
	gitIn(worktree.path, 'merge', '--abort');
	expect(readTree(worktree.path)).toEqual(before);
	expect(gitIn(worktree.path, 'rev-parse', 'HEAD')).toBe(tip);
	expect(gitIn(worktree.path, 'status', '--porcelain')).toBe('');
});

test("a clean merge waits for the agent's commit; repeated, it is the same merge", async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	commitFiles(worktree.path, { 'mine.txt': 'm\n' });
	const base = commitFiles(top, { 'new.txt': 'n\n' });
	const synced = valueOf(await bringBase(worktree, 'main', null));
	expect(synced).toMatchObject({ kind: 'clean', base, conflicts: [] });
	commitFiles(top, { 'later.txt': 'l\n' });
	gitIn(worktree.path, 'commit', '--quiet', '--no-edit');
	expect(gitIn(worktree.path, 'log', '-1', '--format=%s')).toBe(
		"Merge branch 'main' into weir/api",
	);
	expect(valueOf(await bringBase(worktree, 'main', null)).kind).toBe('clean');
	gitIn(worktree.path, 'commit', '--quiet', '--no-edit');
	expect(valueOf(await bringBase(worktree, 'main', null)).kind).toBe('up-to-date');
});

test("a base that squashed the agent's own work brings no conflict with itself", async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	commitFiles(worktree.path, { 'a.txt': lines(1, 10) + 'first\n' + lines(12, 20) });
	const before = await squash(worktree, 'l1');
	commitFiles(top, { 'user.txt': 'u\n' });
	commitFiles(worktree.path, { 'a.txt': lines(1, 10) + 'second\n' + lines(12, 20) });
	expect(valueOf(await bringBase(worktree, 'main', before)).kind).toBe('clean');
	gitIn(worktree.path, 'commit', '--quiet', '--no-edit');
	await squash(worktree, 'l2', before);
	expect(readFileSync(join(top, 'a.txt'), 'utf8')).toContain('second\n');
	expect(existsSync(join(top, 'user.txt'))).toBe(true);
});

test('uncommitted work in the same files, or a merge of its own, is in the way', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	commitFiles(top, { 'a.txt': 'user\n' });
	writeFiles(worktree.path, { 'a.txt': 'mine\n' });
	const before = readTree(worktree.path);
	const refused = await bringBase(worktree, 'main', null);
	expect(codeOf(refused)).toBe('sync.dirty');
	expect(refused.ok ? '' : refused.refusal.message).toContain('a.txt');
	expect(readTree(worktree.path)).toEqual(before);
	gitIn(worktree.path, 'checkout', '--quiet', '.');
	writeFileSync(join(worktree.privateDir, 'MERGE_HEAD'), 'x\n');
	expect(codeOf(await bringBase(worktree, 'main', null))).toBe('sync.busy');
	rmSync(join(worktree.privateDir, 'MERGE_HEAD'));
	expect(codeOf(await bringBase(worktree, 'nowhere', null))).toBe('base.unknown');
});

test('cut short before it was stated, a merge is brought again from the same base', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	const tip = commitFiles(worktree.path, { 'a.txt': 'agent\n' });
	const base = commitFiles(top, { 'a.txt': 'user\n', 'new.txt': 'n\n' });
	valueOf(await bringBase(worktree, 'main', null));
	const whole = readTree(worktree.path);
	rmSync(join(worktree.privateDir, 'MERGE_HEAD'));
	writeFileSync(join(worktree.stateDir, 'sync.json'), JSON.stringify({ tip, base }));
	writeFiles(worktree.path, { 'a.txt': '<<<< half', 'new.txt': null });
	commitFiles(top, { 'later.txt': 'l\n' });
	expect(valueOf(await bringBase(worktree, 'main', null))).toMatchObject({
		kind: 'conflict',
		base,
	});
	expect(readTree(worktree.path)).toEqual(whole);
	expect(gitIn(worktree.path, 'status', '--porcelain')).toBe('UU a.txt\nA  new.txt');
});

test("a link that the agent put in the place of git's files is replaced, not followed", async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	commitFiles(top, { 'new.txt': 'n\n' });
	const victim = join(scratchFolder(), 'victim');
	writeFileSync(victim, 'precious');
	rmSync(join(worktree.privateDir, 'index'));
	for (const name of ['MERGE_MSG', 'MERGE_MODE', 'ORIG_HEAD', 'index']) {
		symlinkSync(victim, join(worktree.privateDir, name));
	}
	valueOf(await bringBase(worktree, 'main', null));
	expect(readFileSync(victim, 'utf8')).toBe('precious');
	expect(gitIn(worktree.path, 'status', '--porcelain')).toBe('A  new.txt');
});

test('commit for me takes chosen files, names no pattern, and says when there is nothing', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	writeFiles(worktree.path, { '*.txt': 'star\n', 'other.txt': 'o\n', 'src/b.txt': null });
	const plan = { message: 'Some', paths: ['*.txt', 'src/b.txt'], merging: false };
	expect(commitAsAgent(worktree, plan)).toBe(0);
	expect(gitIn(worktree.path, 'status', '--porcelain')).toBe('?? other.txt');
	expect(gitIn(worktree.path, 'log', '-1', '--format=%an %s')).toBe('Person Some');
	rmSync(join(worktree.path, 'other.txt'));
	expect(commitAsAgent(worktree, { message: 'None', paths: null, merging: false })).toBe(
		1,
	);
});
