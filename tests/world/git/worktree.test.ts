import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createWorktree } from '../../../src/git/create-worktree.ts';
import { fillWorktree } from '../../../src/git/fill.ts';
import { publish } from '../../../src/git/publish.ts';
import { removeWorktree } from '../../../src/git/remove-worktree.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { checkPointer, findWorktree, isFilled } from '../../../src/git/worktree.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	makeRepository,
	makeWorktree,
	open,
	planFor,
	readTree,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

test('a worktree appears without files and is filled with those of its commit', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const worktree = valueOf(await createWorktree(repository, planFor(repository, 'api')));
	expect([...readTree(worktree.path).keys()]).toEqual([]);
	const seen: [number, number][] = [];
	await fillWorktree(worktree, { onProgress: (done, total) => seen.push([done, total]) });
	expect(readTree(worktree.path)).toEqual(readTree(top));
	expect(seen.at(-1)).toEqual([2, 2]);
	expect(gitIn(worktree.path, 'status', '--porcelain')).toBe('');
	expect(gitIn(worktree.path, 'branch', '--show-current')).toBe('weir/api');
	expect(gitIn(top, 'worktree', 'list', '--porcelain')).toContain(
		'locked weir: agent api',
	);
});

test('an agent commits under the identity that only the repository knows, and is published', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	const commit = commitFiles(worktree.path, { 'new.txt': 'new\n' });
	expect(gitIn(worktree.path, 'log', '-1', '--format=%an')).toBe('Person');
	expect(gitIn(top, 'branch', '--list', '--format=%(objectname)', 'weir/api')).not.toBe(
		commit,
	);
	const published = valueOf(await publish(worktree));
	expect(published).toMatchObject({
		tip: commit,
		moved: true,
		kept: null,
	});
	expect(gitIn(top, 'rev-parse', 'weir/api')).toBe(commit);
	expect(valueOf(await publish(worktree)).moved).toBe(false);
});

test('the agent knows remotes and branches of the user but no local path and no other agent', async () => {
	const top = makeRepository();
	gitIn(top, 'remote', 'add', 'origin', 'https://example.org/x "y".git');
	gitIn(top, 'branch', 'other');
	gitIn(top, 'tag', '-m', 'one', 'v1');
	gitIn(top, 'config', 'filter.evil.clean', 'touch /tmp/evil');
	const repository = await open(top);
	await makeWorktree(repository, 'first');
	const worktree = await makeWorktree(repository, 'second');
	expect(gitIn(worktree.path, 'remote', 'get-url', 'origin')).toBe(
		'https://example.org/x "y".git',
	);
	const refs = gitIn(worktree.path, 'for-each-ref', '--format=%(refname)').split('\n');
	expect(refs).toEqual([
		'refs/heads/main',
		'refs/heads/other',
		'refs/heads/weir/second',
		'refs/tags/v1',
	]);
	expect(gitIn(worktree.path, 'describe', '--tags')).toBe('v1');
	expect(gitIn(worktree.path, 'config', '--list', '--local')).not.toContain('filter');
});

test("what an agent does to its git directory leaves the user's untouched", async () => {
	const top = makeRepository();
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	const before = readTree(join(top, '.git'));
	const at = worktree.path;
	commitFiles(at, { 'x.txt': 'x\n' });
	writeFiles(at, { 'y.txt': 'y\n' });
	gitIn(at, 'stash', '--include-untracked');
	gitIn(at, 'tag', 'mine');
	gitIn(at, 'config', 'alias.x', '!touch /tmp/never');
	gitIn(at, 'branch', '-D', 'main');
	gitIn(at, 'pack-refs', '--all');
	gitIn(at, 'gc', '--quiet', '--prune=now');
	gitIn(at, 'worktree', 'prune');
	writeFileSync(join(gitIn(at, 'rev-parse', '--git-dir'), 'hooks', 'post-commit'), '');
	expect(readTree(join(top, '.git'))).toEqual(before);
	expect(valueOf(await publish(worktree)).moved).toBe(true);
});

