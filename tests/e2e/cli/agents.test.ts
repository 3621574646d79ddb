// The life of agents by verbs, against a real supervisor: what is printed, what scripts get, and how
// each verb ends.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListJson } from '../../../src/protocol/status.ts';
import { isRunning, livingProcesses } from '../../support/process-tree.ts';
import { gitIn } from '../../support/repository.ts';
import { type ScratchWeir, scratchWeir, weirProgram } from '../../support/weir.ts';

let weir: ScratchWeir;
beforeAll(async () => {
	weir = scratchWeir({ 'readme.md': 'scratch\n', 'src/a.txt': 'one\n' });
	await weir.json('new', 'api', '--', 'sh');
});
afterAll(() => weir.close());

const keysOfAgent = [
	...['name', 'kind', 'state', 'since', 'source', 'inferred', 'why', 'generation'],
	...[
		'tries',
		'pid',
		'exit',
		'worktree',
		'branch',
		'base',
		'head',
		'scope',
		'guard',
		'denied',
		'gates',
	],
	...['diff', 'cost', 'task', 'mission', 'role', 'id', 'ports', 'life', 'landed'],
	...['pull', 'resolves', 'resolvedBy', 'landedThrough'],
	...[
		'conflicts',
		'cannotLand',
		'asks',
		'outside',
		'outsideMore',
		'unwatched',
		'recording',
	],
];

describe('list, status and new', () => {
	test('agents have the keys that scripts rely on, and true values', async () => {
		const { v, agents } = await weir.json<ListJson>('list');
		expect(v).toBe(1);
		expect(Object.keys(agents[0] ?? {})).toEqual(keysOfAgent);
		const [api] = agents;
		expect(api).toMatchObject({
			name: 'api',
			generation: 1,
			branch: 'weir/api',
			base: { branch: 'main', commit: gitIn(weir.repo, 'rev-parse', 'main') },
			exit: null,
			life: 'running',
			scope: [],
			gates: [],
			landed: null,
			...{ resolves: null, resolvedBy: null, landedThrough: null },
		});
		expect(new Date(api?.since ?? '').toISOString()).toBe(api?.since);
		expect(isRunning(api?.pid ?? 0)).toBe(true);
		expect(readFileSync(join(api?.worktree ?? '', 'src/a.txt'), 'utf8')).toBe('one\n');
		const table = await weir.run('list');
		expect(table.stdout).toMatch(/^NAME +KIND +STATE +SINCE/);
		expect(table.stdout).toMatch(/^api +command +~?\w+ +\d+[sm]/m);
		expect((await weir.run('list', '--names')).stdout).toBe('api\n');
	});

	test('status tells of supervisor, repository, journal and holders', async () => {
		const status = await weir.status();
		expect(Object.keys(status)).toEqual([
			...['v', 'supervisor', 'repository', 'journal', 'holders', 'strays', 'queue'],
			...['inbox', 'bases', 'agents'],
		]);
		expect(status.repository).toEqual({
			root: weir.repo,
			commonDir: join(weir.repo, '.git'),
			base: 'main',
			trusted: true,
		});
		expect(isRunning(status.supervisor?.pid ?? 0)).toBe(true);
		expect(status.journal).toEqual({ seq: expect.any(Number), ok: true });
		expect(status.holders.map(({ agents }) => agents)).toEqual([1]);
		expect((await weir.run('status')).stdout).toContain(weir.repo);
	});

	test('a taken name and an unknown agent are refused with 3 and a next step', async () => {
		const taken = await weir.run('new', 'api', '--', 'sh');
		expect(taken.code).toBe(3);
		expect(taken.stderr).toMatch(/^weir: .*api.*\n {2}weir \w+/);
		const unknown = await weir.run('kill', 'apu', '--json');
		expect(unknown.code).toBe(3);
		expect(JSON.parse(unknown.stdout)).toEqual({
			v: 1,
			refusal: {
				code: expect.stringMatching(/^agent\./),
				message: expect.stringContaining('apu'),
				allow: expect.any(String),
			},
		});
	});

	test('--no-wait returns before the program runs, and wait waits for it', async () => {
		const made = await weir.json<ListJson>('new', 'quick', '--no-wait', '--', 'sh');
		expect(made.agents[0]?.life).toBe('preparing');
		const waited = await weir.json<{ timedOut: boolean; agents: unknown[] }>(
			...['wait', 'quick', '--until', 'running', '--timeout', '60'],
		);
		expect(waited).toMatchObject({ timedOut: false, agents: [{ life: 'running' }] });
		await weir.json('kill', 'quick');
		await weir.json('remove', 'quick', '--yes');
	});

	test('a scope that overlaps one at work is told with a path of both, and no reason to refuse', async () => {
		const one = await weir.run('new', 'one', '--scope', 'src/**', '--', 'cat');
		expect(one).toMatchObject({ code: 0, stderr: '' });
		const other = await weir.run('new', 'other', '--scope', '*.md', '--', 'cat');
		expect(other.code).toBe(0);
		expect(other.stderr).toContain('overlaps that of one: both may write src/a.md\n');
		const apart = await weir.run('new', 'apart', '--scope', '/docs/*.txt', '--', 'cat');
		expect(apart).toMatchObject({ code: 0, stderr: '' });
		for (const name of ['one', 'other', 'apart']) {
			await weir.json('kill', name);
			await weir.json('remove', name, '--yes');
		}
	});

	test('two programs with the same question to git: verbs work from inside a worktree', async () => {
		const { worktree } = await weir.agent('api');
		const inside = await weir.runWith({ cwd: join(worktree, 'src') }, 'list', '--names');
		expect(inside.stdout).toBe('api\n');
		const named = await weir.runWith(
			{ cwd: '/' },
			'list',
			'--names',
			'--repo',
			weir.repo,
		);
		expect(named.stdout).toBe('api\n');
	});
});

