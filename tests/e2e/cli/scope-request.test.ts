// What an agent says of its own scope: that it is done, and that it needs more.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, eventsOf, idle, start } from '../../support/agents.ts';
import { commitFiles, gitIn } from '../../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

const request = (then: string) => [
	...['sh', '-c'],
	`weir scope request 'docs/**' --why 'the manual names the route'; echo "ended $?"; ${then}; exec sleep 1000`,
];

test('a yes to a request widens the scope, and the agent goes on with it at once', async () => {
	const wrote = 'mkdir -p docs && echo b > docs/b.md && echo written';
	await start(weir, 'api', request(wrote), '--scope', 'src/**');
	const [opened] = await eventsOf(weir, 'question.opened');
	const { items } = await ask(weir, 'inbox', {});
	expect(items).toMatchObject([
		{
			kind: 'approve',
			text: 'write docs/**',
			detail: 'the manual names the route',
			scope: ['docs/**'],
			choices: [{ key: 'y' }, { key: 'n' }],
		},
	]);
	const question = opened?.data.question ?? '';
	expect((await weir.run('answer', question, 'y')).code).toBe(0);
	await weir.shows('api', 'ended 0');
	await weir.shows('api', 'written');
	const [widened] = await eventsOf(weir, 'scope.widened');
	expect(widened).toMatchObject({
		actor: 'human',
		data: { patterns: ['docs/**'], why: 'the manual names the route', request: question },
	});
	expect((await weir.agent('api')).scope).toEqual(['src/**', 'docs/**']);
	expect((await weir.run('up', '--restart')).code).toBe(0);
	expect((await weir.agent('api')).scope).toEqual(['src/**', 'docs/**']);
});

test('what a person gives unasked answers the request that it covers', async () => {
	await start(weir, 'api', request('true'), '--scope', 'src/**');
	await eventsOf(weir, 'question.opened');
	await weir.run(
		'scope',
		'add',
		'api',
		'docs/**',
		'docs/a.md',
		'--why',
		'it will need it',
	);
	await weir.shows('api', 'ended 0');
	expect((await weir.agent('api')).scope).toEqual(['src/**', 'docs/**']);
	const { items } = await ask(weir, 'inbox', {});
	expect(items.filter(({ kind }) => kind === 'approve')).toEqual([]);
});

test('a no reaches the agent with its words, and the scope stays', async () => {
	await start(weir, 'api', request('true'), '--scope', 'src/**');
	const [opened] = await eventsOf(weir, 'question.opened');
	const question = opened?.data.question ?? '';
	await weir.run('answer', question, 'n', '--text', 'docs are of another task');
	await weir.shows('api', 'weir: no: docs are of another task');
	await weir.shows('api', 'ended 3');
	expect((await weir.agent('api')).scope).toEqual(['src/**']);
});

test('outside of an agent a request is told where it belongs', async () => {
	const words = ['scope', 'request', 'docs/**', '--why', 'x'];
	const { code, stderr } = await weir.run(...words);
	expect(code).toBe(3);
	expect(stderr).toContain('weir scope request is said by an agent about itself');
});

test('what cannot be asked for is told at once', async () => {
	const asks = [
		`weir scope request '!src/x' --why no; echo "ended $?"`,
		`weir scope request 'a/../b' --why no; echo "ended $?"`,
		`weir scope request 'src/a/*.ts' --why 'has it'; echo "ended $?"`,
		`weir scope request late --why x --timeout 0.2; echo "ended $?"`,
		'weir scope show src/a.txt docs/a.md',
	];
	const argv = ['sh', '-c', `${asks.join('; ')}; exec sleep 1000`];
	await start(weir, 'api', argv, '--scope', 'src/**');
	await weir.shows('api', 'docs/a.md: not allowed: no pattern covers it');
	const { stdout } = await weir.run('screen', 'api');
	const codes = [...stdout.matchAll(/ended (\d+)/g)].map(([, code]) => code);
	expect(codes).toEqual(['3', '3', '0', '124']);
	expect(stdout).toContain('granted');
	expect(stdout).toContain('src/a.txt: allowed by src/**');
});

test('done is refused while something lies outside, committed or not', async () => {
	const { worktree } = await start(weir, 'api', ['sh'], '--scope', 'src/**');
	const done = async (text: string) => {
		await weir.run('send', 'api', 'clear; weir done; echo "ended $?"');
		await weir.shows('api', text);
	};
	commitFiles(worktree, { 'docs/b.md': 'b\n' }, 'Add b');
	await done('ended 3');
	const { stdout } = await weir.run('screen', 'api');
	expect(stdout.replaceAll('\n', '')).toContain(
		'not done: outside your scope are docs/b.md',
	);
	expect(stdout).toContain('weir scope request /docs/b.md --why TEXT');
	gitIn(worktree, 'reset', '--quiet', '--hard', 'HEAD~1');
	writeFileSync(join(worktree, 'loose.txt'), 'x\n');
	await done('ended 3');
	gitIn(worktree, 'clean', '--quiet', '--force');
	await done('ended 0');
	await weir.run('wait', 'api', '--until', 'done');
	const states = await eventsOf(weir, 'agent.state', 1, ({ data }) => {
		return data.state === 'done';
	});
	expect(states).toHaveLength(1);
});

test('done is refused while nobody can tell what lies outside', async () => {
	await start(weir, 'api', ['sh'], '--scope', 'src/**');
	const done = async (first: string, text: string) => {
		await weir.run('send', 'api', `clear; ${first}; weir done; echo "ended $?"`);
		await weir.shows('api', text);
	};
	await done('git symbolic-ref HEAD refs/heads/nowhere', 'ended 3');
	const { stdout } = await weir.run('screen', 'api');
	expect(stdout.replaceAll('\n', '')).toContain(
		'api is not done yet: what it changed cannot be compared with its scope: the agent',
	);
	expect((await weir.agent('api')).state).not.toBe('done');
	await done('git symbolic-ref HEAD refs/heads/weir/api', 'ended 0');
	await weir.run('wait', 'api', '--until', 'done');
});

test('what an agent of another name asked for is not given to this one', async () => {
	await start(weir, 'api', request('true'), '--scope', 'src/**');
	await start(weir, 'other', idle, '--scope', 'lib/**');
	const [opened] = await eventsOf(weir, 'question.opened');
	await weir.run('answer', opened?.data.question ?? '', 'y');
	await weir.shows('api', 'ended 0');
	expect((await weir.agent('other')).scope).toEqual(['lib/**']);
});
