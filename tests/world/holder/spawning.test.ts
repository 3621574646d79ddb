// How programs get into panes.
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bash } from '../../support/bash.ts';
import { connectTo, makeHolder } from '../../support/holder.ts';

test('a new generation takes the place of an ended one, whose record stays', async () => {
	const client = await connectTo(await makeHolder());
	await client.spawn('api', ['false']);
	await client.exit('api');
	await expect(client.spawn('api', ['true'])).rejects.toMatchObject({
		refusal: { code: 'pane.generation' },
	});
	await client.spawn('api', ['cat'], { generation: 2 });
	await expect(client.spawn('api', ['true'], { generation: 3 })).rejects.toMatchObject({
		refusal: { code: 'pane.running' },
	});
	await expect(client.ask('stop', { pane: 'api', generation: 1 })).rejects.toMatchObject({
		refusal: { code: 'pane.generation' },
	});
	await expect(
		client.ask('collect', { pane: 'api', generation: 2 }),
	).rejects.toMatchObject({ refusal: { code: 'pane.running' } });
	expect(await client.ask('collect', { pane: 'api', generation: 1 })).toMatchObject({
		generation: 1,
		code: 1,
	});
});

test.each([
	['a missing command', { argv: ['no-such-command'] }, 'not on the PATH'],
	['a missing folder', { cwd: '/no/such/folder' }, 'cannot be entered'],
])('%s is refused with one sentence', async (_name, more, sentence) => {
	const client = await connectTo(await makeHolder());
	const refused = await client.spawn('api', ['true'], more).catch((e: unknown) => e);
	expect(refused).toMatchObject({
		refusal: { code: 'spawn.failed', message: expect.stringContaining(sentence) },
	});
	expect((await client.ask('list', {})).panes).toEqual([]);
});

test('a program has no descriptor of another and leads its terminal', async () => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	const one = await client.spawn('one', bash);
	await client.follow('one');
	// Once it reads, no file of its start is open any more.
	await client.type('one', 'echo up-$((1+1))\n');
	await client.shows(one.number, /^up-2$/m);
	await client.spawn('two', ['sh', '-c', 'ls /proc/self/fd; stty -a; cat']);
	await expect
		.poll(async () => (await client.ask('text', { pane: 'two' })).lines.join(' '))
		.toMatch(/^0 +1 +2 +3 +speed .* iutf8/);
	const { panes } = await client.ask('list', {});
	for (const { process: identity } of panes) {
		const folder = `/proc/${identity?.pid}/fd`;
		const open = readdirSync(folder).map((fd) => readlinkSync(join(folder, fd)));
		expect(open.filter((path) => !path.startsWith('/dev/pts/'))).toEqual(
			open.filter((path) => path === '/dev/tty'),
		);
	}
});

test('a holder has a last pane', async () => {
	const client = await connectTo(await makeHolder({ panes: 1 }));
	await client.spawn('one', bash);
	await expect(client.spawn('two', bash)).rejects.toMatchObject({
		refusal: { code: 'holder.full' },
	});
});
