import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildCandidate } from '../../../src/git/candidate.ts';
import { findLanded, landChain } from '../../../src/git/landing.ts';
import { buildChain, type Chain, type ChainWish } from '../../../src/git/merge-chain.ts';
import type { Repository } from '../../../src/git/repository.ts';
import { revertLanding, undoLanding } from '../../../src/git/undo.ts';
import type { Worktree } from '../../../src/git/worktree.ts';
import { gitScript } from '../../support/git-script.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	lines,
	makeRepository,
	makeWorktree,
	open,
	readTree,
	scratchFolder,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

const numbered = (at: number, text: string) => lines(1, 20).replace(`line ${at}\n`, text);

async function wishOf(
	worktree: Worktree,
	id: string,
	more: Partial<ChainWish> = {},
): Promise<ChainWish> {
	const plan = { id, uncommitted: 'none', message: 'Uncommitted' } as const;
	const { commit } = valueOf(await buildCandidate(worktree, plan));
	return {
		id,
		candidate: commit,
		before: null,
		strategy: 'squash',
		message: `Land ${id}`,
		author: null,
		coAuthors: [],
		trailers: [['Weir-Agent', worktree.agent]],
		sign: false,
		...more,
	};
}

/** Agents whose branches have these files, one commit each. */
async function agentsWith(
	repository: Repository,
	works: Record<string, Record<string, string | null>>,
): Promise<ChainWish[]> {
	const wishes: ChainWish[] = [];
	for (const [agent, files] of Object.entries(works)) {
		const worktree = await makeWorktree(repository, agent);
		commitFiles(worktree.path, files);
		wishes.push(await wishOf(worktree, `l-${agent}`));
	}
	return wishes;
}

async function chainOn(
	repository: Repository,
	wishes: readonly ChainWish[],
): Promise<{ readonly onto: string; readonly chain: Chain }> {
	const onto = gitIn(repository.commonDir, 'rev-parse', 'main');
	return { onto, chain: valueOf(await buildChain(repository, onto, wishes)) };
}

const ids = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id);

test('candidates are chained in order, those that conflict are left out and say with whom', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const wishes = await agentsWith(repository, {
		one: { 'a.txt': numbered(3, 'ONE\n') },
		base: { 'src/b.txt': 'conflicts with the base\n' },
		two: { 'a.txt': numbered(15, 'TWO\n'), 'two.txt': '2\n' },
		clash: { 'two.txt': 'other\n', 'clash.txt': 'c\n' },
		same: { 'two.txt': '2\n' },
		three: { 'three.txt': '3\n' },
	});
	commitFiles(top, { 'src/b.txt': 'moved on\n' });
	const refs = gitIn(top, 'for-each-ref');
	const files = readTree(top);
	const { onto, chain } = await chainOn(repository, wishes);
	expect(ids(chain.links)).toEqual(['l-one', 'l-two', 'l-three']);
	expect(chain.leftOut).toEqual([
		{ id: 'l-base', kind: 'conflict', files: ['src/b.txt'], with: null },
		{ id: 'l-clash', kind: 'conflict', files: ['two.txt'], with: 'l-two' },
		{ id: 'l-same', kind: 'nothing' },
	]);
	expect(gitIn(top, 'for-each-ref')).toBe(refs);
	expect(readTree(top)).toEqual(files);
	const [one, two, three] = chain.links;
	expect([one?.onto, two?.onto, three?.onto]).toEqual([onto, one?.commit, two?.commit]);
	const tip = three?.commit ?? '';
	expect(
		gitIn(
			top,
			'log',
			'--format=%s %an|%cn %(trailers:only,unfold,separator=%x2C)',
			`${onto}..${tip}`,
		),
	).toBe(
		['three', 'two', 'one']
			.map((name) => `Land l-${name} Person|Person Weir-Agent: ${name}`)
			.join('\n'),
	);
	expect(gitIn(top, 'diff', '--name-only', onto, tip)).toBe('a.txt\nthree.txt\ntwo.txt');
	expect(gitIn(top, 'show', `${tip}:a.txt`)).toBe(
		numbered(3, 'ONE\n').replace('line 15\n', 'TWO\n').trimEnd(),
	);
	expect(gitIn(top, 'rev-parse', `${tip}^{tree}`)).toBe(three?.tree);
	// What was tried on the way is not in the repository.
	const unnamed = gitIn(top, 'fsck', '--unreachable', '--no-reflogs').split('\n');
	const commits = unnamed.flatMap((line) => /commit (.*)/.exec(line)?.[1] ?? []);
	expect(commits.toSorted()).toEqual(chain.links.map(({ commit }) => commit).toSorted());
});