test('one command makes several agents, all from the same commit, and tells of those it did not', async () => {
	const names = ['many1', 'api', 'many2'];
	const said = await weir.run('new', ...names, '--json', '--', 'sh');
	expect(said.code).toBe(3);
	const { agents, refusals } = JSON.parse(said.stdout);
	expect(agents.map(({ name }: { name: string }) => name)).toEqual(['many1', 'many2']);
	expect(refusals).toMatchObject([{ agent: 'api', code: 'agent.exists' }]);
	const [one, other] = [await weir.agent('many1'), await weir.agent('many2')];
	expect(gitIn(one.worktree, 'rev-parse', 'HEAD')).toBe(
		gitIn(other.worktree, 'rev-parse', 'HEAD'),
	);
	expect((await weir.run('remove', 'many1', 'many2')).code).toBe(0);
});

describe('typing and reading', () => {
	test('send types a line; screen shows what came of it', async () => {
		expect(await weir.run('send', 'api', 'echo $((40+2))-shown')).toEqual({
			code: 0,
			stdout: '',
			stderr: '',
		});
		await weir.shows('api', '42-shown');
		const screen = await weir.json<{ v: 1; lines: string[] }>('screen', 'api');
		expect(screen.lines.some((line) => line === '42-shown')).toBe(true);
		expect(await weir.json('send', 'api', '', '--no-enter')).toEqual({
			v: 1,
			queued: false,
			taken: null,
		});
	});

	test('what is piped in is sent where the text is -', async () => {
		const input = 'echo piped-$((1+1))\n';
		expect((await weir.runWith({ input }, 'send', 'api', '-')).code).toBe(0);
		await weir.shows('api', 'piped-2');
	});

	test('history and colours come on demand', async () => {
		await weir.run('send', 'api', 'seq 1 200; printf "\\033[31mre%s\\033[0m\\n" d');
		await weir.shows('api', 'red');
		expect((await weir.run('screen', 'api')).stdout).not.toContain('\n7\n');
		expect((await weir.run('screen', 'api', '--history')).stdout).toContain('\n7\n');
		expect((await weir.run('screen', 'api', '--ansi')).stdout).toContain('\u001b[');
	});

	test('a history of megabytes comes whole, and ends in order with a reader that leaves early', async () => {
		const count = 60_000;
		const wide = 'x'.repeat(60);
		await weir.json(
			'new',
			'long',
			'--',
			'sh',
			'-c',
			`seq -f '%.0f ${wide}' ${count}; cat`,
		);
		await weir.shows('long', `${count} ${wide}`);
		const wanted = Array.from({ length: count }, (_, at) => `${at + 1} ${wide}`);
		const { stdout } = await weir.run('screen', 'long', '--history');
		expect(stdout.length).toBeGreaterThan(3_000_000);
		expect(stdout.split('\n').slice(0, -1)).toEqual(wanted);
		const { lines } = await weir.json<{ lines: string[] }>('screen', 'long', '--history');
		expect(lines).toEqual(wanted);
		const piped = '"$NODE" "$WEIR_PROGRAM" screen long --history | head -n 2';
		const head = spawnSync('bash', ['-c', `set -o pipefail; ${piped}`], {
			cwd: weir.repo,
			env: { ...weir.env, NODE: process.execPath, WEIR_PROGRAM: weirProgram },
			encoding: 'utf8',
		});
		expect(head).toMatchObject({
			status: 0,
			stdout: `1 ${wide}\n2 ${wide}\n`,
			stderr: '',
		});
		await weir.json('remove', 'long', '--yes');
	});

	test('keys are pressed by name; with an unknown one none is', async () => {
		// It has the terminal once it has said so: keys that come before would be the shell's.
		const deaf = 'sh -c "echo on-$((1+1)); exec cat > /dev/null"';
		await weir.run('send', 'api', deaf);
		await weir.shows('api', 'on-2');
		await weir.run('keys', 'api', 'a', 'ctrl+c');
		await weir.run('send', 'api', 'echo after-$((2+3))');
		await weir.shows('api', 'after-5');
		const unknown = await weir.run('keys', 'api', 'hyper+q');
		expect(unknown.code).toBe(2);
		expect(unknown.stderr).toContain('there is no key "hyper+q"');
	});

	test('wait ends with 124 when the time is over, and with 2 for no state', async () => {
		const late = await weir.run('wait', 'api', '--until', 'done', '--timeout', '0.2');
		expect(late.code).toBe(124);
		expect(late.stderr).toBe('weir: not done within 0.2 s\n');
		expect((await weir.run('wait', 'api', '--until', 'busy')).code).toBe(2);
	});
});

