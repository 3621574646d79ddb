// What clients see of a pane, by rows on credit or as text, and what they type into it.
import { expect, test } from 'vitest';
import { bash } from '../../support/bash.ts';
import { connectTo, makeHolder } from '../../support/holder.ts';

test('a program is started, typed into, watched, resized and read', async () => {
	const client = await connectTo(await makeHolder());
	const { number, process: identity } = await client.spawn('api', bash);
	expect(identity?.pid).toBeGreaterThan(0);
	expect(await client.follow('api')).toEqual({ number });
	await client.type('api', 'echo one$((1+1))\n');
	await client.shows(number, /^one2$/m);
	await client.ask('resize', { pane: 'api', columns: 100, rows: 30 });
	expect(client.pushes).toContainEqual({
		push: 'resized',
		pane: 'api',
		columns: 100,
		rows: 30,
	});
	await client.type('api', 'stty size\n');
	await client.shows(number, /^30 100$/m);
	const { lines } = await client.ask('text', { pane: 'api' });
	expect(lines).toContain('30 100');
	const { panes } = await client.ask('list', {});
	expect(panes).toMatchObject([{ pane: 'api', columns: 100, rows: 30, exit: null }]);
});

test('a program outlives the client that started it', async () => {
	const holder = await makeHolder();
	const first = await connectTo(holder);
	await first.spawn('api', bash);
	await first.type('api', 'here=1\n');
	first.socket.destroy();
	const second = await connectTo(holder);
	const { number } = await second.follow('api');
	await second.type('api', 'echo still-$here\n');
	await second.shows(number, 'still-1');
	expect((await second.ask('spec', { pane: 'api' }))?.argv).toEqual(bash);
});

test('a client that does not read delays nobody and is owed a bounded amount', async () => {
	const holder = await makeHolder();
	const slow = await connectTo(holder);
	const fast = await connectTo(holder);
	const { number } = await fast.spawn('flood', ['yes', 'x'.repeat(70)]);
	await slow.ask('watch', { pane: 'flood', credit: 64 });
	slow.socket.pause();
	await fast.ask('watch', { pane: 'flood', credit: 1 });
	const typing = await fast.spawn('typing', bash);
	await fast.follow('typing');
	for (let round = 0; round < 20; round += 1) {
		const sets = fast.rows.length;
		await fast.type('typing', `echo round-${round}-$((round+1))\n`);
		await fast.ask('credit', { pane: 'flood', credit: 1 });
		await fast.until(
			() => fast.rows.slice(sets).some((push) => push.pane === number),
			() => 'the flood is not painted',
		);
		await fast.shows(typing.number, `^round-${round}-1$`);
	}
	// 64 credits at most, each one screen: what the slow one is owed does not grow with time.
	const sets = slow.rows.length;
	slow.socket.resume();
	await slow.ask('list', {});
	expect(slow.rows.length - sets).toBeLessThanOrEqual(64);
});

test('no row set leaves without credit', async () => {
	const client = await connectTo(await makeHolder());
	const { number } = await client.spawn('api', bash);
	await client.ask('watch', { pane: 'api', credit: 2 });
	await client.type(
		'api',
		'for i in 1 2 3 4 5 6; do echo line $i; sleep 0.05; done; echo $0\n',
	);
	await client.until(
		() => client.rows.length === 2,
		() => 'two sets',
	);
	await expect
		.poll(async () => (await client.ask('text', { pane: 'api' })).lines.join('\n'))
		.toContain('\nbash');
	expect(client.rows).toHaveLength(2);
	await client.ask('credit', { pane: 'api', credit: 1 });
	await client.shows(number, /^bash$/m);
	expect(client.rows).toHaveLength(3);
	expect(client.rows.map((push) => push.version)).toEqual([1, 2, 3]);
	expect(client.rows.map((push) => push.full)).toEqual([true, false, false]);
	await client.ask('unwatch', { pane: 'api' });
	await expect(client.ask('credit', { pane: 'api', credit: 1 })).rejects.toMatchObject({
		refusal: { code: 'pane.unwatched' },
	});
});

test('an update that a program brackets is painted when it is whole', async () => {
	const client = await connectTo(await makeHolder());
	const script = `printf '\\033[?2026hHALF'; read x; printf ' WHOLE\\033[?2026l'; read x`;
	const { number } = await client.spawn('api', ['sh', '-c', `sleep 0.1; ${script}`]);
	await client.follow('api');
	await expect
		.poll(async () => (await client.ask('text', { pane: 'api' })).lines.join('\n'))
		.toContain('HALF');
	await client.type('api', '\n');
	await client.shows(number, 'WHOLE');
});

test('what is typed by number waits for its turn, and reaches no other generation', async () => {
	const client = await connectTo(await makeHolder());
	const { number } = await client.spawn('api', ['sh', '-c', 'read a; echo got $a']);
	await client.follow('api');
	await client.type('api', 'one ');
	await client.channel.type(number, Buffer.from('two\n'));
	await client.shows(number, 'got one two');
	await client.exit('api');
	await client.spawn('api', ['cat'], { generation: 2 });
	await expect(client.channel.type(number, Buffer.from('x'))).rejects.toMatchObject({
		refusal: { code: 'pane.unknown' },
	});
});

test('a key for a question is typed only while the question stands', async () => {
	const client = await connectTo(await makeHolder());
	const { number } = await client.spawn('api', [
		'sh',
		'-c',
		'echo sure?; read x; echo got $x; read y',
	]);
	await client.follow('api');
	await client.shows(number, 'sure');
	const { screenHash } = await client.ask('text', { pane: 'api' });
	const data = Buffer.from('yes\n').toString('base64');
	expect(await client.ask('writeIf', { pane: 'api', data, screenHash })).toEqual({
		written: true,
		screenHash,
	});
	await client.shows(number, 'got yes');
	const late = await client.ask('writeIf', { pane: 'api', data, screenHash });
	expect(late.written).toBe(false);
	expect(late.screenHash).not.toBe(screenHash);
});

test('input that a stopped program leaves unread is bounded', async () => {
	const client = await connectTo(await makeHolder());
	const { number } = await client.spawn('api', [
		'sh',
		'-c',
		'stty raw -echo; echo ready; exec cat >/dev/null',
	]);
	await client.follow('api');
	await client.shows(number, 'ready');
	await client.ask('pause', { pane: 'api', generation: 1 });
	const data = Buffer.alloc(600_000, 'x').toString('base64');
	const first = client.ask('write', { pane: 'api', data });
	await expect(client.ask('write', { pane: 'api', data })).rejects.toMatchObject({
		refusal: { code: 'pane.busy' },
	});
	expect((await client.ask('list', {})).panes[0]?.paused).toBe(true);
	await client.ask('resume', { pane: 'api', generation: 1 });
	expect(await first).toEqual({});
});

test('secrets do not reach a text snapshot', async () => {
	const client = await connectTo(await makeHolder());
	const { number } = await client.spawn(
		'api',
		['sh', '-c', 'echo key=hunter2hunter2; read x; echo and opensesame; read x'],
		{
			redact: ['hunter2hunter2'],
		},
	);
	await client.follow('api');
	await client.shows(number, 'hunter2');
	await client.ask('redact', { pane: 'api', secrets: ['opensesame'] });
	await client.type('api', '\n');
	await client.shows(number, 'opensesame');
	const text = (await client.ask('text', { pane: 'api' })).lines.join('\n');
	expect(text).toContain('key=');
	expect(text).not.toMatch(/hunter2|opensesame/);
});