test('the first of a chain land at once, and the others can follow', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const wishes = await agentsWith(repository, {
		one: { 'a.txt': numbered(3, 'ONE\n') },
		two: { 'two.txt': '2\n', 'src/b.txt': null },
		three: { 'a.txt': numbered(15, 'THREE\n') },
	});
	writeFiles(top, { 'mine.txt': 'mine\n' });
	const { onto, chain } = await chainOn(repository, wishes);
	const first = chain.links.slice(0, 2);
	const landed = valueOf(await landChain(repository, 'main', first));
	expect(landed.map(({ old, new: now }) => [old, now])).toEqual(
		first.map((link) => [link.onto, link.commit]),
	);
	expect(gitIn(top, 'rev-parse', 'main')).toBe(first[1]?.commit);
	expect(gitIn(top, 'status', '--porcelain')).toBe('?? mine.txt');
	expect(
		gitIn(top, 'rev-parse', 'refs/weir/landed/l-one', 'refs/weir/landed/l-two'),
	).toBe(first.map(({ commit }) => commit).join('\n'));
	expect(valueOf(await landChain(repository, 'main', first))).toEqual(landed);
	expect(
		valueOf(
			(await findLanded(repository, 'l-two')) ?? {
				ok: false,
				refusal: { code: 'none', message: '' },
			},
		),
	).toEqual(landed[1]);
	expect(codeOf(await landChain(repository, 'main', chain.links))).toBe('landing.landed');
	valueOf(await landChain(repository, 'main', chain.links.slice(2)));
	expect(gitIn(top, 'log', '--format=%s', `${onto}..main`)).toBe(
		'Land l-three\nLand l-two\nLand l-one',
	);
	expect(gitIn(top, 'status', '--porcelain')).toBe('?? mine.txt');
});

test('a base that moved, or a file of yours in the way, lets nothing of a chain land', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const wishes = await agentsWith(repository, {
		one: { 'one.txt': '1\n' },
		two: { 'a.txt': 'two\n' },
	});
	const { chain } = await chainOn(repository, wishes);
	writeFiles(top, { 'a.txt': 'mine\n' });
	expect(codeOf(await landChain(repository, 'main', chain.links))).toBe('base.dirty');
	expect(readFileSync(join(top, 'a.txt'), 'utf8')).toBe('mine\n');
	writeFiles(top, { 'a.txt': lines(1, 20) });
	commitFiles(top, { 'later.txt': 'l\n' });
	expect(codeOf(await landChain(repository, 'main', chain.links))).toBe('base.moved');
	expect(gitIn(top, 'for-each-ref', 'refs/weir/landed')).toBe('');
	expect(gitIn(top, 'status', '--porcelain')).toBe('');
	const again = await chainOn(repository, wishes);
	valueOf(await landChain(repository, 'main', again.chain.links));
});

test('the last of a chain is taken back, and one in the middle is reverted', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const wishes = await agentsWith(repository, {
		one: { 'a.txt': numbered(3, 'ONE\n') },
		two: { 'a.txt': numbered(15, 'TWO\n'), 'two.txt': '2\n' },
		three: { 'three.txt': '3\n' },
	});
	const { chain } = await chainOn(repository, wishes);
	valueOf(await landChain(repository, 'main', chain.links));
	const undo = (id: string, landing: string) => ({ id, landing, base: 'main' });
	expect(codeOf(await undoLanding(repository, undo('u1', 'l-two')))).toBe(
		'undo.built-on',
	);
	const reverted = valueOf(
		await revertLanding(repository, undo('u1', 'l-two'), 'Revert'),
	);
	expect(reverted.old).toBe(chain.links[2]?.commit);
	expect(readFileSync(join(top, 'a.txt'), 'utf8')).toBe(numbered(3, 'ONE\n'));
	expect([...readTree(top).keys()].sort()).toEqual(['a.txt', 'src/b.txt', 'three.txt']);
	gitIn(top, 'reset', '--quiet', '--hard', 'refs/weir/landed/l-three');
	const undone = valueOf(await undoLanding(repository, undo('u3', 'l-three')));
	expect(undone.new).toBe(chain.links[1]?.commit);
	expect(gitIn(top, 'status', '--porcelain')).toBe('');
	expect([...readTree(top).keys()].sort()).toEqual(['a.txt', 'src/b.txt', 'two.txt']);
});

