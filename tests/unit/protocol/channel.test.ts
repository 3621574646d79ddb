import { expect, test } from 'vitest';
import { ok, refuse } from '../../../src/lib/outcome.ts';
import {
	Channel,
	ChannelClosed,
	type InputHandler,
	type RequestHandler,
	RequestRefused,
} from '../../../src/protocol/channel.ts';
import { encodeFrame, FrameKind } from '../../../src/protocol/frames.ts';

test('a request is answered by the handler of the other end', async () => {
	const { client } = joined((operation, body) => ok({ operation, body }));
	expect(await client.request('ask', { n: 1 })).toEqual({
		operation: 'ask',
		body: { n: 1 },
	});
});

test('answers find their requests whatever their order', async () => {
	const gates = new Map<string, () => void>();
	const { client } = joined(async (operation) => {
		await new Promise<void>((go) => gates.set(operation, go));
		return ok(operation);
	});
	const first = client.request('first', {});
	const second = client.request('second', {});
	gates.get('second')?.();
	expect(await second).toBe('second');
	gates.get('first')?.();
	expect(await first).toBe('first');
});

test('a refusal rejects with its code, sentence and next step', async () => {
	const { client } = joined(() => refuse('pane.unknown', 'no pane x', 'weir list'));
	const error = await client.request('text', {}).catch((caught: unknown) => caught);
	expect(error).toBeInstanceOf(RequestRefused);
	expect(error).toMatchObject({
		refusal: { code: 'pane.unknown', message: 'no pane x', allow: 'weir list' },
	});
});

test('a handler that throws refuses that request and serves the next', async () => {
	const { client } = joined((operation) => {
		if (operation === 'bad') throw new Error('no such thing');
		return ok('fine');
	});
	await expect(client.request('bad', {})).rejects.toMatchObject({
		refusal: { code: 'internal' },
	});
	expect(await client.request('good', {})).toBe('fine');
});

test('large requests and answers travel as bulk, larger ones are refused', async () => {
	const { client } = joined((operation, body) =>
		ok(operation === 'double' ? [body, body] : body),
	);
	const body = 'x'.repeat(600_000);
	expect(await client.request('same', body)).toBe(body);
	await expect(client.request('double', body)).rejects.toMatchObject({
		refusal: { code: 'answer.too-large' },
	});
	await expect(client.request('same', body + body)).rejects.toThrow('over');
	expect(await client.request('same', 'small')).toBe('small');
});

test('bytes attached to an answer come with it', async () => {
	const { client } = joined((_operation, _body, attach) => {
		attach(Uint8Array.of(1, 2, 3));
		return ok({ from: 0 });
	});
	expect(await client.requestWithBytes('history', {})).toEqual({
		body: { from: 0 },
		bytes: Uint8Array.of(1, 2, 3),
	});
});

test('what is typed reaches the pane of its number, and a refusal who typed', async () => {
	const typed: unknown[] = [];
	const { client } = joined(undefined, (pane, bytes) => {
		typed.push([pane, Buffer.from(bytes).toString('latin1')]);
		return pane === 70_000 ? ok('ignored') : refuse('pane.unknown', 'no pane 2');
	});
	expect(await client.type(70_000, Buffer.from('\x1b[A\xff', 'latin1'))).toEqual({
		body: {},
		bytes: null,
	});
	await expect(client.type(2, Buffer.from('x'))).rejects.toMatchObject({
		refusal: { code: 'pane.unknown' },
	});
	expect(typed).toEqual([
		[70_000, '\x1b[A\xff'],
		[2, 'x'],
	]);
});

test('an end that takes no input refuses it and goes on', async () => {
	const { client } = joined(() => ok('fine'));
	await expect(client.type(1, Buffer.from('x'))).rejects.toMatchObject({
		refusal: { code: 'unserved' },
	});
	expect(await client.request('ask', {})).toBe('fine');
});

