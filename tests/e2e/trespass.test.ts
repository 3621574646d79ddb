// Writes outside the scope of an agent, seen by the built program. Written by the test itself: whatever
// writes in a worktree is seen, and what a sandbox would refuse an agent is not in the way.
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WeirEvent } from '../../src/domain/event.ts';
import type { TrespassPolicy } from '../../src/domain/guard.ts';
import type { OutsideJson } from '../../src/protocol/outside.ts';
import type { AgentJson } from '../../src/protocol/status.ts';
import { openItem } from '../support/inbox.ts';
import { commitFiles } from '../support/repository.ts';
import { patienceMs, type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;

beforeAll(() => {
	weir = scratchWeir({
		'readme.md': 'scratch\n',
		'src/a.txt': 'one\n',
		'docs/kept.md': 'kept\n',
		'.gitignore': '*.log\n',
	});
});
afterAll(() => weir.close());

async function start(name: string): Promise<AgentJson> {
	const ran = await weir.run('new', name, '--scope', 'src/**', '--', 'sh');
	expect(ran).toMatchObject({ code: 0 });
	return weir.agent(name);
}

/** From now on this is done about a write outside. */
async function follow(policy: TrespassPolicy): Promise<void> {
	const folder = join(weir.repo, '.weir');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'config.yaml'), `guard: {on_write: ${policy}}\n`);
	for (const end = Date.now() + patienceMs; ; await sleep(50)) {
		const { stdout } = await weir.run('config', 'get', 'guard.on_write');
		if (stdout.trim() === policy) return;
		if (Date.now() > end) throw new Error(`the policy stays ${stdout}`);
	}
}

/** Once it has no trespass and nothing is done about one. */
async function copiesOf(name: string): Promise<string> {
	const { kept } = await weir.json<OutsideJson>('outside', name);
	const [last] = kept;
	if (!last) throw new Error('no copies were kept');
	return last.folder;
}

async function until(
	name: string,
	passes: (agent: AgentJson) => boolean,
): Promise<AgentJson> {
	for (const end = Date.now() + patienceMs; ; await sleep(50)) {
		const agent = await weir.agent(name);
		if (passes(agent)) return agent;
		if (Date.now() > end) throw new Error(`never: ${JSON.stringify(agent)}`);
	}
}

async function eventsOf<K extends WeirEvent['kind']>(
	name: string,
	kind: K,
): Promise<Extract<WeirEvent, { kind: K }>[]> {
	const ran = await weir.run('log', '--agent', name, '--json');
	return ran.stdout
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => (JSON.parse(line) as { event: WeirEvent }).event)
		.filter((event): event is Extract<WeirEvent, { kind: K }> => event.kind === kind);
}

test('a write outside is an event, an item and a mark, until it is as before', async () => {
	const agent = await start('told');
	const path = (name: string) => join(agent.worktree, name);
	writeFileSync(path('src/b.txt'), 'in scope\n');
	writeFileSync(path('readme.md'), 'changed\n');
	writeFileSync(path('build.log'), 'ignored\n');
	writeFileSync(path('new.md'), 'new\n');
	const { outside } = await until('told', (one) => one.outside.length === 2);
	expect(outside.toSorted()).toEqual(['new.md', 'readme.md']);
	const item = await openItem(weir, 'told', ({ kind }) => kind === 'trespass');
	expect(item).toMatchObject({ tier: 3, detail: expect.stringContaining('readme.md') });

	for (let at = 0; at < 20; at += 1) writeFileSync(path('readme.md'), `changed ${at}\n`);
	writeFileSync(path('readme.md'), 'scratch\n');
	rmSync(path('new.md'));
	await until('told', (one) => one.outside.length === 0);
	const found = await eventsOf('told', 'trespass.found');
	const paths = found.flatMap(({ data }) => data.paths.map(({ path }) => path));
	expect(paths.toSorted()).toEqual(['new.md', 'readme.md']);
});

test('what was written while no supervisor ran is found by the next one', async () => {
	const agent = await start('later');
	await weir.run('up', '--restart');
	const pid = (await weir.status()).supervisor?.pid ?? 0;
	process.kill(pid, 'SIGKILL');
	writeFileSync(join(agent.worktree, 'readme.md'), 'changed\n');
	const { outside } = await until('later', (one) => one.outside.length > 0);
	expect(outside).toEqual(['readme.md']);
});

