// The supervisor as verbs meet it: many at once, killed, replaced, of another version, asked from
// inside a pane, and ended so that nothing is left.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Channel } from '../../../src/protocol/channel.ts';
import type { ClientResponses } from '../../../src/protocol/client.ts';
import type { StatusJson } from '../../../src/protocol/status.ts';
import { untilEnded } from '../../support/process-tree.ts';
import { gitIn } from '../../support/repository.ts';
import { type ScratchWeir, scratchWeir, weirProgram } from '../../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

const pidOf = (status: StatusJson) => status.supervisor?.pid ?? -1;

test('eight ups at once end up with one supervisor', async () => {
	const ups = await Promise.all(
		Array.from({ length: 8 }, () => weir.run('up', '--json')),
	);
	expect(ups.map(({ code }) => code)).toEqual(Array(8).fill(0));
	const pids = new Set(ups.map(({ stdout }) => JSON.parse(stdout).supervisor.pid));
	expect(pids.size).toBe(1);
	expect([...pids]).toEqual([pidOf(await weir.status())]);
	// Those that came too late may still be on their way out.
	await expect.poll(() => weir.processes()).toEqual([...pids]);
});

test('kill -9 of the supervisor leaves agents, and the next verb adopts them', async () => {
	await weir.json('new', 'api', '--', 'sh');
	await weir.run('send', 'api', 'echo before-$((6*7))');
	await weir.shows('api', 'before-42');
	const before = await weir.agent('api');
	const first = pidOf(await weir.status());
	const { seq } = (await weir.status()).journal;
	process.kill(first, 'SIGKILL');
	await untilEnded(first);
	const after = await weir.agent('api');
	expect(after).toMatchObject({ pid: before.pid, generation: 1, life: 'running' });
	const status = await weir.status();
	expect(pidOf(status)).not.toBe(first);
	expect(status.journal.seq).toBeGreaterThanOrEqual(seq);
	await weir.shows('api', 'before-42');
	await weir.run('send', 'api', 'echo after-$((6*7))');
	await weir.shows('api', 'after-42');
});

test('up --restart replaces the supervisor alone', async () => {
	const before = await weir.agent('api');
	const first = pidOf(await weir.status());
	const up = await weir.json<{ supervisor: { pid: number } }>('up', '--restart');
	expect(up.supervisor.pid).not.toBe(first);
	await untilEnded(first);
	expect(await weir.agent('api')).toMatchObject({ pid: before.pid, generation: 1 });
});

test('restarts at once all end up with the supervisor that runs', async () => {
	const ups = await Promise.all([1, 2, 3].map(() => weir.run('up', '--restart')));
	expect(ups.filter(({ code, stderr }) => code !== 0 || stderr !== '')).toEqual([]);
});

test('down with an agent running is refused and names it', async () => {
	const down = await weir.run('down');
	expect(down.code).toBe(3);
	expect(down.stderr).toBe(
		'weir: api runs, and nobody would look after it\n  weir down --now, which takes snapshots and ends all of it\n',
	);
	expect((await weir.agent('api')).life).toBe('running');
});

test('whoever speaks from inside a pane is an agent, whatever its environment', async () => {
	const said = join((await weir.agent('api')).worktree, 'said');
	const told = 'env -i PATH="$PATH" HOME="$HOME" XDG_RUNTIME_DIR="$XDG_RUNTIME_DIR"';
	const line = [
		`(weir kill api; echo "kill $?"; weir list; echo "list $?"; weir; echo "bare $?";`,
		`${told} setsid weir down --now; echo "bare-env $?") > ${said} 2>&1; echo all-said`,
	].join(' ');
	await weir.run('send', 'api', line);
	await weir.shows('api', '\nall-said');
	const words = readFileSync(said, 'utf8');
	expect(words).toContain('kill 3');
	expect(words).toContain('list 3');
	expect(words).toContain('bare 3');
	expect(words).toContain('bare-env 3');
	expect(words).toContain('this runs inside a pane of weir');
	expect(words).toContain('weir does not open inside weir');
	expect((await weir.agent('api')).life).toBe('running');
});

