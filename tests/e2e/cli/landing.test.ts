// Landings by verbs: what is refused, what conflicts, what is taken back.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MergeJson } from '../../support/agents.ts';
import { commitFiles, gitIn, lines } from '../../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../../support/weir.ts';

let weir: ScratchWeir;
const trees = new Map<string, string>();
let landing = '';
beforeAll(async () => {
	weir = scratchWeir({ 'a.txt': lines(1, 30), 'b.txt': 'b\n' });
	for (const name of ['one', 'two', 'three']) {
		await weir.json('new', name, '--', 'sh');
		trees.set(name, (await weir.agent(name)).worktree);
	}
});
afterAll(() => weir.close());

const treeOf = (name: string) => trees.get(name) ?? '';
const inBase = (file: string) => readFileSync(join(weir.repo, file), 'utf8');

test('an agent with nothing to land is refused', async () => {
	const nothing = await weir.run('merge', 'one');
	expect(nothing.code).toBe(3);
	expect(nothing.stderr).toContain('one has committed nothing that main does not have');
});

test('uncommitted files are neither taken along nor left without a word', async () => {
	commitFiles(treeOf('one'), { 'one.txt': 'one\n' }, 'Add one');
	writeFileSync(join(treeOf('one'), 'draft.txt'), 'draft\n');
	const unsaid = await weir.run('merge', 'one');
	expect(unsaid.code).toBe(3);
	expect(unsaid.stderr).toContain('uncommitted files: draft.txt');
	const { landings } = await weir.json<MergeJson>('merge', 'one', '--committed');
	expect(landings).toEqual([
		{
			agent: 'one',
			landing: expect.stringMatching(/^l\d+$/),
			phase: 'landed',
			old: expect.stringMatching(/^[0-9a-f]{40}$/),
			new: gitIn(weir.repo, 'rev-parse', 'main'),
			files: [],
			checkout: 'updated',
			kept: null,
			after: null,
			handedOff: null,
			...{ resolvedBy: null, with: null, needless: [] },
		},
	]);
	expect(inBase('one.txt')).toBe('one\n');
	expect(existsSync(join(weir.repo, 'draft.txt'))).toBe(false);
	expect(gitIn(weir.repo, 'status', '--porcelain')).toBe('');
});

test('the same worktree lands again, this time with what is not committed', async () => {
	const again = await weir.run(
		...['merge', 'one', '--with-uncommitted', '--message', 'Add the draft'],
	);
	expect(again).toMatchObject({ code: 0, stderr: '' });
	[, landing = ''] = /one landed as \w+; weir undo (l\d+)/.exec(again.stdout) ?? [];
	expect(inBase('draft.txt')).toBe('draft\n');
	expect(gitIn(weir.repo, 'log', '-1', '--format=%s')).toBe('Add the draft');
});

test('undo takes the last landing back, and says so', async () => {
	const before = gitIn(weir.repo, 'rev-parse', 'main^');
	const undone = await weir.json<{ v: 1; undone: string }>('undo');
	expect(undone.undone).toBe('merge of one into main');
	expect(gitIn(weir.repo, 'rev-parse', 'main')).toBe(before);
	expect(existsSync(join(weir.repo, 'draft.txt'))).toBe(false);
	const twice = await weir.run('undo', landing);
	expect(twice.code).toBe(3);
	expect(twice.stderr).toContain(landing);
	expect((await weir.run('undo', 'x9')).code).toBe(3);
});

test('a conflict ends with 3, names the files and the way out; the base stays', async () => {
	commitFiles(treeOf('two'), { 'b.txt': 'two\n' }, 'Change b');
	commitFiles(weir.repo, { 'b.txt': 'mine\n' }, 'Change b myself');
	const before = gitIn(weir.repo, 'rev-parse', 'main');
	const conflict = await weir.run('merge', 'two');
	expect(conflict.code).toBe(3);
	expect(conflict.stdout).toContain('  b.txt');
	expect(conflict.stdout).toContain('weir merge two --hand-off');
	expect(gitIn(weir.repo, 'rev-parse', 'main')).toBe(before);
	expect((await weir.agent('two')).conflicts).toEqual(['b.txt']);
	for (const verb of ['list', 'status'])
		expect((await weir.run(verb)).stdout).toMatch(/^two .*CONFLICT with main in b\.txt/m);
});