test('a commit does not bring it in order, and what the base brings is none', async () => {
	const agent = await start('commits');
	const { worktree } = agent;
	commitFiles(worktree, { 'readme.md': 'committed\n' });
	await until('commits', (one) => one.outside.includes('readme.md'));
	commitFiles(worktree, { 'readme.md': 'scratch\n', 'src/c.txt': 'c\n' });
	await until('commits', (one) => one.outside.length === 0);
	commitFiles(weir.repo, { 'docs/of-base.md': 'base\n', 'src/a.txt': 'two\n' });
	commitFiles(worktree, { 'src/a.txt': 'three\n' });
	const ran = await weir.run('merge', 'commits', '--hand-off');
	expect(ran).toMatchObject({ code: 0 });
	expect(existsSync(join(worktree, 'docs/of-base.md'))).toBe(true);
	writeFileSync(join(worktree, 'readme.md'), 'after it\n');
	await until('commits', (one) => one.outside.length > 0);
	expect((await weir.agent('commits')).outside).toEqual(['readme.md']);
	const found = await eventsOf('commits', 'trespass.found');
	expect(JSON.stringify(found)).not.toContain('of-base.md');
});

test('what the set-up makes is no trespass, until it is written again', async () => {
	const folder = join(weir.repo, '.weir');
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		join(folder, 'config.yaml'),
		'worktree: {setup: "echo lock >lock.json && echo more >>readme.md"}\n',
	);
	expect(await weir.run('trust', '--yes')).toMatchObject({ code: 0 });
	const { worktree } = await start('set-up');
	writeFileSync(join(worktree, 'other.md'), 'x\n');
	await until('set-up', (one) => one.outside.length > 0);
	const { paths } = await weir.json<OutsideJson>('outside', 'set-up');
	expect(paths.map(({ path }) => path)).toEqual(['other.md']);
	writeFileSync(join(worktree, 'lock.json'), 'locked\n');
	await until('set-up', (one) => one.outside.length > 1);
	const found = await eventsOf('set-up', 'trespass.found');
	const all = found.flatMap(({ data }) => data.paths.map(({ path }) => path));
	expect(all).toEqual(['other.md', 'lock.json']);
});

test('by the policy quarantine a copy is kept, and the file stays', async () => {
	await follow('quarantine');
	const { worktree } = await start('copied');
	writeFileSync(join(worktree, 'readme.md'), 'of the agent\n');
	await until('copied', (one) => one.outside.length > 0);
	await expect.poll(() => eventsOf('copied', 'redress.settled')).toHaveLength(1);
	const folder = await copiesOf('copied');
	expect(readFileSync(join(folder, 'readme.md'), 'utf8')).toBe('of the agent\n');
	expect(readFileSync(join(worktree, 'readme.md'), 'utf8')).toBe('of the agent\n');
});

test('by the policy restore files are as before, with copies of what they were', async () => {
	await follow('restore');
	const { worktree } = await start('restored');
	const path = (name: string) => join(worktree, name);
	writeFileSync(path('readme.md'), 'of the agent\n');
	mkdirSync(path('new'));
	writeFileSync(path('new/file'), 'made\n');
	rmSync(path('docs'), { recursive: true });
	const back = () => [
		readFileSync(path('readme.md'), 'utf8'),
		existsSync(path('new')),
		existsSync(path('docs/kept.md')),
	];
	await expect.poll(back).toEqual(['scratch\n', false, true]);
	await until('restored', (one) => one.outside.length === 0);
	const { kept } = await weir.json<OutsideJson>('outside', 'restored');
	const copies = kept.flatMap(({ folder }) => readdirSync(folder));
	expect(new Set(copies)).toEqual(new Set(['readme.md', 'new']));
	const settled = await eventsOf('restored', 'redress.settled');
	expect(settled.every(({ data }) => data.outcome.ok)).toBe(true);

	// Who writes it again and again is not fought for ever.
	const found = async () => eventsOf('restored', 'trespass.found');
	for (let at = 0; at < 5; at += 1) {
		const { length: before } = await found();
		writeFileSync(path('readme.md'), `again ${at}\n`);
		await expect.poll(async () => (await found()).length).toBeGreaterThan(before);
		if ((await found()).at(-1)?.data.policy === 'report') break;
		await expect.poll(back).toEqual(['scratch\n', false, true]);
	}
	const { outside } = await until('restored', (one) => one.outside.length > 0);
	expect(outside).toEqual(['readme.md']);
	const ran = await weir.run('outside', 'restored', '--restore');
	expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing') });
	expect(readFileSync(path('readme.md'), 'utf8')).toBe('scratch\n');
});

