// Remove and restore: what would be lost is named, and what was there comes back.
import { execFileSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, refusal, start } from '../support/agents.ts';
import { isRunning } from '../support/process-tree.ts';
import { commitFiles, gitIn, readTree, writeFiles } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir({
		'readme.md': 'scratch\n',
		'src/a.txt': 'one\n',
		'.gitignore': 'ignored/\n',
	});
});
afterAll(() => weir.close());

test('remove names what would be lost, and restore brings every byte back', async () => {
	const { worktree, branch } = await start(weir, 'keeper');
	gitIn(worktree, 'switch', '--quiet', '-c', 'rival');
	commitFiles(worktree, { 'committed.txt': 'rival\n' }, 'Rival');
	gitIn(worktree, 'switch', '--quiet', branch);
	commitFiles(worktree, { 'committed.txt': 'committed\n' }, 'Commit one');
	expect(() => gitIn(worktree, 'merge', 'rival')).toThrow('merge');
	layOut(worktree);
	gitIn(worktree, 'add', 'binary');
	const before = readTree(worktree);
	const status = gitIn(worktree, 'status');
	expect(status).toMatch(/unmerged paths[\s\S]*new file: +binary/);
	const head = gitIn(worktree, 'rev-parse', 'HEAD');
	const no = await refusal(weir, 'remove', 'keeper');
	expect(no.code).toBe('remove.unconfirmed');
	expect(no.allow).toBe('weir remove keeper --yes');
	for (const lost of ['uncommitted: binary', 'Commit one']) {
		expect(no.message).toContain(lost);
	}
	expect(readTree(worktree)).toEqual(before);

	await weir.json('remove', 'keeper', '--yes');
	expect(existsSync(worktree)).toBe(false);
	expect(gitIn(weir.repo, 'branch', '--list', branch)).toBe('');
	expect(gitIn(weir.repo, 'worktree', 'list')).not.toContain(worktree);

	await weir.json('restore', 'keeper');
	expect(readTree(worktree)).toEqual(before);
	expect(gitIn(worktree, 'status')).toBe(status);
	expect(gitIn(worktree, 'rev-parse', 'HEAD')).toBe(head);
	expect(await weir.agent('keeper')).toMatchObject({ life: 'ended', generation: 1 });
	await weir.json('respawn', 'keeper');
	expect(await weir.agent('keeper')).toMatchObject({ life: 'running', generation: 2 });
	await weir.json('remove', 'keeper', '--yes');
	expect(await weir.json('undo')).toEqual({
		v: 1,
		undone: 'removal of keeper',
		kept: null,
	});
	expect(readTree(worktree)).toEqual(before);
	expect(gitIn(worktree, 'status')).toBe(status);
});

test('a repository or a pipe inside the worktree is never removed or pruned without a word', async () => {
	const { worktree } = await start(weir, 'nester');
	commitFiles(worktree, { 'landed.txt': 'landed\n' }, 'Land it');
	await weir.json('merge', 'nester');
	await weir.json('kill', 'nester');
	const inner = join(worktree, 'inner');
	mkdirSync(inner);
	gitIn(inner, 'init', '--quiet');
	gitIn(
		inner,
		'-c',
		'user.name=P',
		'-c',
		'user.email=p@example.org',
		'commit',
		'-qm',
		'x',
		'--allow-empty',
	);
	const no = await refusal(weir, 'remove', 'nester');
	expect(no.message).toContain('inner/ (a repository: its history is not kept)');
	const prunable = async () => {
		const { agents } = await weir.json<{ agents: { name: string }[] }>('prune');
		return agents.map(({ name }) => name);
	};
	expect(await prunable()).not.toContain('nester');
	rmSync(inner, { recursive: true });
	execFileSync('mkfifo', [join(worktree, 'orders')]);
	const piped = await refusal(weir, 'remove', 'nester');
	expect(piped.message).toContain('orders (a pipe: in no snapshot)');
	expect(await prunable()).not.toContain('nester');
	rmSync(join(worktree, 'orders'));
	expect(await prunable()).toContain('nester');
	await weir.json('remove', 'nester');
});

test('a removed agent comes back beside another that took its name', async () => {
	const old = await start(weir, 'twin');
	writeFiles(old.worktree, { 'whose.txt': 'old\n' });
	gitIn(old.worktree, 'add', 'whose.txt');
	await weir.json('remove', 'twin', '--yes');
	const young = await start(weir, 'twin');
	writeFiles(young.worktree, { 'whose.txt': 'young\n' });
	const no = await refusal(weir, 'restore', 'twin');
	expect(no).toMatchObject({ code: 'agent.exists', allow: 'weir rename twin twin-2' });
	await ask(weir, 'rename', { agent: 'twin', name: 'twin-2' });
	await weir.json('restore', 'twin');
	const restored = await weir.agent('twin');
	const renamed = await weir.agent('twin-2');
	expect(restored.worktree).not.toBe(renamed.worktree);
	expect(restored.branch).not.toBe(renamed.branch);
	expect(gitIn(restored.worktree, 'status', '--porcelain')).toBe('A  whose.txt');
	expect(gitIn(restored.worktree, 'branch', '--show-current')).toBe(restored.branch);
	expect(readFileSync(join(restored.worktree, 'whose.txt'), 'utf8')).toBe('old\n');
	expect(readFileSync(join(renamed.worktree, 'whose.txt'), 'utf8')).toBe('young\n');
});

