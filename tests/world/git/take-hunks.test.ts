// A hunk is taken back in a worktree, or put into the agent's index, byte for byte and only where the file is
// what it was taken for.
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changedFiles } from '../../../src/git/changed-files.ts';
import { type Discarded, discardHunk } from '../../../src/git/discard-hunk.ts';
import { readHunks } from '../../../src/git/hunks.ts';
import { type StageOrder, stageHunk } from '../../../src/git/stage-hunk.ts';
import { treeOnDisk } from '../../../src/git/tree-on-disk.ts';
import { openTreeStore } from '../../../src/git/tree-store.ts';
import { openLander } from '../../support/landing.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	lines,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

type Looked = StageOrder;

async function openWork(before: Record<string, string>) {
	const { top, worktree, repository } = await openLander();
	const from = commitFiles(worktree.path, before, 'before');
	gitIn(top, 'fetch', '--quiet', worktree.privateDir, from);
	const { place } = await openTreeStore(repository);
	/** The file as a review has it, and one of its hunks. */
	const look = async (path: string, at = 0) => {
		const tree = valueOf(await treeOnDisk(worktree, from));
		const file = (await changedFiles(place, from, tree)).find((one) => one.path === path);
		if (!file) throw new Error(`${path} has not changed`);
		const [one, other] = [file.old?.object ?? null, file.new?.object ?? null];
		const hunk = (await readHunks(place, one, other)).hunks[at];
		if (!hunk) throw new Error(`${path} has no hunk ${at}`);
		return { path, old: file.old, new: file.new, hunk: { old: hunk.old, new: hunk.new } };
	};
	const discard = ({ path, old: base, new: stands, hunk }: Looked) =>
		discardHunk(place, worktree.path, { path, base, stands, hunk });
	const putBack = (path: string, { before: base, after: stands }: Discarded) =>
		discardHunk(place, worktree.path, { path, base, stands, hunk: null });
	const stage = (looked: Looked) => stageHunk(worktree, place, looked);
	const at = (path: string) => join(worktree.path, path);
	const read = (path: string) => readFileSync(at(path), 'utf8');
	return { top: worktree.path, look, discard, putBack, stage, at, read };
}

const changed = lines(1, 40)
	.replace('line 3\n', 'three\n')
	.replace('line 20\n', '')
	.replace('line 40\n', 'line 40\nopen end');

test('one hunk is taken back, the others stay, and it is put back as it was', async () => {
	const work = await openWork({ 'a.txt': lines(1, 40) });
	writeFileSync(work.at('a.txt'), changed);
	chmodSync(work.at('a.txt'), 0o640);
	const done = valueOf(await work.discard(await work.look('a.txt', 1)));
	expect(work.read('a.txt')).toBe(changed.replace('line 19\n', 'line 19\nline 20\n'));
	expect(statSync(work.at('a.txt')).mode & 0o777).toBe(0o640);
	valueOf(await work.putBack('a.txt', done));
	expect(work.read('a.txt')).toBe(changed);
	// The last line of it has no end, and gets none.
	valueOf(await work.discard(await work.look('a.txt', 2)));
	expect(work.read('a.txt')).toBe(changed.replace('open end', ''));
});

test('a new file goes and comes back, and so does one that was deleted', async () => {
	const work = await openWork({ 'deep/gone.txt': 'gone\r\n', 'a.txt': 'a\n' });
	writeFiles(work.top, { 'new.txt': 'no end', 'deep/gone.txt': null });
	rmSync(work.at('deep'), { recursive: true, force: true });
	const made = valueOf(await work.discard(await work.look('new.txt')));
	expect(existsSync(work.at('new.txt'))).toBe(false);
	valueOf(await work.putBack('new.txt', made));
	expect(work.read('new.txt')).toBe('no end');
	const deleted = valueOf(await work.discard(await work.look('deep/gone.txt')));
	expect(work.read('deep/gone.txt')).toBe('gone\r\n');
	valueOf(await work.putBack('deep/gone.txt', deleted));
	expect(existsSync(work.at('deep/gone.txt'))).toBe(false);
});