test('what was put back by a verb is counted, and gone from the diff', async () => {
	await follow('report');
	const agent = await start('back');
	const odd = Buffer.concat([
		Buffer.from(`${agent.worktree}/`),
		Buffer.from([0x61, 0xff]),
	]);
	writeFileSync(odd, 'no UTF-8\n');
	writeFileSync(join(agent.worktree, 'readme.md'), 'changed\n');
	await until('back', (one) => one.outside.length === 2 && one.diff?.files === 2);
	const { stdout } = await weir.run('outside', 'back', '--restore');
	expect(stdout).toContain('2 paths of back put back as before\n');
	expect(stdout).toContain('nothing stands outside the scope of back\n2 copies of ');
	expect(existsSync(odd)).toBe(false);
	await until('back', (one) => one.diff?.files === 0);
});

test('by the policy freeze the program is stopped, and goes on as it is answered', async () => {
	await follow('freeze');
	const ran = await weir.run(
		...['new', 'frozen', '--scope', 'src/**', '--'],
		...['sh', '-c', 'while :; do echo x >>src/beat; sleep 0.05; done'],
	);
	expect(ran).toMatchObject({ code: 0 });
	const { worktree } = await weir.agent('frozen');
	const path = (name: string) => join(worktree, name);
	await expect.poll(() => existsSync(path('src/beat'))).toBe(true);
	writeFileSync(path('readme.md'), 'of the agent\n');
	const item = await openItem(weir, 'frozen', ({ kind }) => kind === 'trespass');
	expect(item.choices.map(({ key }) => key)).toEqual([
		...['resume', 'restore', 'allow', 'kill'],
	]);
	await until('frozen', (one) => one.state === 'paused');
	const beats = readFileSync(path('src/beat'), 'utf8');
	await sleep(300);
	expect(readFileSync(path('src/beat'), 'utf8')).toBe(beats);
	expect(await weir.run('answer', item.id, 'restore')).toMatchObject({ code: 0 });
	await until('frozen', (one) => one.state !== 'paused' && one.outside.length === 0);
	expect(readFileSync(path('readme.md'), 'utf8')).toBe('scratch\n');
	await expect.poll(() => readFileSync(path('src/beat'), 'utf8')).not.toBe(beats);

	writeFileSync(path('readme.md'), 'of the agent\n');
	const again = await openItem(weir, 'frozen', ({ choices }) => choices.length > 0);
	expect(await weir.run('answer', again.id, 'allow')).toMatchObject({ code: 0 });
	const agent = await until('frozen', (one) => one.outside.length === 0);
	expect(agent.scope).toEqual(['src/**', '/readme.md']);
});

test('a file that is saved by a new one beside it stops nothing, a stray one does', async () => {
	await follow('freeze');
	const ran = await weir.run(
		...['new', 'saves', '--scope', '/readme.md', '--', 'sleep', '1000'],
	);
	expect(ran).toMatchObject({ code: 0 });
	const { worktree } = await weir.agent('saves');
	for (let time = 0; time < 5; time += 1)
		execFileSync('sed', ['-i', 's/$/ more/', 'readme.md'], { cwd: worktree });
	writeFileSync(join(worktree, 'stray.md'), 'x\n');
	await until('saves', (one) => one.state === 'paused');
	const found = await eventsOf('saves', 'trespass.found');
	expect(found.flatMap(({ data }) => data.paths.map(({ path }) => path))).toEqual([
		'stray.md',
	]);
});
