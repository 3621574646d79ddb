// Kill, respawn, pause, rename: the built program on programs that do not want to go.
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, eventsOf, refusal, start, trust, until } from '../support/agents.ts';
import { isRunning, livingProcesses } from '../support/process-tree.ts';
import { gitIn, writeFiles } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

const hostileTree = fileURLToPath(
	new URL('../fixtures/hostile-tree.sh', import.meta.url),
);

const settings = `agents:
  crasher:
    command: [sh, -c, 'echo down; exit 7']
    restart: on-failure
`;

let weir: ScratchWeir;
beforeAll(async () => {
	weir = scratchWeir({
		'readme.md': 'scratch\n',
		'src/a.txt': 'one\n',
		'.gitignore': 'ignored/\n',
		'.weir/config.yaml': settings,
	});
	await trust(weir);
});
afterAll(() => weir.close());

test('kill ends a tree that ignores every polite signal, without survivors', async () => {
	await start(weir, 'hostile', ['bash', hostileTree]);
	await weir.shows('hostile', 'ready');
	const screen = (await weir.run('screen', 'hostile')).stdout;
	const pids = [...screen.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid));
	expect(pids).toHaveLength(7);
	await weir.json('kill', 'hostile');
	const left = livingProcesses().filter(({ pid }) => pids.includes(pid));
	expect(left).toEqual([]);
	const { id } = await weir.agent('hostile');
	const [exit] = await eventsOf(weir, 'agent.exited', 1, ({ data }) => data.agent === id);
	expect(exit?.data).toMatchObject({ cause: 'stopped', survivors: [] });
});

test('a second kill does not wait for the first, and both end with the program', async () => {
	const script = "trap '' HUP TERM; echo deaf; while :; do sleep 0.1; done";
	const { id } = await start(weir, 'deaf', ['sh', '-c', script]);
	await weir.shows('deaf', 'deaf');
	const begun = await weir.run('kill', 'deaf', '--no-wait');
	expect(begun.stdout).toMatch(/^deaf is being killed; /);
	await eventsOf(weir, 'stop.asked', 1, ({ data }) => data.agent === id);
	const [first, second] = await Promise.all([
		weir.run('wait', 'deaf', '--until', 'ended'),
		weir.run('kill', 'deaf'),
	]);
	expect([first.code, second.code]).toEqual([0, 0]);
	expect(second.stdout).toMatch(/^deaf killed; its worktree stays/);
	const [hastened] = await eventsOf(weir, 'hasten.settled');
	expect(hastened?.data).toMatchObject({ agent: id, outcome: { ok: true } });
	const [exit] = await eventsOf(weir, 'agent.exited', 1, ({ data }) => data.agent === id);
	expect(exit?.data).toMatchObject({ signal: 'SIGKILL', cause: 'stopped' });
});

test('a second kill does not wait for the snapshot of the first, and the snapshot is whole', async () => {
	await start(weir, 'large', ['sh', '-c', "trap '' HUP TERM; while :; do sleep 1; done"]);
	const { worktree, id } = await weir.agent('large');
	// Seconds of work for git, and two requests of a moment beside it.
	const bytes = randomBytes(100 * 1024 * 1024);
	writeFileSync(join(worktree, 'large.bin'), bytes);
	const body = { agent: 'large', wait: false };
	await ask(weir, 'kill', body);
	await ask(weir, 'kill', body);
	const about = ({ data }: { data: { agent: string } }) => data.agent === id;
	const [exited] = await eventsOf(weir, 'agent.exited', 1, about);
	const [taken] = await eventsOf(weir, 'snapshot.settled', 1, about);
	expect(exited?.data).toMatchObject({
		cause: 'stopped',
		signal: 'SIGKILL',
		survivors: [],
	});
	expect(exited?.seq).toBeLessThan(taken?.seq ?? 0);
	if (!taken?.data.outcome.ok) throw new Error('no snapshot was taken');
	const { commit } = taken.data.outcome.value;
	expect(Number(gitIn(weir.repo, 'cat-file', '-s', `${commit}:large.bin`))).toBe(
		bytes.length,
	);
	await weir.json('remove', 'large', '--yes');
});

test('a kill keeps the worktree, undo starts it again, and each start is a generation', async () => {
	const first = await start(weir, 'again');
	writeFiles(first.worktree, { 'work.txt': 'work\n' });
	expect(first).toMatchObject({ generation: 1, life: 'running', exit: null });
	const { agents } = await weir.json<{ agents: unknown[] }>('kill', 'again');
	expect(agents).toMatchObject([
		{ life: 'ended', state: 'interrupted', pid: null, exit: { signal: 'SIGHUP' } },
	]);
	expect(isRunning(first.pid)).toBe(false);
	expect(await refusal(weir, 'kill', 'again')).toMatchObject({
		code: 'agent.not-running',
		allow: 'weir respawn again',
	});
	expect(await weir.json('undo')).toEqual({
		v: 1,
		undone: 'kill of again',
		kept: null,
	});
	const second = await weir.agent('again');
	expect(second).toMatchObject({ generation: 2, life: 'running' });
	// Of one that runs: the old program ends before the new one starts.
	await weir.json('respawn', 'again');
	const third = await weir.agent('again');
	expect(third).toMatchObject({ generation: 3, life: 'running' });
	expect(third.pid).not.toBe(second.pid);
	expect(isRunning(second.pid)).toBe(false);
	expect(readFileSync(join(first.worktree, 'work.txt'), 'utf8')).toBe('work\n');
});