test("collecting garbage in the user's repository takes nothing from an agent", async () => {
	const top = makeRepository();
	const start = commitFiles(top, { 'a.txt': 'later\n' });
	const worktree = await makeWorktree(await open(top), 'api');
	gitIn(top, 'reset', '--quiet', '--hard', 'HEAD~1');
	gitIn(top, 'update-ref', '-d', 'refs/heads/weir/api');
	gitIn(top, 'reflog', 'expire', '--expire=now', '--all');
	gitIn(top, 'gc', '--quiet', '--prune=now');
	expect(gitIn(worktree.path, 'rev-parse', 'HEAD')).toBe(start);
	expect(gitIn(worktree.path, 'fsck', '--connectivity-only')).toBe('');
});

test('a rewritten branch is published and its old tip is kept', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	const first = commitFiles(worktree.path, { 'x.txt': '1\n' });
	valueOf(await publish(worktree));
	gitIn(worktree.path, 'commit', '--quiet', '--amend', '-m', 'again');
	const published = valueOf(await publish(worktree));
	expect(published.kept).toBe(`refs/weir/kept/api/${first}`);
	expect(gitIn(top, 'rev-parse', published.kept ?? '')).toBe(first);
});

test('an agent on another branch, or in the middle of a rebase, is published rightly', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	gitIn(worktree.path, 'switch', '--quiet', '-c', 'idea');
	const idea = commitFiles(worktree.path, { 'x.txt': '1\n' });
	expect(valueOf(await publish(worktree)).tip).toBe(idea);
	gitIn(worktree.path, 'switch', '--quiet', 'weir/api');
	const own = commitFiles(worktree.path, { 'x.txt': '2\n' });
	expect(() => gitIn(worktree.path, 'rebase', 'idea')).toThrow('could not apply');
	expect(valueOf(await publish(worktree)).tip).toBe(own);
});

test("git worktree repair re-points an agent at the user's repository, and that is noticed", async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	gitIn(top, 'worktree', 'repair', worktree.path);
	expect(readFileSync(join(worktree.path, '.git'), 'utf8')).toContain(top);
	expect(codeOf(await checkPointer(worktree))).toBe('worktree.repointed');
	expect(codeOf(await publish(worktree))).toBe('worktree.repointed');
});

test("weir started in an agent's worktree finds the repository that owns it", async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	const found = await open(join(worktree.path, 'src'));
	expect(found).toMatchObject({ root: top });
	rmSync(join(top, '.git/worktrees'), { recursive: true });
	// Nothing in the named repository points back, so the claim is not believed.
	const claimed = valueOf(await openRepository(worktree.path));
	expect(claimed.commonDir).toBe(worktree.privateDir);
});

test('names that are taken or in the way are refused', async () => {
	const top = makeRepository();
	const repository = await open(top);
	gitIn(top, 'branch', 'weir/api');
	gitIn(top, 'branch', 'weir/deep/er');
	expect(codeOf(await createWorktree(repository, planFor(repository, 'api')))).toBe(
		'git.branch-exists',
	);
	expect(codeOf(await createWorktree(repository, planFor(repository, 'deep')))).toBe(
		'git.branch-blocked',
	);
	const path = join(planFor(repository, 'x').root, 'taken');
	mkdirSync(path, { recursive: true });
	writeFileSync(join(path, 'file'), '');
	expect(codeOf(await createWorktree(repository, planFor(repository, 'taken')))).toBe(
		'worktree.path-taken',
	);
	expect(gitIn(top, 'branch', '--list', 'weir/taken')).toBe('');
	expect(
		codeOf(await createWorktree(repository, planFor(repository, 'free', 'nowhere'))),
	).toBe('base.unknown');
	expect(codeOf(await findWorktree(repository, planFor(repository, 'free')))).toBe(
		'worktree.missing',
	);
});

test('a branch called like the prefix blocks, with the way out', async () => {
	const top = makeRepository();
	gitIn(top, 'branch', 'weir');
	const repository = await open(top);
	const refused = await createWorktree(repository, planFor(repository, 'api'));
	expect(codeOf(refused)).toBe('git.branch-blocked');
	expect(refused.ok ? '' : refused.refusal.message).toContain(
		'weir stands in the way of weir/api',
	);
});