test('rebase keeps each commit with its author, date and message, and undo takes back all of them', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	const { path } = worktree;
	const git = (...args: string[]) => gitIn(path, ...args);
	git('config', 'user.name', 'Änne "A" Agent');
	for (const [at, name] of ['first', 'second', 'third'].entries()) {
		writeFiles(path, {
			[`${name}.txt`]: `${name}\n`,
			'a.txt': numbered(3 + at, `${name}\n`),
		});
		git('add', '--all');
		git(
			'commit',
			'-qm',
			`${name}\n\nBody of ${name}\n  indented\n`,
			`--date=@170000000${at} +0230`,
		);
	}
	const other = await agentsWith(repository, { two: { 'two.txt': '2\n' } });
	commitFiles(top, { 'a.txt': numbered(15, 'BASE\n'), 'first.txt': 'first\n' });
	const wish = await wishOf(worktree, 'l-api', { strategy: 'rebase' });
	const { onto, chain } = await chainOn(repository, [...other, wish]);
	expect(chain.leftOut).toEqual([]);
	expect(chain.links[1]?.commits).toBe(3);
	const before = readTree(top);
	valueOf(await landChain(repository, 'main', chain.links));
	const format = '--format=%an|%ad|%cn|%B';
	const shown = (range: string) => gitIn(top, 'log', '--date=raw', '-3', format, range);
	expect(shown('main').replaceAll('|Person|', '|x|')).toBe(
		shown('weir/api').replace(/\|[^|]*\|(?=first|second|third)/g, '|x|'),
	);
	expect(gitIn(top, 'log', '--merges', '--format=%s', `${onto}..main`)).toBe('');
	expect(readFileSync(join(top, 'a.txt'), 'utf8')).toContain('BASE');
	expect(gitIn(top, 'status', '--porcelain')).toBe('');
	const undone = valueOf(
		await undoLanding(repository, { id: 'u', landing: 'l-api', base: 'main' }),
	);
	expect(undone.new).toBe(chain.links[0]?.commit);
	expect(readTree(top)).toEqual(new Map([...before, ['two.txt', '644 Mgo=']]));
});

test('a revert takes back all commits of a rebase, and merges and conflicts are told', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	const { path } = worktree;
	commitFiles(path, { 'one.txt': '1\n' });
	commitFiles(path, { 'two.txt': '2\n', 'a.txt': 'agent\n' });
	const wish = await wishOf(worktree, 'l1', { strategy: 'rebase' });
	const { chain } = await chainOn(repository, [wish]);
	valueOf(await landChain(repository, 'main', chain.links));
	commitFiles(top, { 'later.txt': 'l\n' });
	const plan = { id: 'u', landing: 'l1', base: 'main' };
	valueOf(await revertLanding(repository, plan, 'Revert'));
	expect([...readTree(top).keys()].sort()).toEqual(['a.txt', 'later.txt', 'src/b.txt']);

	const conflicting = await makeWorktree(repository, 'late');
	commitFiles(conflicting.path, { 'fine.txt': 'f\n' });
	commitFiles(conflicting.path, { 'src/b.txt': 'late\n' });
	const [early] = await agentsWith(repository, { early: { 'src/b.txt': 'early\n' } });
	const merging = await makeWorktree(repository, 'merging');
	gitIn(merging.path, 'checkout', '-qb', 'side');
	commitFiles(merging.path, { 'side.txt': 's\n' });
	gitIn(merging.path, 'checkout', '-q', 'weir/merging');
	commitFiles(merging.path, { 'mine.txt': 'm\n' });
	gitIn(merging.path, 'merge', '-q', '--no-edit', 'side');
	const rebased = { strategy: 'rebase' } as const;
	const wishes = [
		early ?? wish,
		await wishOf(conflicting, 'l-late', rebased),
		await wishOf(merging, 'l-merging', rebased),
	];
	const said = await chainOn(repository, wishes);
	expect(ids(said.chain.links)).toEqual(['l-early']);
	expect(said.chain.leftOut).toEqual([
		{ id: 'l-late', kind: 'conflict', files: ['src/b.txt'], with: 'l-early' },
		{ id: 'l-merging', kind: 'merges', merge: gitIn(merging.path, 'rev-parse', 'HEAD') },
	]);
});

