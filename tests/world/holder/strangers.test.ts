// Who may speak to a holder.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeFrame, FrameKind } from '../../../src/protocol/frames.ts';
import { connectTo, makeHolder, openConnection } from '../../support/holder.ts';

test('a wrong token, a foreign version and silence are refused', async () => {
	const holder = await makeHolder();
	const client = await openConnection(holder);
	const protocol = { min: 1, max: 1 };
	await expect(client.ask('list', {})).rejects.toMatchObject({
		refusal: { code: 'hello.missing' },
	});
	await expect(client.channel.type(1, Buffer.from('x'))).rejects.toMatchObject({
		refusal: { code: 'hello.missing' },
	});
	await expect(client.ask('hello', { protocol, token: 'x' })).rejects.toMatchObject({
		refusal: { code: 'identity.token' },
	});
	const { token } = holder.record;
	await expect(
		client.ask('hello', { protocol: { min: 7, max: 9 }, token }),
	).rejects.toMatchObject({ refusal: { code: 'hello.protocol' } });
	await expect(client.channel.request('hello', {})).rejects.toMatchObject({
		refusal: { code: 'request.malformed' },
	});
	expect(
		await client.ask('hello', { protocol: { min: 1, max: 5 }, token }),
	).toMatchObject({
		protocol: 1,
		holder: 'h1',
		process: holder.record.process,
		input: true,
	});
	await expect(client.channel.request('fly', {})).rejects.toMatchObject({
		refusal: { code: 'request.unknown' },
	});
	expect(statSync(holder.place.recordFile).mode & 0o777).toBe(0o600);
	expect(statSync(holder.place.socket).mode & 0o777).toBe(0o600);
	expect(statSync(dirname(holder.place.socket)).mode & 0o777).toBe(0o700);
});

const intruder = new URL('../../fixtures/holder-intruder.ts', import.meta.url).pathname;

test.each([
	['a child of the pane', []],
	['an orphan without session and environment', ['setsid', '-f', 'env', '-i']],
])('%s is refused although it knows the token', async (_name, escape) => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	const verdict = join(dirname(holder.place.exitsDir), 'verdict');
	const argv = [...escape, process.execPath, intruder, holder.place.recordFile, verdict];
	await client.spawn('api', ['sh', '-c', `"$@"; exec cat`, 'sh', ...argv]);
	await expect.poll(() => existsSync(verdict)).toBe(true);
	expect(readFileSync(verdict, 'utf8')).toBe('identity.agent');
});

test('a program of a neighbour holder is refused as well', async () => {
	const holder = await makeHolder();
	const folder = dirname(dirname(holder.place.recordFile));
	const neighbour = await makeHolder({
		id: 'h2',
		recordFile: join(dirname(holder.place.recordFile), 'h2.json'),
		exitsDir: join(folder, 'exits'),
	});
	const client = await connectTo(neighbour);
	const verdict = join(folder, 'verdict');
	await client.spawn('api', [
		process.execPath,
		intruder,
		holder.place.recordFile,
		verdict,
	]);
	await client.exit('api');
	expect(readFileSync(verdict, 'utf8')).toBe('identity.agent');
});

test('a bad frame closes its own connection and no other', async () => {
	const holder = await makeHolder();
	const good = await connectTo(holder);
	const bad = await connectTo(holder);
	const closed = new Promise((done) => bad.channel.onClose.on(done));
	bad.socket.write(encodeFrame(FrameKind.request, 1, Buffer.from('not json')));
	await closed;
	expect((await good.ask('list', {})).panes).toEqual([]);
});