test('a program that ended by itself tells its code and can be respawned', async () => {
	await start(weir, 'brief', ['sh', '-c', 'exit 3']);
	await weir.json('wait', 'brief', '--until', 'ended', '--timeout', '60');
	expect(await weir.agent('brief')).toMatchObject({
		state: 'failed',
		exit: { code: 3, signal: null },
		why: 'exit code 3',
	});
	await weir.json('respawn', 'brief');
	const [, second] = await eventsOf(
		weir,
		'agent.exited',
		2,
		({ data }) => data.code === 3,
	);
	expect(second?.data.generation).toBe(2);
});

test('a program that is not there leaves no agent, and one that comes later can be respawned', async () => {
	const no = await refusal(weir, 'new', 'nothing', '--', 'no-such-command');
	expect(no.message).toContain('no-such-command');
	expect(no.allow).toBeTruthy();
	const { agents } = await weir.json<{ agents: { name: string }[] }>('list');
	expect(agents.map(({ name }) => name)).not.toContain('nothing');
	expect(gitIn(weir.repo, 'branch', '--list', 'weir/nothing')).toBe('');

	expect((await refusal(weir, 'new', 'later', '--', './tool')).code).toBe('spawn.failed');
	const later = await weir.agent('later');
	expect(later).toMatchObject({ life: 'failed', state: 'failed' });
	writeFiles(later.worktree, { tool: '#!/bin/sh\nexec sleep 1000\n' });
	chmodSync(join(later.worktree, 'tool'), 0o755);
	await weir.json('respawn', 'later');
	expect((await weir.agent('later')).life).toBe('running');
});

test('pause really stops the program, resume lets it go on, and a paused one can be killed', async () => {
	const { pid } = await start(weir, 'busy', ['sh', '-c', 'while :; do :; done']);
	await ask(weir, 'pause', { agent: 'busy', wait: true });
	expect(await weir.agent('busy')).toMatchObject({ state: 'paused', life: 'running' });
	await until('stopped', () => stateOf(pid) === 'T');
	const used = cpuOf(pid);
	await weir.run('list');
	expect(cpuOf(pid)).toBe(used);
	await ask(weir, 'resume', { agent: 'busy', wait: true });
	await until('running', () => cpuOf(pid) > used);
	await ask(weir, 'pause', { agent: 'busy', wait: true });
	await weir.json('kill', 'busy');
	expect(isRunning(pid)).toBe(false);
});

test('a name that was given away is free, with a worktree and a branch of its own', async () => {
	const first = await start(weir, 'before');
	await ask(weir, 'rename', { agent: 'before', name: 'after' });
	expect(await weir.agent('after')).toMatchObject({ id: first.id, pid: first.pid });
	const second = await start(weir, 'before');
	expect(second.worktree).not.toBe(first.worktree);
	expect(second.branch).not.toBe(first.branch);
	expect(gitIn(first.worktree, 'branch', '--show-current')).toBe(first.branch);
	expect(gitIn(second.worktree, 'branch', '--show-current')).toBe(second.branch);
});

test('a crash loop backs off ever longer, and a kill calls it off', async () => {
	const made = await weir.json<{ agents: { id: string }[] }>(
		...['new', 'looper', '--agent', 'crasher', '--no-wait'],
	);
	const id = made.agents[0]?.id;
	const waits = await eventsOf(
		weir,
		'agent.back-off',
		2,
		({ data }) => data.agent === id,
	);
	const delays = waits.map(({ at, data }) => Date.parse(data.until) - Date.parse(at));
	expect(delays.slice(0, 2)).toEqual([1000, 2000]);
	// Between two tries, which are ever further apart.
	await expect
		.poll(() => weir.agent('looper'))
		.toMatchObject({
			state: 'waiting',
			exit: { code: 7 },
			why: expect.stringContaining('crashed'),
		});
	await weir.json('kill', 'looper');
	expect((await weir.agent('looper')).life).toBe('ended');
});

function fieldsOf(pid: number | null): string[] {
	return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
}

const stateOf = (pid: number | null) => fieldsOf(pid)[0];

/** Processor time in ticks, of user and kernel. */
function cpuOf(pid: number | null): number {
	const fields = fieldsOf(pid);
	return Number(fields[11]) + Number(fields[12]);
}
