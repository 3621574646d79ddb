// weir's own agent where what it asks is not what it should be: a place without a key, without counts,
// without that API, without anybody; a disk without room.

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openOwnAgent } from '../../support/own-agent.ts';
import { noSmallDisk, onSmallDisk } from '../../support/small-disk.ts';
import { openProgram } from '../../support/terminal-driver.ts';

type Listener = Parameters<typeof createServer>[1];

async function serve(listener: Listener): Promise<string> {
	const server: Server = createServer({}, listener);
	onTestFinished(() => server.closeAllConnections());
	onTestFinished(() => void server.close());
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function says(...events: readonly { readonly type: string }[]): Listener {
	return (request, response) => {
		request.resume();
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		for (const event of events)
			response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
		response.end();
	};
}

function replyOf(text: string) {
	const message = { id: 'm1', type: 'message', role: 'assistant', content: [] };
	return [
		{ type: 'message_start', message: { ...message, model: 'odd' } },
		{ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
		{ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
		{ type: 'content_block_stop', index: 0 },
		{ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null } },
		{ type: 'message_stop' },
	];
}

test('a place of its own needs no key, and none is sent', async () => {
	const seen: unknown[] = [];
	const say = says(...replyOf('without a key'));
	const url = await serve((request, response) => {
		seen.push(request.headers.authorization, request.headers['x-api-key']);
		say?.(request, response);
	});
	const agent = await openOwnAgent([], null, { ANTHROPIC_BASE_URL: url });
	expect(await agent.print('HELLO')).toEqual({
		...{ code: 0, stdout: 'without a key\n', stderr: '' },
	});
	expect(seen).toEqual([undefined, undefined]);
});

test('a reply without counts is a reply', async () => {
	const url = await serve(says(...replyOf('not counted')));
	const agent = await openOwnAgent([], 'anthropic');
	expect(await agent.print('--base-url', url, 'HELLO')).toMatchObject({
		...{ code: 0, stdout: 'not counted\n' },
	});
});

test('a page in place of a stream is not asked for again', async () => {
	let asked = 0;
	const url = await serve((request, response) => {
		asked += 1;
		request.resume();
		response.writeHead(200, { 'content-type': 'text/html' }).end('<html>log in</html>');
	});
	for (const provider of ['anthropic', 'openai', 'chat']) {
		const agent = await openOwnAgent([], 'anthropic', { OPENAI_API_KEY: 'sk-of-openai' });
		const said = ['--base-url', url, '--provider', provider, 'HELLO'];
		const { code, stderr } = await agent.print(...said);
		expect(code).toBe(1);
		expect(stderr).toContain(`${url}/`);
		expect(stderr).toContain('answers with text/html in place of a stream');
	}
	expect(asked).toBe(3);
});

test('what cannot be asked is refused before it is', async () => {
	const agent = await openOwnAgent([]);
	for (const url of ['nonsense', 'ftp://somewhere'])
		expect(await agent.print('--base-url', url, 'HELLO')).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('is no address of a server'),
		});
	const broken = await openOwnAgent([], null, { ANTHROPIC_API_KEY: 'sk-one\nsk-two' });
	const { code, stderr } = await broken.print('HELLO');
	expect(code).toBe(3);
	expect(stderr).toContain('what ANTHROPIC_API_KEY holds is no key');
	expect(stderr).not.toContain('sk-one');
});

test('a key read from a file with its line break is taken', async () => {
	const seen: unknown[] = [];
	const say = says(...replyOf('hello'));
	const url = await serve((request, response) => {
		seen.push(request.headers.authorization ?? request.headers['x-api-key']);
		say?.(request, response);
	});
	const agent = await openOwnAgent([], null, {
		...{ ANTHROPIC_API_KEY: 'sk-of-a-file\r\n', ANTHROPIC_BASE_URL: url },
	});
	expect(await agent.print('HELLO')).toMatchObject({ code: 0 });
	expect(String(seen[0])).toMatch(/^(?:Bearer )?sk-of-a-file$/);
});

test('it says whom it does not reach, and why', async () => {
	const agent = await openOwnAgent([]);
	const gone = createServer().listen(0, '127.0.0.1');
	await once(gone, 'listening');
	const url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
	gone.close();
	await once(gone, 'close');
	const child = agent.start('--base-url', url, 'HELLO');
	let told = '';
	for await (const bytes of child.stderr ?? []) {
		told += String(bytes);
		if (told.includes('again in')) break;
	}
	expect(told).toContain(`${url} cannot be reached: ECONNREFUSED; again in`);
	child.kill('SIGTERM');
	await once(child, 'close');
});

test('who is told to wait for hours says how long', async () => {
	const url = await serve((request, response) => {
		request.resume();
		response.writeHead(429, { 'retry-after': '7300' });
		response.end('<html><body>busy\u001b[2J</body></html>');
	});
	const agent = await openOwnAgent([]);
	const { code, stderr } = await agent.print('--base-url', url, 'HELLO');
	expect(code).toBe(1);
	expect(stderr).toMatch(/busy.*; it is to be asked again in 122 minutes/);
	expect(stderr).not.toMatch(/\u001b|<body>/);
});

test('in a terminal what is printed moves nothing', async () => {
	const evil = 'a\u001b]2;pwned\u0007\u001b[41mb\nc';
	const agent = await openOwnAgent([{ prompt: 'EVIL', turns: [{ say: evil }] }]);
	const argv = agent.argv('--print', 'EVIL');
	const screen = openProgram(argv, { cwd: agent.folder, env: agent.env });
	onTestFinished(() => screen[Symbol.asyncDispose]());
	await screen.waitFor(/^ab *\n *c/m);
	expect(screen.bytes().toString()).not.toContain('\u001b[41m');
	expect(screen.bytes().toString()).not.toContain('pwned');
	// A pipe is given what was said.
	expect(await agent.print('EVIL')).toMatchObject({ stdout: `${evil}\n` });
});

test.skipIf(noSmallDisk())(
	'without room for its transcript it begins nothing',
	async () => {
		const agent = await openOwnAgent([{ prompt: 'HELLO', turns: [{ say: 'hello' }] }]);
		const data = join(agent.env.HOME ?? '', 'small');
		mkdirSync(data);
		const argv = agent.argv('--print', 'HELLO');
		const fill = 'dd if=/dev/zero of="$1/fill" 2>/dev/null; shift; exec "$@"';
		const [command, ...words] = onSmallDisk(data, '64k', [
			...['sh', '-c', fill, 'sh', data],
			...argv,
		]);
		const ran = spawnSync(command, words, {
			...{ cwd: agent.folder, encoding: 'utf8' },
			env: { ...agent.env, XDG_DATA_HOME: data },
		});
		expect(ran.status).toBe(3);
		expect(ran.stderr).toMatch(/^weir: the conversation cannot be kept in .*ENOSPC/);
		expect(ran.stderr).toContain('XDG_DATA_HOME');
		expect(agent.api.count()).toBe(0);
	},
);
