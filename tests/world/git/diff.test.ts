import {
	existsSync,
	lstatSync,
	readFileSync,
	statSync,
	symlinkSync,
	unlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changedPaths } from '../../../src/git/changes.ts';
import { linkFolders } from '../../../src/git/dependencies.ts';
import { commitsAhead, diffStats, diffText, forkPoint } from '../../../src/git/diff.ts';
import { provablyLanded } from '../../../src/git/prune.ts';
import { publish } from '../../../src/git/publish.ts';
import { seedFiles } from '../../../src/git/seeding.ts';
import { listUncommitted } from '../../../src/git/uncommitted.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	lines,
	makeRepository,
	makeWorktree,
	open,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

test('numbers and text of a diff hold committed, uncommitted and untracked files', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	const main = gitIn(top, 'rev-parse', 'main');
	const tip = commitFiles(worktree.path, {
		'a.txt': lines(2, 20),
		'committed.txt': '1\n2\n',
	});
	writeFiles(worktree.path, {
		'src/b.txt': null,
		'un tracked.txt': 'u\n',
		'bin.dat': '\0\n\0',
	});
	valueOf(await publish(worktree));
	expect(await diffStats(worktree, main, tip)).toEqual({
		files: 5,
		added: 3,
		removed: 2,
		uncommitted: 3,
	});
	const { text, cut } = await diffText(worktree, main, tip, false);
	expect(cut).toBe(false);
	expect(text).toContain('+++ b/un tracked.txt');
	expect(text).toContain('-line 1\n');
	expect((await diffText(worktree, main, tip, true)).text).toContain('5 files changed');
	expect(
		gitIn(worktree.path, 'status', '--porcelain', '-z').split('\0').filter(Boolean),
	).toEqual([' D src/b.txt', '?? bin.dat', '?? un tracked.txt']);
	expect((await listUncommitted(worktree, tip)).files).toEqual([
		{ path: 'bin.dat', kind: 'added' },
		{ path: 'src/b.txt', kind: 'deleted' },
		{ path: 'un tracked.txt', kind: 'added' },
	]);
	expect(await commitsAhead(repository, main, tip)).toBe(1);
	expect(valueOf(await forkPoint(repository, main, tip, null))).toBe(main);
});

