import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type HolderLink, openHolder } from '../../../src/client/holder-link.ts';
import { type Outcome, ok, refuse } from '../../../src/lib/outcome.ts';
import { Channel, type RequestHandler } from '../../../src/protocol/channel.ts';
import { encodeRows, type RowsPush } from '../../../src/protocol/rows.ts';
import { granted, refusalOf } from '../../support/outcomes.ts';
import { makeScratch } from '../../support/scratch.ts';

const rows: RowsPush = {
	pane: 7,
	version: 3,
	full: true,
	columns: 80,
	rows: 24,
	cursorColumn: 1,
	cursorRow: 2,
	cursorShape: 0,
	modes: 0,
	kittyFlags: 0,
	scrollback: 0,
	changed: [
		{
			row: 0,
			wrapped: false,
			cells: new Uint32Array([97, 0, 0]),
			clusters: [],
			underlines: [],
			links: [],
		},
	],
};

const greeting = (operation: string, body: unknown): Outcome<unknown> | undefined => {
	if (operation !== 'hello') return undefined;
	if (JSON.stringify(body) !== '{"protocol":{"min":1,"max":1},"token":"secret"}')
		return refuse('token.wrong', 'the token is wrong');
	const process = { pid: 1, startTime: '1', bootId: 'b' };
	return ok({ protocol: 1, version: '0.0.0', holder: 'h1', process });
};

/** Listens as a holder does: the same channel and frames, answers of the test's own. */
async function listen(answer: RequestHandler) {
	const socket = join(makeScratch(), 'h.sock');
	const accepted = Promise.withResolvers<Channel>();
	const server = createServer((peer) => {
		const channel = new Channel({
			write: (bytes) => peer.write(bytes),
			close: () => peer.destroy(),
		});
		channel.serve(
			(operation, body, attach) =>
				greeting(operation, body) ?? answer(operation, body, attach),
		);
		peer.on('data', (chunk) => channel.receive(chunk));
		peer.on('close', () => channel.close());
		accepted.resolve(channel);
	}).listen(socket);
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
	});
	return { socket, channel: accepted.promise };
}

async function open(socket: string): Promise<HolderLink> {
	const link = granted(await openHolder({ socket, token: 'secret' }));
	onTestFinished(() => link[Symbol.dispose]());
	return link;
}

test('a wrong token and an absent holder are refused', async () => {
	const { socket } = await listen(() => ok({}));
	expect(refusalOf(await openHolder({ socket, token: 'guess' })).code).toBe(
		'token.wrong',
	);
	const gone = await openHolder({ socket: `${socket}.gone`, token: 'secret' });
	expect(refusalOf(gone).code).toBe('holder.none');
});

test('rows and pushes arrive decoded, history with its rows', async () => {
	const { socket, channel } = await listen((operation, _, attach) => {
		if (operation !== 'history') return refuse('unknown', operation);
		attach(encodeRows(rows));
		return ok({ from: 4, total: 5, dropped: 0 });
	});
	const link = await open(socket);
	expect(link.holder.holder).toBe('h1');
	const painted = new Promise((settle) => link.onRows.on(settle));
	const pushed = new Promise((settle) => link.onPush.on(settle));
	const holder = await channel;
	holder.sendRows(7, encodeRows(rows));
	holder.push({ push: 'resized', pane: 'a1', columns: 80, rows: 24 });
	expect(await painted).toEqual(rows);
	expect(await pushed).toEqual({ push: 'resized', pane: 'a1', columns: 80, rows: 24 });
	expect(granted(await link.history({ pane: 'a1', from: 4, count: 1 }))).toEqual({
		from: 4,
		total: 5,
		dropped: 0,
		rows,
	});
});

test('rows cut short end this connection and no more', async () => {
	const { socket, channel } = await listen(() => ok({}));
	const link = await open(socket);
	const closed = new Promise((settle) => link.onClose.on(settle));
	(await channel).sendRows(7, encodeRows(rows).subarray(0, 45));
	expect(await closed).toBeInstanceOf(Error);
	const asked = await link.request('list', {});
	expect(refusalOf(asked).code).toBe('holder.gone');
	await open(socket);
});
