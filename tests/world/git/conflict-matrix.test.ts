import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConflictMatrix, type MatrixBranch } from '../../../src/git/conflict-matrix.ts';
import { mergeTrees } from '../../../src/git/merge-tree.ts';
import { landWorktree, openLander } from '../../support/landing.ts';
import {
	commitFiles,
	gitIn,
	lines,
	makeRepository,
	open,
	scratchFolder,
	valueOf,
} from '../../support/repository.ts';

/** Commits on a branch of its own, from `main`. */
function branch(
	top: string,
	name: string,
	files: Record<string, string | null>,
	from = 'main',
): MatrixBranch {
	gitIn(top, 'checkout', '--quiet', '-B', name, from);
	const tip = commitFiles(top, files, name);
	gitIn(top, 'checkout', '--quiet', 'main');
	return { name, tip, before: null };
}

const numbered = (at: number, text: string) => lines(1, 20).replace(`line ${at}\n`, text);

test('the matrix agrees with each merge by itself, and leaves nothing in the repository', async () => {
	const files = { 'a.txt': lines(1, 20), 'b.txt': lines(1, 20), 'odd "name\n': 'o\n' };
	const top = makeRepository(files);
	const branches = [
		branch(top, 'one', { 'a.txt': numbered(3, 'ONE\n') }),
		branch(top, 'two', { 'a.txt': numbered(3, 'TWO\n'), 'b.txt': numbered(9, 'TWO\n') }),
		branch(top, 'three', { 'a.txt': numbered(15, 'THREE\n'), 'new.txt': 'three\n' }),
		branch(top, 'four', { 'b.txt': null, 'odd "name\n': 'four\n', 'new.txt': 'four\n' }),
		branch(top, 'moved', { 'a.txt': null, 'moved.txt': numbered(20, 'MOVED\n') }),
		branch(top, 'none', {}),
	];
	commitFiles(top, { 'odd "name\n': 'base\n' });
	const repository = await open(top);
	const matrix = new ConflictMatrix(repository);
	const base = gitIn(top, 'rev-parse', 'main');
	const before = gitIn(top, 'count-objects');
	const said = await matrix.predict(base, branches);
	expect(gitIn(top, 'count-objects')).toBe(before);
	const expected: unknown[] = [];
	for (const [at, one] of branches.entries()) {
		for (const other of branches.slice(at + 1)) {
			const merged = await mergeTrees(repository, one.tip, other.tip);
			if (merged.kind === 'clean') continue;
			const names = [one.name, other.name];
			const count = merged.files.length;
			expected.push({ names, files: merged.files, count, withoutRenames: false });
		}
	}
	expect(said.between).toEqual(expected);
	expect(said.between.map(({ names }) => names.join(' '))).toEqual([
		'one two',
		'two four',
		'three four',
	]);
	expect([...said.withBase]).toEqual([
		['four', { files: ['odd "name\n'], count: 1, withoutRenames: false }],
	]);
	expect(said.unknown).toEqual([]);
});

/** Runs with a git that notes each merge it is asked for; gives the pairs. */
async function pairsAsked(job: () => Promise<unknown>): Promise<string[]> {
	const folder = scratchFolder();
	const real = gitIn('/', '--exec-path');
	const log = join(folder, 'log');
	writeFileSync(log, '');
	const shim = `#!/bin/sh\ncase "$*" in *merge-tree*) tee -a ${log} | exec "${real}/git" "$@";; *) exec "${real}/git" "$@";; esac\n`;
	writeFileSync(join(folder, 'git'), shim, { mode: 0o755 });
	const path = process.env['PATH'];
	process.env['PATH'] = `${folder}:${path}`;
	try {
		await job();
	} finally {
		process.env['PATH'] = path;
	}
	return readFileSync(log, 'utf8').split('\n').filter(Boolean);
}

test('a head that moved asks for its row alone, and a base that moved for its column', async () => {
	const top = makeRepository();
	const branches = ['one', 'two', 'three', 'four'].map((name) =>
		branch(top, name, { [`${name}.txt`]: `${name}\n` }),
	);
	const base = gitIn(top, 'rev-parse', 'main');
	const matrix = new ConflictMatrix(await open(top));
	expect(await pairsAsked(() => matrix.predict(base, branches))).toHaveLength(4 + 6);
	expect(await pairsAsked(() => matrix.predict(base, branches))).toEqual([]);
	const moved = branch(top, 'two', { 'one.txt': 'two\n' });
	const now = branches.map((one) => (one.name === 'two' ? moved : one));
	const asked = await pairsAsked(async () => {
		const { between } = await matrix.predict(base, now);
		expect(between.map(({ names }) => names)).toEqual([['one', 'two']]);
	});
	expect(asked).toHaveLength(1 + 3);
	expect(asked.every((pair) => pair.includes(moved.tip))).toBe(true);
	const later = commitFiles(top, { 'later.txt': 'l\n' });
	expect(await pairsAsked(() => matrix.predict(later, now))).toHaveLength(4);
});