describe('a shell beside an agent', () => {
	test('runs in its worktree, under the name that is printed', async () => {
		const proof = join(weir.folder, 'shell-proof');
		const { shell } = await weir.json<{ shell: string }>(
			...['shell', 'api', '--', 'sh', '-c', `pwd > ${proof}; sleep 1000`],
		);
		expect(shell).toMatch(/^\w+$/);
		const { worktree } = await weir.agent('api');
		await expect
			.poll(() => existsSync(proof) && readFileSync(proof, 'utf8'))
			.toBe(`${worktree}\n`);
	});

	test('is named by down, as every agent that runs', async () => {
		const down = await weir.run('down');
		expect(down.code).toBe(3);
		expect(down.stderr).toMatch(
			/^weir: api, the shell t\d+ beside api run, and nobody would .* them\n {2}weir down --now/,
		);
	});

	test('is named before its worktree is removed, and ends with it', async () => {
		await weir.json('new', 'beside', '--', 'sh');
		await weir.json('kill', 'beside');
		const proof = join(weir.folder, 'beside-proof');
		const script = `echo $$ > ${proof}; exec sleep 1000`;
		await weir.json('shell', 'beside', '--', 'sh', '-c', script);
		const pidOf = () => (existsSync(proof) ? Number(readFileSync(proof, 'utf8')) : 0);
		await expect.poll(pidOf).toBeGreaterThan(0);
		const asked = await weir.run('remove', 'beside');
		expect(asked.code).toBe(3);
		expect(asked.stderr).toContain('1 shell beside beside');
		expect(weir.processes()).toContain(pidOf());
		await weir.json('remove', 'beside', '--yes');
		expect(weir.processes()).not.toContain(pidOf());
	});

	test('whose program is not found is refused', async () => {
		const none = await weir.run('shell', 'api', '--', '/no/such/program');
		expect(none.code).toBe(3);
		expect(none.stderr).toContain('/no/such/program');
	});
});

describe('pause, kill, respawn and rename', () => {
	test('a paused program stands still until it is resumed', async () => {
		await weir.run('pause', 'api');
		const paused = await weir.agent('api');
		expect(paused.state).toBe('paused');
		const stateNow = () => livingProcesses().find(({ pid }) => pid === paused.pid)?.state;
		await expect.poll(stateNow).toBe('T');
		const again = await weir.run('pause', 'api');
		expect(again.code).toBe(3);
		expect((await weir.run('resume', 'api')).stdout).toBe('api goes on\n');
		expect((await weir.agent('api')).state).not.toBe('paused');
	});

	test('kill ends the program and keeps the worktree; respawn starts it again', async () => {
		const before = await weir.agent('api');
		const { agents } = await weir.json<ListJson>('kill', 'api');
		expect(agents[0]).toMatchObject({ life: 'ended', pid: null, state: 'interrupted' });
		expect(isRunning(before.pid ?? 0)).toBe(false);
		expect(existsSync(before.worktree)).toBe(true);
		expect((await weir.run('kill', 'api')).code).toBe(3);
		expect((await weir.run('send', 'api', 'x')).code).toBe(3);
		expect(await weir.run('wait', 'api')).toMatchObject({
			code: 0,
			stdout: 'interrupted\n',
		});
		const over = await weir.run('wait', 'api', '--until', 'idle,working');
		expect(over.code).toBe(3);
		expect(over.stderr).toBe(
			'weir: api has ended (killed by you) and does not become idle or working by itself\n  weir respawn api\n',
		);
		const again = await weir.json<ListJson>('respawn', 'api');
		expect(again.agents[0]).toMatchObject({ life: 'running', generation: 2 });
		expect(again.agents[0]?.worktree).toBe(before.worktree);
	});

	test('undo after a kill starts the program again', async () => {
		await weir.json('kill', 'api');
		const undone = await weir.run('undo');
		expect(undone).toMatchObject({ code: 0, stderr: '' });
		expect((await weir.agent('api')).life).toBe('running');
	});

	test('rename keeps worktree and branch, and refuses what is no name', async () => {
		const before = await weir.agent('api');
		expect((await weir.run('rename', 'api', 'server')).stdout).toBe(
			'api is now server\n',
		);
		const after = await weir.agent('server');
		expect(after).toMatchObject({ worktree: before.worktree, branch: before.branch });
		const bad = await weir.run('rename', 'server', 'a b');
		expect(bad.code).toBe(3);
		expect(bad.stderr).toContain('use a-b');
		await weir.json('rename', 'server', 'api');
	});

	test('several agents at once: goes on after a refusal, and tells of it', async () => {
		await weir.json('new', 'second', '--', 'sh');
		const both = await weir.run('kill', 'nobody', 'second');
		expect(both.code).toBe(3);
		expect(both.stderr).toMatch(/^weir: no agent is called nobody; .*\n {2}weir list\n$/);
		expect(both.stdout).toMatch(/^second killed;.*\n$/);
		expect((await weir.run('kill', 'second', 'second')).stderr).toBe(
			'weir: second is not running\n  weir respawn second\n',
		);
		const log = await weir.run('log', '--since', '4', '--agent', 'api');
		expect(log.stdout).toMatch(/^\d+ {2}\S+ {2}[a-z.-]+ {2}api {2}/);
		expect(log.stdout).not.toMatch(/…|\.\.\.$/m);
	});
});