test('creation is finished when it was cut short at any step', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const plan = planFor(repository, 'api');
	const whole = valueOf(await createWorktree(repository, plan));
	const cuts: (() => void)[] = [
		() => rmSync(join(whole.path, '.git')),
		() => rmSync(whole.privateDir, { recursive: true }),
		() => rmSync(join(whole.gitDir, 'HEAD')),
		() => rmSync(whole.gitDir, { recursive: true }),
		() => rmSync(whole.path, { recursive: true }),
		() => {
			rmSync(whole.gitDir, { recursive: true });
			rmSync(whole.path, { recursive: true });
			gitIn(top, 'update-ref', '-d', 'refs/heads/weir/api');
		},
	];
	for (const cut of cuts) {
		cut();
		const again = valueOf(await createWorktree(repository, plan));
		expect(valueOf(await checkPointer(again))).toBeUndefined();
		expect(gitIn(again.path, 'rev-parse', 'HEAD')).toBe(gitIn(top, 'rev-parse', 'main'));
	}
	await fillWorktree(valueOf(await createWorktree(repository, plan)));
	expect(readTree(whole.path)).toEqual(readTree(top));
});

test('a filling that was cut short starts over; a finished one is left alone', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const worktree = valueOf(await createWorktree(repository, planFor(repository, 'api')));
	writeFiles(worktree.path, { 'a.txt': 'half', 'src/b.txt': 'b\n' });
	writeFileSync(join(worktree.stateDir, 'filling'), 'junk');
	writeFileSync(join(worktree.stateDir, 'filling.pid'), '999999999\n');
	await fillWorktree(worktree);
	expect(readTree(worktree.path)).toEqual(readTree(top));
	writeFiles(worktree.path, { 'a.txt': 'mine\n' });
	await fillWorktree(worktree);
	expect(readFileSync(join(worktree.path, 'a.txt'), 'utf8')).toBe('mine\n');
});

test('removal takes everything weir made, the branch only when told, and may be repeated', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const before = gitIn(top, 'for-each-ref');
	const worktree = await makeWorktree(repository, 'api');
	writeFiles(worktree.path, { 'deep/er/file': 'x\n' });
	await removeWorktree(worktree, false);
	expect(gitIn(top, 'branch', '--list', 'weir/api')).not.toBe('');
	await removeWorktree(worktree, true);
	await removeWorktree(worktree, true);
	for (const path of [
		worktree.path,
		worktree.privateDir,
		worktree.gitDir,
		worktree.stateDir,
	]) {
		expect(existsSync(path)).toBe(false);
	}
	expect(gitIn(top, 'for-each-ref')).toBe(before);
	expect(gitIn(top, 'worktree', 'list').split('\n')).toHaveLength(1);
	expect(isFilled(await makeWorktree(repository, 'api'))).toBe(true);
});

test('whoever looks during a removal finds a folder whole or not at all, as a crash would', async () => {
	const repository = await open(makeRepository());
	const worktree = await makeWorktree(repository, 'api');
	const many = Object.fromEntries(
		Array.from({ length: 300 }, (_, at) => [`many/${at}`, 'x\n']),
	);
	const { path, privateDir, gitDir } = worktree;
	for (const folder of [path, privateDir, gitDir]) writeFiles(folder, many);
	const sizeOf = (folder: string) => {
		try {
			return readTree(folder).size;
		} catch {
			// It went between two looks of one reading.
			return 0;
		}
	};
	const sizes = () => [path, privateDir, gitDir].map(sizeOf);
	const whole = sizes();
	const seen: number[][] = [];
	const removal = { over: false };
	const removed = removeWorktree(worktree, true).finally(() => {
		removal.over = true;
	});
	while (!removal.over) {
		seen.push(sizes());
		await new Promise(setImmediate);
	}
	await removed;
	expect(seen.length).toBeGreaterThan(10);
	for (const found of seen)
		expect(found).toEqual(found.map((size, at) => (size === 0 ? 0 : whole[at])));
	expect(sizes()).toEqual([0, 0, 0]);
	expect(readdirSync(dirname(path))).toEqual(['.git-of']);
	expect(readdirSync(dirname(privateDir))).toEqual([]);
});