for (const strategy of ['squash', 'merge', 'rebase'] as const) {
	test(`what landed before by ${strategy} does not land twice in a chain`, async () => {
		const top = makeRepository();
		const repository = await open(top);
		const worktree = await makeWorktree(repository, 'api');
		commitFiles(worktree.path, { 'a.txt': numbered(3, 'FIRST\n') });
		const first = await chainOn(repository, [await wishOf(worktree, 'l1', { strategy })]);
		const [landed] = valueOf(await landChain(repository, 'main', first.chain.links));
		const before = { candidate: landed?.candidate ?? '', commit: landed?.new ?? '' };
		commitFiles(worktree.path, { 'a.txt': numbered(3, 'SECOND\n') });
		const others = await agentsWith(repository, { two: { 'two.txt': '2\n' } });
		const again = await wishOf(worktree, 'l2', { strategy, before });
		const { onto, chain } = await chainOn(repository, [...others, again]);
		expect(chain.leftOut).toEqual([]);
		valueOf(await landChain(repository, 'main', chain.links));
		expect(readFileSync(join(top, 'a.txt'), 'utf8')).toBe(numbered(3, 'SECOND\n'));
		expect(gitIn(top, 'rev-list', '--first-parent', '--count', `${onto}..main`)).toBe(
			'2',
		);
		expect(gitIn(top, 'status', '--porcelain')).toBe('');
	});
}

/** Lands in a program that dies by SIGKILL when git is asked for something, before or after it is done. */
async function landAndDie(
	top: string,
	links: Chain['links'],
	moment: string,
	done: boolean,
): Promise<void> {
	const folder = scratchFolder();
	const real = join(gitIn(top, '--exec-path'), 'git');
	const act = done ? `"${real}" "$@"; ` : '';
	writeFileSync(
		join(folder, 'git'),
		`#!/bin/sh\ncase "$* " in *" ${moment} "*) ${act}kill -9 $PPID; exit 1;; esac\nexec "${real}" "$@"\n`,
	);
	chmodSync(join(folder, 'git'), 0o755);
	const script = gitScript({ openRepository: 'repository.ts', landChain: 'landing.ts' }, [
		`const { value: repository } = await openRepository(${JSON.stringify(top)});`,
		`await landChain(repository, 'main', ${JSON.stringify(links)});`,
	]);
	const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
	const child = spawn(process.execPath, [script], { env, stdio: 'inherit' });
	expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
}

for (const [moment, done] of [
	['worktree list', false],
	['read-tree -n -m -u', false],
	['update-ref', false],
	['update-ref', true],
	['read-tree -m -u', false],
	['read-tree -m -u', true],
] as const) {
	test(`a chain killed ${done ? 'after' : 'at'} ${moment} lands whole, once`, async () => {
		const top = makeRepository();
		const repository = await open(top);
		const wishes = await agentsWith(repository, {
			one: { 'a.txt': numbered(3, 'ONE\n') },
			two: { 'two.txt': '2\n', 'src/b.txt': null },
			three: { 'a.txt': numbered(15, 'THREE\n') },
		});
		writeFiles(top, { 'mine.txt': 'mine\n' });
		const { onto, chain } = await chainOn(repository, wishes);
		await landAndDie(top, chain.links, moment, done);
		const landed = gitIn(top, 'for-each-ref', 'refs/weir/landed')
			.split('\n')
			.filter(Boolean);
		const tip = gitIn(top, 'rev-parse', 'main');
		expect([landed.length, tip]).toEqual(
			tip === onto ? [0, onto] : [3, chain.links.at(-1)?.commit],
		);
		const again = await open(top);
		const said = valueOf(await landChain(again, 'main', chain.links));
		expect(said.map(({ new: now }) => now)).toEqual(
			chain.links.map(({ commit }) => commit),
		);
		expect(said.flatMap(({ kept }) => kept)).toEqual([]);
		expect(gitIn(top, 'log', '--format=%s', `${onto}..main`)).toBe(
			'Land l-three\nLand l-two\nLand l-one',
		);
		expect(gitIn(top, 'status', '--porcelain')).toBe('?? mine.txt');
		expect(
			readdirSync(join(top, '.git')).filter((file) => /lock|weir-/.test(file)),
		).toEqual([]);
		expect(readdirSync(join(top, '.git/weir/moves'))).toEqual([]);
	});
}