test('what was written since stays as it is, and nothing is done through a link', async () => {
	const work = await openWork({ 'a.txt': 'one\n', 'dir/b.txt': 'one\n' });
	writeFiles(work.top, { 'a.txt': 'two\n', 'dir/b.txt': 'two\n' });
	const [a, b] = [await work.look('a.txt'), await work.look('dir/b.txt')];
	writeFileSync(work.at('a.txt'), 'three\n');
	expect(codeOf(await work.discard(a))).toBe('discard.changed');
	expect(work.read('a.txt')).toBe('three\n');
	const elsewhere = join(work.top, '..', 'elsewhere');
	mkdirSync(elsewhere);
	writeFileSync(join(elsewhere, 'b.txt'), 'two\n');
	rmSync(work.at('dir'), { recursive: true });
	symlinkSync(elsewhere, work.at('dir'));
	expect(codeOf(await work.discard(b))).toBe('discard.changed');
	expect(readFileSync(join(elsewhere, 'b.txt'), 'utf8')).toBe('two\n');
	rmSync(work.at('dir'));
	rmSync(work.at('a.txt'));
	symlinkSync('dir/b.txt', work.at('a.txt'));
	expect(codeOf(await work.discard(a))).toBe('discard.changed');
	expect(codeOf(await work.discard(await work.look('a.txt')))).toBe('discard.kind');
});

test('asked for twice it is done once', async () => {
	const work = await openWork({ 'a.txt': lines(1, 9) });
	writeFileSync(work.at('a.txt'), lines(1, 9).replace('line 3\n', 'three\n'));
	const looked = await work.look('a.txt');
	const once = valueOf(await work.discard(looked));
	expect(valueOf(await work.discard(looked))).toEqual(once);
	expect(work.read('a.txt')).toBe(lines(1, 9));
});

test('one hunk is staged for the agent to commit, beside what it has staged itself', async () => {
	const work = await openWork({ 'a.txt': lines(1, 40), 'b.txt': 'b\n' });
	const staged = () => gitIn(work.top, 'diff', '--cached', '-U0', '--', 'a.txt');
	writeFileSync(work.at('a.txt'), lines(1, 40).replace('line 20\n', ''));
	gitIn(work.top, 'add', 'a.txt');
	writeFileSync(work.at('a.txt'), changed);
	valueOf(await work.stage(await work.look('a.txt', 0)));
	expect(staged()).toContain('+three');
	expect(staged()).toContain('-line 20');
	expect(staged()).not.toContain('open end');
	expect(codeOf(await work.stage(await work.look('a.txt', 0)))).toBe('stage.nothing');
	expect(codeOf(await work.stage(await work.look('a.txt', 1)))).toBe('stage.nothing');
	expect(work.read('a.txt')).toBe(changed);
	gitIn(work.top, 'commit', '--quiet', '-m', 'two hunks');
	expect(gitIn(work.top, 'diff', '-U0')).toContain('+open end');
	expect(gitIn(work.top, 'fsck', '--no-dangling')).toBe('');
});

test('new and deleted files are staged as a whole, whatever bytes a name has', async () => {
	const work = await openWork({ 'gone.txt': 'gone\n' });
	rmSync(work.at('gone.txt'));
	const odd = Buffer.concat([
		Buffer.from(`${work.top}/`),
		Buffer.from('odd\xffname', 'latin1'),
	]);
	writeFileSync(odd, 'new\n');
	valueOf(await work.stage(await work.look('gone.txt')));
	valueOf(await work.stage(await work.look('odd\udcffname')));
	expect(gitIn(work.top, 'diff', '--cached', '--name-status').split('\n')).toEqual([
		'D\tgone.txt',
		'A\t"odd\\377name"',
	]);
	expect(codeOf(await work.stage(await work.look('gone.txt')))).toBe('stage.nothing');
});