/** One of everything that a snapshot has to bring back. */
function layOut(top: string): void {
	writeFiles(top, { 'readme.md': 'changed\n', 'deep/er/untracked.txt': 'new\n' });
	writeFileSync(join(top, 'binary'), Buffer.from([0, 255, 13, 10, 0, 10]));
	writeFiles(top, { 'empty.txt': '', 'no-newline.txt': 'x', 'crlf.txt': 'a\r\nb\r\n' });
	writeFiles(top, { 'tool.sh': '#!/bin/sh\n', 'name with ü and\ttab': 'odd\n' });
	chmodSync(join(top, 'tool.sh'), 0o755);
	symlinkSync('../nowhere', join(top, 'dangling'));
	symlinkSync('src', join(top, 'linked'));
	rmSync(join(top, 'src/a.txt'));
	mkdirSync(join(top, 'src'), { recursive: true });
	writeFiles(top, { 'src/b.txt': 'in place of a\n' });
}

test('work on another branch, in a stash, and commits of a lost worktree survive a removal', async () => {
	const weirRun = (...argv: string[]) => weir.run(...argv);
	await weir.json('new', 'beside', '--', 'sh');
	const { worktree } = await weir.agent('beside');
	gitIn(worktree, 'checkout', '--quiet', '-b', 'other');
	commitFiles(worktree, { 'other.txt': 'kept\n' });
	gitIn(worktree, 'checkout', '--quiet', 'weir/beside');
	writeFileSync(join(worktree, 'README.md'), 'stashed\n');
	gitIn(worktree, 'add', '--all');
	gitIn(worktree, 'stash');
	await weir.json('kill', 'beside');
	const unsure = await weirRun('remove', 'beside');
	expect(unsure.code).toBe(3);
	expect(unsure.stderr).toContain('on branch other of its own');
	expect(unsure.stderr).toContain('on a stash of its own');

	await weir.json('new', 'lost', '--', 'sh');
	const lost = await weir.agent('lost');
	const commit = commitFiles(lost.worktree, { 'lost.txt': 'kept\n' });
	rmSync(lost.worktree, { recursive: true });
	const removed = await weirRun('remove', 'lost', '--yes');
	expect(removed).toMatchObject({ code: 0 });
	expect(removed.stdout).toContain('its commits stay on weir/lost');
	expect(gitIn(weir.repo, 'rev-parse', 'weir/lost')).toBe(commit);
	const back = await weirRun('restore', 'lost');
	expect(back.code).toBe(3);
	expect(back.stderr).toContain('weir new lost-2 --base weir/lost');
	await weir.json('new', 'lost-2', '--base', 'weir/lost', '--', 'sh');
	const again = await weir.agent('lost-2');
	expect(readFileSync(join(again.worktree, 'lost.txt'), 'utf8')).toBe('kept\n');
});

test('an agent that deleted its own worktree is killed, removed and restored like any other', async () => {
	const says = 'echo "life $WEIR_GENERATION"; exec sleep 1000';
	const { worktree } = await start(weir, 'gone', ['sh', '-c', says]);
	writeFiles(worktree, { 'work.txt': 'work\n' });
	await weir.json('kill', 'gone');
	await weir.json('respawn', 'gone');
	// A program cannot begin in a folder that is gone.
	await weir.shows('gone', 'life 2');
	const { pid } = await weir.agent('gone');
	rmSync(worktree, { recursive: true });
	expect((await refusal(weir, 'merge', 'gone')).code).toBe('worktree.missing');
	await weir.json('kill', 'gone');
	expect(isRunning(pid)).toBe(false);
	expect((await refusal(weir, 'respawn', 'gone')).allow).toContain('weir remove gone');
	await weir.json('remove', 'gone', '--yes');
	expect(gitIn(weir.repo, 'branch', '--list', 'weir/gone')).toBe('');
	// The last snapshot is that of the first kill.
	await weir.json('restore', 'gone');
	expect(readFileSync(join(worktree, 'work.txt'), 'utf8')).toBe('work\n');
	await weir.json('respawn', 'gone');
	expect((await weir.agent('gone')).life).toBe('running');
});