test('a hand-off brings the conflict to the agent, whose resolution lands', async () => {
	const handed = await weir.run('merge', 'two', '--hand-off');
	expect(handed).toEqual({
		code: 0,
		stdout: expect.stringMatching(
			/^the base is in the worktree of two now and conflicts in b\.txt; two was told .*; weir merge two lands it once that is committed\n$/,
		),
		stderr: '',
	});
	expect(readFileSync(join(treeOf('two'), 'b.txt'), 'utf8')).toContain('<<<<<<<');
	writeFileSync(join(treeOf('two'), 'b.txt'), 'both\n');
	gitIn(treeOf('two'), 'commit', '--quiet', '-am', 'Resolve');
	expect(await weir.run('merge', 'two')).toMatchObject({ code: 0, stderr: '' });
	expect(inBase('b.txt')).toBe('both\n');
	expect((await weir.run('list')).stdout).not.toContain('CONFLICT');
});

test('files of the user that a landing would touch are named, and stay', async () => {
	commitFiles(treeOf('three'), { 'a.txt': lines(1, 31) }, 'Lengthen a');
	writeFileSync(join(weir.repo, 'a.txt'), 'my own words\n');
	const dirty = await weir.run('merge', 'three');
	expect(dirty.code).toBe(3);
	expect(dirty.stderr).toContain('a.txt');
	expect(dirty.stderr).toContain('--into integration');
	expect(inBase('a.txt')).toBe('my own words\n');
	const aside = await weir.json<MergeJson>('merge', 'three', '--into', 'integration');
	expect(aside.landings[0]?.phase).toBe('landed');
	expect(gitIn(weir.repo, 'show', 'weir/integration:a.txt')).toContain('line 31');
	expect(inBase('a.txt')).toBe('my own words\n');
	gitIn(weir.repo, 'checkout', '--quiet', '--', 'a.txt');
});

test('--all lands every agent that has something, a merge commit where asked', async () => {
	commitFiles(treeOf('one'), { 'late.txt': 'late\n', 'draft.txt': null }, 'Be late');
	commitFiles(treeOf('two'), { 'two.txt': 'two\n' }, 'Add two');
	const all = await weir.json<MergeJson>('merge', '--all', '--strategy', 'merge');
	// In the order of the queue, which is another where one of them was ready first.
	const ended = new Set(all.landings.map(({ agent, phase }) => `${agent} ${phase}`));
	expect(ended).toEqual(new Set(['one landed', 'two landed', 'three landed']));
	expect(gitIn(weir.repo, 'show', '-s', '--format=%p', 'main').split(' ')).toHaveLength(
		2,
	);
	expect(inBase('late.txt') + inBase('two.txt')).toBe('late\ntwo\n');
	expect((await weir.run('merge', '--all')).stdout).toBe(
		'no agent has anything to land\n',
	);
});

test('two landings at once are made one after the other', async () => {
	commitFiles(treeOf('one'), { 'x1.txt': '1\n' }, 'First');
	commitFiles(treeOf('two'), { 'x2.txt': '2\n' }, 'Second');
	const both = await Promise.all([weir.run('merge', 'one'), weir.run('merge', 'two')]);
	expect(both.map(({ code }) => code)).toEqual([0, 0]);
	expect(inBase('x1.txt') + inBase('x2.txt')).toBe('1\n2\n');
	expect(gitIn(weir.repo, 'status', '--porcelain')).toBe('');
});

test('what makes no sense is a usage error', async () => {
	for (const words of [['merge'], ['merge', 'one', '--all'], ['merge', 'one', 'two']]) {
		expect((await weir.run(...words)).code).toBe(2);
	}
	const strategy = await weir.run('merge', 'one', '--strategy', 'octopus');
	expect(strategy.code).toBe(2);
	expect(strategy.stderr).toContain('squash, merge or rebase');
});

test('what a revert took out of the base again is no longer in it: remove asks', async () => {
	await weir.json('new', 'back', '--', 'sh');
	const { worktree } = await weir.agent('back');
	commitFiles(worktree, { 'back.txt': 'back\n' }, 'Come back');
	await weir.json('merge', 'back');
	commitFiles(weir.repo, { 'later.txt': 'later\n' }, 'Build on it');
	const undone = await weir.json<{ undone: string }>('undo', '--revert');
	expect(undone.undone).toBe('merge of back into main');
	const asked = await weir.run('remove', 'back');
	expect(asked.code).toBe(3);
	expect(asked.stderr).toMatch(/not in the base: \w{10} Come back/);
});