describe('diff, remove, restore and prune', () => {
	test('diff shows committed and uncommitted changes', async () => {
		const { worktree } = await weir.agent('api');
		writeFileSync(join(worktree, 'new.txt'), 'fresh\n');
		const diff = await weir.run('diff', 'api');
		expect(diff.stdout).toContain('+fresh');
		expect((await weir.run('diff', 'api', '--stat')).stdout).toMatch(/new\.txt \| +1/);
		expect(await weir.json('diff', 'api')).toMatchObject({ v: 1, truncated: false });
	});

	test('remove asks before work is lost; restore brings it back to the byte', async () => {
		await weir.json('kill', 'api');
		const unsure = await weir.run('remove', 'api');
		expect(unsure.code).toBe(3);
		expect(unsure.stderr).toContain('1 uncommitted: new.txt');
		expect(unsure.stderr).toContain('weir remove api --yes');
		const script = await weir.run('remove', 'api', '--json');
		expect(script).toMatchObject({ code: 3, stderr: '' });
		expect(JSON.parse(script.stdout)).toEqual({
			v: 1,
			refusal: {
				code: 'remove.unconfirmed',
				message:
					'api was not removed; what would go: 1 shell beside api; 1 uncommitted: new.txt',
				allow: 'weir remove api --yes',
			},
		});
		const { worktree } = await weir.agent('api');
		expect(existsSync(worktree)).toBe(true);
		await weir.json('remove', 'api', '--yes');
		expect(existsSync(worktree)).toBe(false);
		expect((await weir.run('list', '--names')).stdout).toBe('second\n');
		for (const words of [
			['shell'],
			['wait'],
			['kill'],
			['screen'],
			['diff'],
			['respawn'],
		]) {
			const gone = await weir.run(...words, 'api');
			expect(gone).toEqual({
				code: 3,
				stdout: '',
				stderr: 'weir: api was removed\n  weir restore api\n',
			});
		}
		const restored = await weir.json<ListJson>('restore', 'api');
		expect(restored.agents[0]?.name).toBe('api');
		const back = (await weir.agent('api')).worktree;
		expect(readFileSync(join(back, 'new.txt'), 'utf8')).toBe('fresh\n');
	});

	test('prune offers only what has landed, and removes it with --yes', async () => {
		const { worktree } = await weir.agent('second');
		gitIn(worktree, 'commit', '--quiet', '--allow-empty', '-m', 'nothing');
		writeFileSync(join(worktree, 'second.txt'), 'second\n');
		gitIn(worktree, 'add', '.');
		gitIn(worktree, 'commit', '--quiet', '-m', 'second');
		expect(await weir.json('prune')).toEqual({ v: 1, agents: [], removed: [] });
		await weir.json('merge', 'second');
		const offered = await weir.run('prune');
		expect(offered.stdout).toContain('second');
		expect(offered.stdout).toContain('weir prune --yes');
		expect(await weir.json('prune', '--yes')).toMatchObject({ removed: ['second'] });
		expect(existsSync(worktree)).toBe(false);
	});
});