test('what landed before is no conflict, with the base or with others', async () => {
	const { top, repository, worktree } = await openLander();
	commitFiles(worktree.path, { 'a.txt': numbered(3, 'FIRST\n') });
	const landed = valueOf(await landWorktree(worktree, 'l1'));
	const before = { candidate: landed.candidate, commit: landed.new };
	commitFiles(worktree.path, { 'a.txt': numbered(3, 'SECOND\n') });
	const tip = gitIn(worktree.path, 'rev-parse', 'HEAD');
	gitIn(top, 'fetch', '--quiet', worktree.privateDir, 'HEAD');
	const base = gitIn(top, 'rev-parse', 'main');
	const again: MatrixBranch = { name: 'again', tip, before };
	const apart = branch(top, 'apart', { 'a.txt': numbered(3, 'FIRST\n') + 'more\n' });
	const against = branch(top, 'against', { 'a.txt': numbered(3, 'AGAINST\n') });
	const matrix = new ConflictMatrix(repository);
	const { withBase, between } = await matrix.predict(base, [again, apart, against]);
	expect([...withBase.keys()]).toEqual([]);
	expect(between.map(({ names }) => names)).toEqual([['again', 'against']]);
	const unaware = await matrix.predict(base, [{ ...again, before: null }]);
	expect([...unaware.withBase.keys()]).toEqual(['again']);
});

test('commits that are not there, and histories that are strangers, are told', async () => {
	const top = makeRepository();
	const one = branch(top, 'one', { 'a.txt': 'one\n' });
	gitIn(top, 'checkout', '--quiet', '--orphan', 'stranger');
	const stranger = {
		name: 'stranger',
		tip: commitFiles(top, { 'a.txt': 's\n' }),
		before: null,
	};
	gitIn(top, 'checkout', '--quiet', 'main');
	const gone = { name: 'gone', tip: one.tip.replace(/^.{8}/, '01234567'), before: null };
	const matrix = new ConflictMatrix(await open(top));
	const said = await matrix.predict(gitIn(top, 'rev-parse', 'main'), [
		one,
		gone,
		stranger,
	]);
	expect(said.unknown).toEqual(['gone']);
	expect([...said.withBase.keys()]).toEqual(['stranger']);
	expect(said.between.map(({ names }) => names)).toEqual([['one', 'stranger']]);
});

test('many conflicts are counted and a few of them named; skipped renames are told', async () => {
	const many = Object.fromEntries(
		Array.from({ length: 300 }, (_, at) => [`many/f${at}`, lines(at, at + 30)]),
	);
	const top = makeRepository(many);
	gitIn(top, 'config', 'merge.renameLimit', '5');
	const renamed: Record<string, string | null> = {};
	const edited: Record<string, string> = {};
	for (const [path, text] of Object.entries(many)) {
		Object.assign(renamed, { [path]: null, [`${path}-moved`]: `${text}renamed\n` });
		edited[path] = `edited\n${text}`;
	}
	const [one, two] = [branch(top, 'one', renamed), branch(top, 'two', edited)];
	const matrix = new ConflictMatrix(await open(top));
	const base = gitIn(top, 'rev-parse', 'main');
	const { between } = await matrix.predict(base, [one, two]);
	expect(between).toEqual([
		{
			names: ['one', 'two'],
			files: Object.keys(many).sort().slice(0, 20),
			count: 300,
			withoutRenames: true,
		},
	]);
});

test('a prediction that is cancelled ends its git and goes on from what it knows', async () => {
	const top = makeRepository();
	const branches = Array.from({ length: 40 }, (_, at) =>
		branch(top, `b${at}`, { [`f${at}`]: 'x\n' }),
	);
	const base = gitIn(top, 'rev-parse', 'main');
	const matrix = new ConflictMatrix(await open(top));
	const early = AbortSignal.abort();
	await expect(matrix.predict(base, branches, early)).rejects.toThrow('abort');
	const cut = new AbortController();
	const predicting = matrix.predict(base, branches, cut.signal);
	setImmediate(() => cut.abort());
	await expect(predicting).rejects.toThrow(/abort|cancel/);
	const { between, withBase } = await matrix.predict(base, branches);
	expect([between.length, withBase.size]).toEqual([0, 0]);
});
