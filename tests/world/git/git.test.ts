import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GitFailure, git, gitList, gitText, runGit } from '../../../src/git/git.ts';
import { changeRefs, readCommit, readRef } from '../../../src/git/refs.ts';
import {
	codeOf,
	gitIn,
	makeRepository,
	scratchFolder,
} from '../../support/repository.ts';

function placeOf(top: string) {
	return { gitDir: join(top, '.git'), workTree: top };
}

test('the exit code is the answer, and only an unexpected one throws', async () => {
	const place = placeOf(makeRepository());
	const quiet = await runGit(place, ['rev-parse', '--verify', '--quiet', 'nowhere']);
	expect(quiet).toMatchObject({ code: 1, stderr: '' });
	await expect(git(place, ['rev-parse', '--verify', 'nowhere'])).rejects.toThrow(
		GitFailure,
	);
	expect(await gitText(place, ['rev-parse', '--abbrev-ref', 'HEAD'])).toBe('main');
	expect(await gitList(place, ['ls-files', '-z'])).toEqual(['a.txt', 'src/b.txt']);
});

test('a lock of another git is waited for, and reported when it stays', async () => {
	const top = makeRepository();
	const lock = join(top, '.git/index.lock');
	writeFileSync(lock, '');
	const waiting = git(placeOf(top), ['update-index', '--force-remove', 'a.txt'], {
		onStderr: () => rmSync(lock, { force: true }),
	});
	await waiting;
	expect(gitIn(top, 'status', '--porcelain')).toContain('D  a.txt');
	writeFileSync(lock, '');
	const stays = await runGit(placeOf(top), [
		'update-index',
		'--force-remove',
		'src/b.txt',
	]);
	expect(stays.code).toBe(128);
	expect(stays.stderr).toContain('index.lock');
});

test('too much output, too much time and a call-off end the command', async () => {
	const top = makeRepository({ 'big.txt': 'x'.repeat(200_000) });
	const place = placeOf(top);
	const show = ['cat-file', 'blob', 'HEAD:big.txt'];
	await expect(git(place, show, { maxBytes: 1000 })).rejects.toThrow(
		'more than 1000 bytes',
	);
	expect(await git(place, show)).toHaveLength(200_000);
	const endless = ['-c', 'alias.wait=!sleep 60', 'wait'];
	await expect(git(place, endless, { timeoutMs: 300 })).rejects.toThrow(
		'did not end in time',
	);
	const stop = new AbortController();
	const called = git(place, endless, {
		signal: stop.signal,
		onSpawn: () => stop.abort(),
	});
	await expect(called).rejects.toThrow('cancelled');
});

test('refs change together or not at all', async () => {
	const top = makeRepository();
	const place = { gitDir: join(top, '.git') };
	const commit = gitIn(top, 'rev-parse', 'HEAD');
	const none = '1'.repeat(40);
	const create = { ref: 'refs/weir/x', from: null, to: commit };
	const moved = { ref: 'refs/heads/main', from: none, to: commit };
	expect(codeOf(await changeRefs(place, [create, moved], 'm'))).toBe('ref.moved');
	expect(await readRef(place, 'refs/weir/x')).toBeNull();
	expect(codeOf(await changeRefs(place, [create], 'm'))).toBe('ok');
	expect(codeOf(await changeRefs(place, [create], 'm'))).toBe('ref.moved');
	const below = { ref: 'refs/weir/x/y', from: null, to: commit };
	expect(codeOf(await changeRefs(place, [below], 'm'))).toBe('ref.blocked');
	const gone = { ref: 'refs/weir/x', from: commit, to: null };
	expect(codeOf(await changeRefs(place, [gone], 'm'))).toBe('ok');
	expect(codeOf(await changeRefs(place, [gone], 'm'))).toBe('ref.moved');
	for (const odd of ['--all', 'a\0b', '', 'HEAD:a.txt']) {
		expect(await readCommit(place, odd)).toBeNull();
	}
});

test('objects and refs are flushed to the disk before a change counts', async () => {
	const top = makeRepository();
	const trace = join(scratchFolder(), 'trace');
	const env = { GIT_TRACE2_EVENT: trace };
	const place = { gitDir: join(top, '.git') };
	const input = 'flush me\n';
	const object = await gitText(place, ['hash-object', '-w', '--stdin'], { input, env });
	await git(place, ['update-ref', 'refs/weir/blob', object], { env });
	const flush = /"key":"fsync\/hardware-flush","value":"[1-9]/g;
	expect(readFileSync(trace, 'utf8').match(flush)).toHaveLength(2);
});