test('changed paths carry modes and objects; a rename is two of them', async () => {
	const top = makeRepository({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
	const repository = await open(top);
	const from = gitIn(top, 'rev-parse', 'HEAD');
	symlinkSync('/etc/passwd', join(top, 'link'));
	writeFiles(top, { 'a.txt': null, 'moved.txt': 'a\n' });
	const to = commitFiles(top, {});
	const changes = await changedPaths(repository, from, to);
	expect(changes.map(({ path, kind, to }) => [path, kind, to?.mode])).toEqual([
		['a.txt', 'deleted', undefined],
		['link', 'added', '120000'],
		['moved.txt', 'added', '100644'],
	]);
	const link = changes.find(({ path }) => path === 'link');
	expect(gitIn(top, 'cat-file', 'blob', link?.to?.object ?? '')).toBe('/etc/passwd');
});

test('a branch is provably landed as ancestor, by content or patch by patch, else not', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const branch = (name: string, ...args: string[]) => {
		gitIn(top, 'switch', '--quiet', '-c', name, 'main', ...args);
	};
	branch('squashed');
	commitFiles(top, { 's.txt': '1\n' });
	const squashed = commitFiles(top, { 's.txt': '2\n' });
	branch('picked');
	const picked = commitFiles(top, { 'a.txt': lines(2, 20) });
	branch('open');
	const unlanded = commitFiles(top, { 'o.txt': 'o\n' });
	gitIn(top, 'switch', '--quiet', 'main');
	commitFiles(top, { 'first.txt': 'f\n' });
	gitIn(top, 'cherry-pick', picked);
	const main = commitFiles(top, { 's.txt': '2\n', 'a.txt': 'all new\n' });
	expect(await provablyLanded(repository, main, gitIn(top, 'rev-parse', 'main~1'))).toBe(
		'ancestor',
	);
	expect(await provablyLanded(repository, main, squashed)).toBe('contained');
	expect(await provablyLanded(repository, main, picked)).toBe('same-patches');
	expect(await provablyLanded(repository, main, unlanded)).toBeNull();
});

test('named files that git does not carry are seeded, links and tracked files are not', async () => {
	const top = makeRepository({
		'.gitignore': '.env*\nlocal/\n',
		'.worktreeinclude': '# local settings\nlocal/*.json\n!local/big.json\n',
		'tracked.env': 't\n',
	});
	writeFiles(top, {
		'.env': 'SECRET=1\n',
		'.env.test': 'S=2\n',
		'local/a.json': '{}',
		'local/big.json': 'big',
		'plain.txt': 'untracked\n',
		'other.txt': 'not asked for\n',
	});
	symlinkSync('/etc/passwd', join(top, '.env.link'));
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	const patterns = ['.env*', 'plain.txt', '*.env'];
	const seeded = await seedFiles(repository, worktree, patterns);
	expect([...seeded.copied].sort()).toEqual([
		'.env',
		'.env.test',
		'local/a.json',
		'plain.txt',
	]);
	expect(seeded.skipped).toEqual(['.env.link']);
	expect(statSync(join(worktree.path, '.env')).mode & 0o777).toBe(0o600);
	expect(readFileSync(join(worktree.path, 'plain.txt'), 'utf8')).toBe('untracked\n');
	expect(gitIn(worktree.path, 'status', '--porcelain')).toBe('');
	expect((await listUncommitted(worktree, 'main')).files).toEqual([]);
	writeFiles(worktree.path, { '.env': 'SECRET=changed\n' });
	await seedFiles(repository, worktree, patterns);
	expect(readFileSync(join(worktree.path, '.env'), 'utf8')).toBe('SECRET=changed\n');
	expect(gitIn(top, 'status', '--porcelain')).toBe('?? other.txt\n?? plain.txt');
});

test('seeding never writes through a link that the repository holds', async () => {
	const top = makeRepository({ 'a.txt': 'a\n', '.gitignore': 'conf/x.env\n' });
	const outside = join(top, '..', 'outside');
	writeFiles(outside, { 'kept.txt': 'k\n' });
	symlinkSync(outside, join(top, 'conf'));
	commitFiles(top, {});
	unlinkSync(join(top, 'conf'));
	writeFiles(top, { 'conf/x.env': 'secret\n' });
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	const seeded = await seedFiles(repository, worktree, ['*.env']);
	expect(seeded).toEqual({ copied: [], skipped: ['conf/x.env'] });
	expect(existsSync(join(outside, 'x.env'))).toBe(false);
});

test('dependency folders are linked as configured, count as no change, and stay', async () => {
	const top = makeRepository({ '.gitignore': 'node_modules/\n', 'lib/x.txt': 'x\n' });
	writeFiles(top, { 'node_modules/one/index.js': '1\n' });
	symlinkSync('../one/index.js', join(top, 'node_modules/two.js'));
	const repository = await open(top);
	for (const mode of ['symlink', 'hardlink'] as const) {
		const worktree = await makeWorktree(repository, mode);
		const linked = valueOf(
			await linkFolders(repository, worktree, ['node_modules/', 'none'], mode),
		);
		expect(linked.map(({ path }) => path)).toEqual(['node_modules']);
		expect(['reflink', mode]).toContain(linked[0]?.how);
		expect(readFileSync(join(worktree.path, 'node_modules/one/index.js'), 'utf8')).toBe(
			'1\n',
		);
		expect(gitIn(worktree.path, 'status', '--porcelain')).toBe('');
		expect((await listUncommitted(worktree, 'main')).files).toEqual([]);
		expect(
			valueOf(await linkFolders(repository, worktree, ['node_modules'], mode)),
		).toEqual([]);
		if (linked[0]?.how !== 'hardlink') continue;
		expect(lstatSync(join(worktree.path, 'node_modules/two.js')).isSymbolicLink()).toBe(
			true,
		);
		expect(statSync(join(worktree.path, 'node_modules/one/index.js')).nlink).toBe(2);
	}
	const worktree = await makeWorktree(repository, 'bad');
	expect(codeOf(await linkFolders(repository, worktree, ['lib'], 'symlink'))).toBe(
		'link.tracked',
	);
	expect(codeOf(await linkFolders(repository, worktree, ['../x'], 'symlink'))).toBe(
		'link.outside',
	);
});
