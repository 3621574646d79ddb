// Kill, respawn, pause, remove, restore: the built program on programs that do not want to go.
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
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, eventsOf, refusal, start, trust, until } from '../support/agents.ts';
import { livingProcesses } from '../support/process-tree.ts';
import { commitFiles, gitIn, readTree, writeFiles } from '../support/repository.ts';
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

test('a kill keeps the worktree, undo starts it again, and each start is a generation', async () => {
	const first = await start(weir, 'again');
	writeFiles(first.worktree, { 'work.txt': 'work\n' });
	expect(first).toMatchObject({ generation: 1, life: 'running', exit: null });
	const { agents } = await weir.json<{ agents: unknown[] }>('kill', 'again');
	expect(agents).toMatchObject([
		{ life: 'ended', state: 'interrupted', pid: null, exit: { signal: 'SIGHUP' } },
	]);
	expect(isAlive(first.pid)).toBe(false);
	expect(await refusal(weir, 'kill', 'again')).toMatchObject({
		code: 'agent.not-running',
		allow: 'weir respawn again',
	});
	expect(await weir.json('undo')).toEqual({ v: 1, undone: 'kill of again' });
	const second = await weir.agent('again');
	expect(second).toMatchObject({ generation: 2, life: 'running' });
	// Of one that runs: the old program ends before the new one starts.
	await weir.json('respawn', 'again');
	const third = await weir.agent('again');
	expect(third).toMatchObject({ generation: 3, life: 'running' });
	expect(third.pid).not.toBe(second.pid);
	expect(isAlive(second.pid)).toBe(false);
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
	expect(isAlive(pid)).toBe(false);
});

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
	expect(await weir.json('undo')).toEqual({ v: 1, undone: 'removal of keeper' });
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

test('the screen has its history', async () => {
	await start(weir, 'long', ['sh', '-c', 'seq 1 500; exec sleep 1000']);
	await weir.shows('long', '500');
	const plain = (await weir.run('screen', 'long')).stdout.split('\n');
	expect(plain).not.toContain('1');
	const whole = (await weir.run('screen', 'long', '--history')).stdout.split('\n');
	const numbers = whole.filter((line) => /^\d+$/.test(line)).map(Number);
	expect(numbers).toEqual(Array.from({ length: 500 }, (_, at) => at + 1));
});

test('what is sent while an agent starts is typed once it runs', async () => {
	const made = weir.run('new', 'listener', '--', 'cat');
	for (;;) {
		const sent = await weir.run('send', 'listener', 'hello there', '--json');
		if (sent.code === 0) break;
		expect(sent.stdout).toContain('agent.unknown');
	}
	expect((await made).code).toBe(0);
	await weir.shows('listener', 'hello there');
	expect((await weir.run('keys', 'listener', 'ctrl+d')).code).toBe(0);
	await weir.json('wait', 'listener', '--until', 'done', '--timeout', '60');
});

test('a prompt for a plain program is a comment that runs nothing', async () => {
	const { worktree } = await start(
		...([weir, 'shy', ['bash', '--norc']] as const),
		...['--prompt', 'rm -rf src; $(touch ran)\ntouch ran-too'],
	);
	await weir.shows('shy', '# rm -rf src; $(touch ran) touch ran-too');
	await weir.run('send', 'shy', 'echo $((40 + 2)) follows');
	await weir.shows('shy', '42 follows');
	expect(existsSync(join(worktree, 'ran'))).toBe(false);
	expect(existsSync(join(worktree, 'ran-too'))).toBe(false);
	expect(existsSync(join(worktree, 'src/a.txt'))).toBe(true);
});

test('a shell beside an agent stands in its worktree and speaks for nobody', async () => {
	const { worktree, pid } = await start(weir, 'host');
	const said = join(weir.folder, 'shell-said');
	await ask(weir, 'shell', {
		agent: 'host',
		argv: ['sh', '-c', `(pwd; echo "token:$WEIR_TOKEN") >${said}; exec sleep 1000`],
		env: weir.env,
		columns: 80,
		rows: 24,
	});
	await until('the shell spoke', () => existsSync(said) && linesOf(said).length === 2);
	expect(linesOf(said)).toEqual([worktree, 'token:']);
	await weir.json('kill', 'host');
	expect(isAlive(pid)).toBe(false);
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

const linesOf = (path: string) => readFileSync(path, 'utf8').trim().split('\n');

function isAlive(pid: number | null): boolean {
	return livingProcesses().some((row) => row.pid === pid);
}

function fieldsOf(pid: number | null): string[] {
	return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
}

const stateOf = (pid: number | null) => fieldsOf(pid)[0];

/** Processor time in ticks, of user and kernel. */
function cpuOf(pid: number | null): number {
	const fields = fieldsOf(pid);
	return Number(fields[11]) + Number(fields[12]);
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
	const { worktree, pid } = await start(weir, 'gone');
	writeFiles(worktree, { 'work.txt': 'work\n' });
	await weir.json('kill', 'gone');
	await weir.json('respawn', 'gone');
	rmSync(worktree, { recursive: true });
	expect((await refusal(weir, 'merge', 'gone')).code).toBe('worktree.missing');
	await weir.json('kill', 'gone');
	expect(isAlive(pid)).toBe(false);
	expect((await refusal(weir, 'respawn', 'gone')).allow).toContain('weir remove gone');
	await weir.json('remove', 'gone', '--yes');
	expect(gitIn(weir.repo, 'branch', '--list', 'weir/gone')).toBe('');
	// The last snapshot is that of the first kill.
	await weir.json('restore', 'gone');
	expect(readFileSync(join(worktree, 'work.txt'), 'utf8')).toBe('work\n');
	await weir.json('respawn', 'gone');
	expect((await weir.agent('gone')).life).toBe('running');
});
