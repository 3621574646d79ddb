// What of a worktree is in no snapshot, and is told for that.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listIgnored } from '../../../src/git/ignored.ts';
import { listSpecial } from '../../../src/git/special-files.ts';
import { listUncommitted } from '../../../src/git/uncommitted.ts';
import {
	makeRepository,
	makeWorktree,
	open,
	writeFiles,
} from '../../support/repository.ts';

test('ignored files are listed with their size, largest first', async () => {
	const top = makeRepository({ '.gitignore': 'out/\n*.log\n' });
	const worktree = await makeWorktree(await open(top), 'api');
	writeFiles(worktree.path, { 'x.log': '12345', 'out/a': '1234567890', 'out/b/c': '1' });
	expect(await listIgnored(worktree)).toMatchObject([
		{ path: 'out' },
		{ path: 'x.log', bytes: 5 },
	]);
});

test('pipes and sockets are named, which git does not see, but for ignored ones', async () => {
	const top = makeRepository({ '.gitignore': 'out/\n*.sock\n', 'run/a.txt': 'a\n' });
	const worktree = await makeWorktree(await open(top), 'api');
	writeFiles(worktree.path, { 'out/a': 'a\n' });
	for (const path of ['run/pipe', 'out/pipe', 'dev.sock', ':(top)*'])
		execFileSync('mkfifo', [join(worktree.path, path)]);
	const server = createServer().listen(join(worktree.path, 'run', 'api'));
	onTestFinished(() => void server.close());
	await once(server, 'listening');
	expect((await listUncommitted(worktree, 'main')).files).toEqual([]);
	expect(await listSpecial(worktree, await listIgnored(worktree))).toEqual([
		{ path: ':(top)*', what: 'pipe' },
		{ path: 'run/api', what: 'socket' },
		{ path: 'run/pipe', what: 'pipe' },
	]);
});
