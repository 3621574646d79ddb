// What git says of a worktree comes back with its files: staged, under way, branches, stashes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeSnapshot } from '../../../src/git/snapshot.ts';
import type { Worktree } from '../../../src/git/worktree.ts';
import {
	commitFiles,
	gitIn,
	makeRepository,
	makeWorktree,
	open,
	readTree,
	removeAndRestore,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

test('a snapshot in the middle of a conflict keeps the files, markers and all', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	gitIn(worktree.path, 'switch', '--quiet', '-c', 'side');
	commitFiles(worktree.path, { 'a.txt': 'side\n' });
	gitIn(worktree.path, 'switch', '--quiet', 'weir/api');
	commitFiles(worktree.path, { 'a.txt': 'own\n' });
	expect(() => gitIn(worktree.path, 'merge', 'side')).toThrow('merge side');
	const before = readTree(worktree.path);
	valueOf(await takeSnapshot(worktree, 's1'));
	const again = await removeAndRestore(worktree, 's1');
	expect(readTree(again.path)).toEqual(before);
	expect(readFileSync(join(again.path, 'a.txt'), 'utf8')).toContain('<<<<<<<');
});

/** What git says of a worktree: its branch, what is staged, in conflict and under way. */
const saidOf = ({ path }: Worktree) => ({
	status: gitIn(path, 'status'),
	staged: gitIn(path, 'ls-files', '--stage'),
	difference: gitIn(path, 'diff', '--cached', '--stat'),
	branches: gitIn(
		path,
		'branch',
		'--list',
		'weir/*',
		'--format=%(refname) %(objectname)',
	),
	tree: readTree(path),
});

test('what is staged comes back, content that no file has any more too', async () => {
	const worktree = await makeWorktree(await open(makeRepository()), 'api');
	writeFiles(worktree.path, { 'a.txt': 'staged\n', 'new.txt': 'only staged\n' });
	gitIn(worktree.path, 'rm', '--quiet', '--cached', 'src/b.txt');
	gitIn(worktree.path, 'add', 'a.txt', 'new.txt');
	writeFiles(worktree.path, { 'a.txt': 'on top\n', 'new.txt': null });
	const before = saidOf(worktree);
	valueOf(await takeSnapshot(worktree, 's1'));
	const again = await removeAndRestore(worktree, 's1');
	expect(saidOf(again)).toEqual(before);
	expect(gitIn(again.path, 'show', ':new.txt')).toBe('only staged');
	expect(gitIn(again.path, 'fsck', '--connectivity-only')).not.toContain('missing');
});

test('nothing staged and nothing under way makes no state', async () => {
	const worktree = await makeWorktree(await open(makeRepository()), 'api');
	commitFiles(worktree.path, { 'a.txt': 'committed\n' });
	writeFiles(worktree.path, { 'a.txt': 'changed\n', 'new.txt': 'new\n' });
	expect(valueOf(await takeSnapshot(worktree, 's1')).state).toBeNull();
});

/** Two branches that changed the same line: `side`, and the agent's own with two commits. */
async function makeRivals(): Promise<Worktree> {
	const worktree = await makeWorktree(await open(makeRepository()), 'api');
	gitIn(worktree.path, 'switch', '--quiet', '-c', 'side');
	commitFiles(worktree.path, { 'a.txt': 'side\n', 'both.txt': 'b\n' });
	gitIn(worktree.path, 'switch', '--quiet', 'weir/api');
	commitFiles(worktree.path, { 'own.txt': 'own\n' });
	commitFiles(worktree.path, { 'a.txt': 'own\n', 'own.txt': 'more\n' });
	writeFiles(worktree.path, { 'free.txt': 'untracked\n' });
	return worktree;
}

for (const [name, begin, end] of [
	['merge', ['merge', 'side'], ['commit', '--no-edit']],
	['cherry-pick', ['cherry-pick', 'side'], ['cherry-pick', '--continue']],
	['revert', ['revert', '--no-edit', 'HEAD~1'], ['revert', '--continue']],
	['rebase', ['rebase', 'side'], ['rebase', '--continue']],
] as const) {
	test(`a ${name} in progress comes back and can be gone on with`, async () => {
		const worktree = await makeRivals();
		expect(() => gitIn(worktree.path, ...begin)).toThrow(name);
		const before = saidOf(worktree);
		expect(before.status).toContain('Unmerged paths');
		valueOf(await takeSnapshot(worktree, 's1'));
		const again = await removeAndRestore(worktree, 's1');
		expect(saidOf(again)).toEqual(before);
		writeFiles(again.path, { 'a.txt': 'resolved\n', 'own.txt': 'resolved\n' });
		gitIn(again.path, 'add', 'a.txt', 'own.txt');
		gitIn(again.path, '-c', 'core.editor=true', ...end);
		expect(gitIn(again.path, 'status', '--porcelain')).toBe('?? free.txt');
		expect(gitIn(again.path, 'branch', '--show-current')).toBe('weir/api');
	});
}

test('an agent on another branch, or on none, stands there again', async () => {
	const worktree = await makeRivals();
	gitIn(worktree.path, 'switch', '--quiet', 'side');
	const before = saidOf(worktree);
	valueOf(await takeSnapshot(worktree, 's1'));
	const again = await removeAndRestore(worktree, 's1');
	expect(saidOf(again)).toEqual(before);
	gitIn(again.path, 'switch', '--quiet', '--detach', 'weir/api~1');
	// What it says of the way there is in the log of HEAD, which is not kept.
	const { status: _, ...detached } = saidOf(again);
	valueOf(await takeSnapshot(again, 's2'));
	const last = await removeAndRestore(again, 's2');
	expect(saidOf(last)).toMatchObject(detached);
	expect(gitIn(last.path, 'branch', '--show-current')).toBe('');
});

test('branches, tags and stashes of the agent come back', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	gitIn(worktree.path, 'switch', '--quiet', '-c', 'idea/one');
	const idea = commitFiles(worktree.path, { 'i.txt': 'i\n' });
	gitIn(worktree.path, 'tag', 'mark');
	gitIn(worktree.path, 'switch', '--quiet', 'weir/api');
	for (const text of ['1', '2']) {
		writeFiles(worktree.path, { 'a.txt': text });
		gitIn(worktree.path, 'stash');
	}
	valueOf(await takeSnapshot(worktree, 's1'));
	const again = await removeAndRestore(worktree, 's1');
	expect(gitIn(again.path, 'rev-parse', 'idea/one', 'mark')).toBe(`${idea}\n${idea}`);
	gitIn(again.path, 'stash', 'pop', '--quiet');
	expect(readFileSync(join(again.path, 'a.txt'), 'utf8')).toBe('2');
	gitIn(again.path, 'checkout', '--quiet', '.');
	gitIn(again.path, 'stash', 'pop', '--quiet');
	expect(readFileSync(join(again.path, 'a.txt'), 'utf8')).toBe('1');
});