test('log tells what happened, for one agent, from an event on, and as it happens', async () => {
	const all = (await weir.run('log', '--json')).stdout.trim().split('\n');
	const events = all.map((line) => JSON.parse(line));
	expect(Object.keys(events[0])).toEqual(['v', 'event']);
	expect(events.map(({ event }) => event.seq)).toEqual(events.map((_, at) => at + 1));
	const kinds = events.map(({ event }) => event.kind);
	expect(kinds).toContain('supervisor.started');
	expect(kinds).toContain('agent.started');
	const about = (await weir.run('log', '--agent', 'api')).stdout.trim().split('\n');
	expect(about.length).toBeLessThan(all.length);
	expect(about.every((line) => line.includes('  api  '))).toBe(true);
	const since = await weir.run('log', '--since', String(all.length), '--json');
	expect(since.stdout.startsWith(`{"v":1,"event":{"seq":${all.length},`)).toBe(true);
	const recent = await weir.run('log', '--since', '1h', '--json');
	expect(recent.stdout.trim().split('\n').slice(0, all.length)).toEqual(all);
	const future = await weir.run('log', '--since', '2999-01-01');
	expect(future).toEqual({ code: 0, stdout: '', stderr: '' });
	expect((await weir.run('log', '--since', 'noon')).code).toBe(2);
	const following = weir.runWith(
		{ until: (stdout) => stdout.includes('agent.renamed') },
		...['log', '--follow', '--json', '--since', String(all.length)],
	);
	await weir.json('rename', 'api', 'server');
	const followed = (await following).stdout.trim().split('\n');
	const seqs = followed.map((line) => JSON.parse(line).event.seq);
	expect(seqs).toEqual(seqs.map((_, at) => all.length + at));
});

test('a reader that goes away ends the verb quietly', async () => {
	const child = spawn(process.execPath, [weirProgram, 'log', '--follow'], {
		cwd: weir.repo,
		env: weir.env,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let stderr = '';
	child.stderr.on('data', (chunk) => {
		stderr += String(chunk);
	});
	await new Promise((resolve) => child.stdout.once('data', resolve));
	child.stdout.destroy();
	const ended = new Promise((resolve) => child.once('close', resolve));
	await weir.json('rename', 'server', 'api');
	expect(await ended).toBe(0);
	expect(stderr).toBe('');
});

test('a supervisor of another protocol gets a sentence, and up --restart replaces it', async () => {
	await weir.json('down', '--now');
	const place = readPlace();
	const old = createServer((socket) => {
		const channel = new Channel({
			write: (bytes) => socket.write(bytes),
			close: () => socket.destroy(),
		});
		socket.on('data', (chunk) => channel.receive(chunk));
		socket.on('error', () => undefined);
		channel.serve((operation) => {
			if (operation === 'restart') {
				setImmediate(() => {
					socket.end();
					old.close();
				});
				return { ok: true, value: { pid: 1 } };
			}
			const value: ClientResponses['hello'] = {
				protocol: 99,
				version: '9.9.9',
				identity: 'human',
				pid: 1,
				repository: {
					root: weir.repo,
					commonDir: join(weir.repo, '.git'),
					base: 'main',
					trusted: true,
				},
			};
			return { ok: true, value };
		});
	});
	await new Promise<void>((listening) => old.listen(place, listening));
	const list = await weir.run('list');
	expect(list.code).toBe(4);
	expect(list.stderr).toMatch(
		/^weir: the supervisor .* weir 9\.9\.9, .*\n {2}weir up --restart\n$/,
	);
	const up = await weir.run('up', '--restart');
	expect(up).toMatchObject({ code: 0, stderr: '' });
	expect((await weir.run('list')).code).toBe(0);
});

test('a stale socket and a stale meeting place are stepped over', async () => {
	const first = pidOf(await weir.status());
	process.kill(first, 'SIGKILL');
	await untilEnded(first);
	writeFileSync(join(weir.repo, '.git', 'weir', 'meeting-place'), '/nonexistent\n');
	expect((await weir.run('list')).code).toBe(0);
});

test('down --now snapshots, ends a program that ignores signals, and leaves no process', async () => {
	await weir.json('respawn', 'api');
	const trap =
		'trap "" HUP TERM INT; (setsid sleep 1000 &); echo trap-$((1+1)); sleep 1000';
	await weir.json('new', 'deaf', '--', 'sh', '-c', trap);
	await weir.shows('deaf', 'trap-2');
	const { worktree } = await weir.agent('deaf');
	writeFileSync(join(worktree, 'unsaved.txt'), 'kept\n');
	// None could start here from now on: that is no reason to keep the one that runs.
	gitIn(weir.repo, 'config', 'remote.origin.promisor', 'true');
	const down = await weir.json<{ v: 1; ended: number }>('down', '--now');
	expect(down).toEqual({ v: 1, ended: 2 });
	expect(await weir.run('down')).toMatchObject({ code: 0, stderr: '' });
	gitIn(weir.repo, 'config', '--unset', 'remote.origin.promisor');
	expect(weir.processes()).toEqual([]);
	const log = await weir.run('log', '--agent', 'deaf');
	expect(log.stdout).toContain('snapshot.settled');
	expect((await weir.agent('deaf')).life).toBe('ended');
});

function readPlace(): string {
	const folder = join(weir.env.XDG_RUNTIME_DIR ?? '', 'weir');
	const [repository = ''] = readdirSync(folder);
	return join(folder, repository, 'client.sock');
}