test('what comes in one piece is taken in turns where that is asked for, in order', () => {
	const served: unknown[] = [];
	const pieces: Uint8Array[] = [];
	const asking = new Channel({
		write: (bytes) => pieces.push(bytes) > 0,
		close: () => {},
	});
	for (const body of [1, 2, 3]) void asking.request('ask', body);
	const server = new Channel(
		{ write: () => true, close: () => {} },
		(_operation, body) => {
			served.push(body);
			return ok({});
		},
	);
	const turns = [server.receive(Buffer.concat(pieces), () => served.length % 2 === 0)];
	expect(served).toEqual([1, 2]);
	while (!turns.at(-1)) turns.push(server.goOn(() => false));
	expect(served).toEqual([1, 2, 3]);
	expect(turns).toEqual([false, true]);
});

test('input for no pane closes the channel', () => {
	const { client, server } = joined(undefined, () => ok({}));
	server.receive(encodeFrame(FrameKind.input, 1, Uint8Array.of(1, 2)));
	expect(client.closed).toBe(true);
});

test('pushes and rows reach their listeners', () => {
	const { client, server } = joined();
	const heard: unknown[] = [];
	client.onPush.on((value) => heard.push(value));
	client.onRows.on(({ pane, payload }) => heard.push([pane, [...payload]]));
	server.push({ push: 'bell' });
	server.sendRows(7, Uint8Array.of(9));
	expect(heard).toEqual([{ push: 'bell' }, [7, [9]]]);
});

test('closing rejects what waits, on both ends', async () => {
	const { client, server } = joined(() => new Promise(() => undefined));
	const asked = client.request('forever', {});
	server.close();
	await expect(asked).rejects.toBeInstanceOf(ChannelClosed);
	expect(client.closed).toBe(true);
	await expect(client.request('more', {})).rejects.toBeInstanceOf(ChannelClosed);
});

test('a bad frame closes the channel and says why', () => {
	const { client, server } = joined();
	const reasons: unknown[] = [];
	server.onClose.on((reason) => reasons.push(reason));
	server.receive(Uint8Array.of(0, 0, 0, 0, 99, 0, 0, 0, 0));
	expect([server.closed, client.closed]).toEqual([true, true]);
	expect(String(reasons)).toContain('unknown frame kind');
});

test.each([
	['no JSON', 'nonsense'],
	['too deep', `{"op":"a","body":${'['.repeat(40)}${']'.repeat(40)}}`],
	['no operation', '{"body":1}'],
])('a request that is %s closes the channel', (_name, text) => {
	const { server } = joined(() => ok(1));
	server.receive(encodeFrame(FrameKind.request, 1, new TextEncoder().encode(text)));
	expect(server.closed).toBe(true);
});

test('an aborted request is forgotten and its late answer ignored', async () => {
	let answer: () => void = () => undefined;
	const { client } = joined(async (operation) => {
		if (operation === 'slow') await new Promise<void>((go) => (answer = go));
		return ok(operation);
	});
	const abort = new AbortController();
	const asked = client.request('slow', {}, { signal: abort.signal });
	abort.abort(new Error('took too long'));
	await expect(asked).rejects.toThrow('took too long');
	answer();
	expect(await client.request('next', {})).toBe('next');
});

test('requests over the limit are refused, not queued', async () => {
	const { client } = joined(() => new Promise(() => undefined));
	const asked = Array.from({ length: 257 }, () => client.request('forever', {}));
	const refused = await asked.at(-1)?.catch((error: unknown) => error);
	expect(refused).toMatchObject({ refusal: { code: 'busy' } });
	client.close();
	await Promise.allSettled(asked);
});

/** Two channels that hand each other their bytes at once. */
function joined(
	handler?: RequestHandler,
	onInput?: InputHandler,
): { client: Channel; server: Channel } {
	const client: Channel = new Channel({
		write: (bytes) => (server.receive(bytes), true),
		close: () => server.close(),
	});
	const server: Channel = new Channel(
		{ write: (bytes) => (client.receive(bytes), true), close: () => client.close() },
		handler,
		onInput,
	);
	return { client, server };
}
