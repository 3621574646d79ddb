// The landing queue by verbs: what waits, who conflicts with whom, holds and places, across a restart.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { QueueEntryJson } from '../../src/protocol/queue.ts';
import { eventsOf, refusal, start } from '../support/agents.ts';
import { commitFiles, lines } from '../support/repository.ts';
import { patienceMs, type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir({ 'readme.md': 'scratch\n', 'src/a.txt': lines(1, 30) });
});
afterEach(() => weir.close());

async function queue(): Promise<readonly QueueEntryJson[]> {
	return (await weir.json<{ queue: QueueEntryJson[] }>('queue')).queue;
}

/** Waits until the queue is as wanted; fails with what it is. */
async function untilQueue(
	what: string,
	holds: (queue: readonly QueueEntryJson[]) => boolean,
): Promise<readonly QueueEntryJson[]> {
	for (const end = Date.now() + patienceMs; ; await sleep(100)) {
		const now = await queue();
		if (holds(now)) return now;
		if (Date.now() > end) throw new Error(`never ${what}: ${JSON.stringify(now)}`);
	}
}

const names = (some: readonly QueueEntryJson[]) => some.map(({ agent }) => agent);
const clashesIn = (some: readonly QueueEntryJson[]) =>
	some.flatMap(({ agent, clashes }) =>
		clashes.map((clash) => `${agent} ${clash.agent} ${clash.files.join()}`),
	);
const changed = (text: string) => lines(1, 30).replace('line 7\n', text);

test('two that conflict are predicted soon after they commit, and no longer once one has made room', async () => {
	const api = await start(weir, 'api');
	const jobs = await start(weir, 'jobs');
	expect(await queue()).toEqual([]);
	commitFiles(api.worktree, { 'src/a.txt': changed('API\n') }, 'Change it');
	await untilQueue('api waits', (now) => now.length === 1);
	commitFiles(jobs.worktree, { 'src/a.txt': changed('JOBS\n') }, 'Change it too');
	const both = await untilQueue('a clash', (now) => clashesIn(now).length === 2);
	expect(names(both)).toEqual(['api', 'jobs']);
	expect(clashesIn(both)).toEqual(['api jobs src/a.txt', 'jobs api src/a.txt']);
	expect(both.map(({ conflicts }) => conflicts)).toEqual([[], []]);

	commitFiles(jobs.worktree, { 'src/a.txt': lines(1, 30), 'b.txt': 'b\n' }, 'Make room');
	const cleared = await untilQueue(
		'no clash',
		(now) => clashesIn(now).length === 0 && now.every(({ predicted }) => predicted),
	);
	expect(names(cleared)).toEqual(['api', 'jobs']);

	// What has landed waits no longer, and what conflicts with it conflicts with the base.
	commitFiles(jobs.worktree, { 'src/a.txt': changed('JOBS\n') }, 'Change it again');
	await untilQueue('a clash again', (now) => clashesIn(now).length === 2);
	await weir.json('merge', 'api');
	const [left, ...others] = await untilQueue(
		'a conflict with the base',
		([first]) => first?.standing === 'conflict',
	);
	expect(others).toEqual([]);
	expect(left).toMatchObject({ agent: 'jobs', conflicts: ['src/a.txt'], clashes: [] });
});

test('holds and places are journaled, keep what is held from landing, and outlive the supervisor', async () => {
	for (const name of ['api', 'jobs', 'docs']) {
		const { worktree } = await start(weir, name);
		commitFiles(worktree, { [`${name}.txt`]: 'one\n' }, `Write ${name}`);
		await untilQueue(`${name} waits`, (now) => names(now).includes(name));
	}
	const moved = await weir.json<{ queue: QueueEntryJson[] }>(
		...['queue', 'move', 'docs', '--before', 'api'],
	);
	expect(names(moved.queue)).toEqual(['docs', 'api', 'jobs']);
	await weir.json('queue', 'hold', 'api', '--why', 'after the release');
	const [held] = await eventsOf(weir, 'queue.held');
	expect(held).toMatchObject({ actor: 'human', data: { why: 'after the release' } });

	const no = await refusal(weir, 'merge', 'api');
	expect(no).toMatchObject({ code: 'merge.held', allow: 'weir queue release api' });
	expect(no.message).toContain('after the release');

	await weir.run('up', '--restart');
	const after = await untilQueue('all three wait', (now) => now.length === 3);
	expect(names(after)).toEqual(['docs', 'api', 'jobs']);
	expect(after[1]).toMatchObject({
		standing: 'held',
		held: { why: 'after the release' },
	});
	const { queue: told } = await weir.status();
	expect(names(told)).toEqual(['docs', 'api', 'jobs']);

	const listed = await weir.run('queue');
	expect(listed.stdout).toMatch(/^# +AGENT +STANDING/);
	expect(listed.stdout).toMatch(/2 +api +held .*after the release/);
	await weir.json('queue', 'release', 'api');
	await weir.json('merge', 'api');
	await untilQueue('api is gone', (now) => names(now).join() === 'docs,jobs');
	await weir.json('queue', 'move', 'docs', '--last');
	expect(names(await queue())).toEqual(['jobs', 'docs']);
	expect((await refusal(weir, 'queue', 'move', 'api', '--first')).code).toBe(
		'queue.absent',
	);
});

test('says what it does not understand, and is empty where weir has not run', async () => {
	expect(await queue()).toEqual([]);
	for (const words of [
		['queue', 'hold'],
		['queue', 'frob', 'api'],
		['queue', 'move', 'api'],
		['queue', 'move', 'api', '--first', '--last'],
		['queue', '--why', 'so'],
		['queue', 'release', 'api', '--first'],
	])
		expect(await weir.run(...words)).toMatchObject({ code: 2 });
	const none = await refusal(weir, 'queue', 'hold', 'nobody');
	expect(none.code).toBe('agent.unknown');
});
