import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type IPty, spawn as spawnPty } from 'node-pty';
import { expect, onTestFinished, test } from 'vitest';
import {
	becomeSubreaper,
	descriptorOf,
	loadNative,
	peerCredentials,
	reap,
	setCloseOnExec,
	setCloseOnExecFrom,
} from '../../../src/lib/native.ts';
import { processRow, zombieChildrenOf } from '../../../src/lib/processes.ts';
import { guardedArgv } from '../../../src/lib/trampoline.ts';
import { startFixture } from '../../support/program.ts';
import { makeScratch } from '../../support/scratch.ts';

test('the kernel tells which process opened a Unix socket', async () => {
	const path = join(makeScratch(), 'socket');
	const server = await listen(path);
	for (let round = 0; round < 2; round += 1) {
		const peer = startFixture('socket-peer.ts', path);
		const socket = await connection(server);
		const fd = descriptorOf(socket);
		expect(peerCredentials(fd ?? -1)).toEqual({
			pid: peer.child.pid,
			uid: process.getuid?.(),
			gid: process.getgid?.(),
		});
		socket.destroy();
		await peer.ended;
		expect(descriptorOf(socket)).toBeNull();
	}
});

test('nothing is told of other sockets and of no socket', async () => {
	const server = await listen(0);
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : undefined;
	const peer = startFixture('socket-peer.ts', String(port));
	const socket = await connection(server);
	expect(peerCredentials(descriptorOf(socket) ?? -1)).toBeNull();
	expect(peerCredentials(descriptorOf(server) ?? -1)).toBeNull();
	const file = openSync('/dev/null', 'r');
	onTestFinished(() => closeSync(file));
	expect(peerCredentials(file)).toBeNull();
	expect(peerCredentials(-1)).toBeNull();
	socket.destroy();
	await peer.ended;
});

test('a pty master leaks into other programs unless it is closed on exec', () => {
	openPty();
	expect(mastersSeen(['ls', '-l', '/proc/self/fd'])).toBeGreaterThan(0);
	expect(mastersSeen(guardedArgv(['ls', '-l', '/proc/self/fd']))).toBe(0);
	setCloseOnExecFrom(3);
	expect(mastersSeen(['ls', '-l', '/proc/self/fd'])).toBe(0);
	const { fd } = openPty();
	expect(mastersSeen(['ls', '-l', '/proc/self/fd'])).toBe(1);
	expect(setCloseOnExec(fd)).toBe(true);
	expect(mastersSeen(['ls', '-l', '/proc/self/fd'])).toBe(0);
	expect(setCloseOnExec(1_000_000)).toBe(false);
});

test('a subreaper inherits orphans of other sessions and can reap them', async () => {
	expect(becomeSubreaper()).toBe(true);
	const script = '(setsid sh -c "echo \\$\\$; read line <&3" &)';
	// Node closes the standard input of a child that has ended, so the orphan reads another pipe.
	const child = spawn('sh', ['-c', script], {
		stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
	});
	const exited = once(child, 'exit');
	if (!child.stdout) throw new Error('no output');
	const [told] = await once(child.stdout, 'data');
	const orphan = Number(String(told));
	await exited;
	expect(processRow(orphan)?.parent).toBe(process.pid);
	expect(reap(orphan)).toBe(false);
	child.stdio[3]?.destroy();
	while (!zombieChildrenOf(process.pid).includes(orphan)) await sleep(5);
	expect(reap(orphan)).toBe(true);
	expect(processRow(orphan)).toBeNull();
	expect(reap(orphan)).toBe(false);
	expect(reap(-1)).toBe(false);
});

test('koffi is loaded when asked for, and not before', () => {
	loadNative();
	const module = new URL('../../../src/lib/native.ts', import.meta.url).pathname;
	const look = `process.report.getReport().sharedObjects.some((name) => /koffi/.test(name))`;
	const script = `
		const native = await import(${JSON.stringify(module)});
		const before = ${look};
		native.loadNative();
		console.log(before, ${look});`;
	const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
		encoding: 'utf8',
	});
	expect(ran.stdout).toBe('false true\n');
});

async function listen(where: string | number): Promise<Server> {
	const server = createServer();
	onTestFinished(() => void server.close());
	server.listen(where);
	await once(server, 'listening');
	return server;
}

async function connection(server: Server): Promise<Socket> {
	const [socket] = await once(server, 'connection');
	return socket;
}

function openPty(): IPty & { fd: number } {
	const pty = spawnPty('sleep', ['300'], {});
	onTestFinished(() => pty.kill('SIGKILL'));
	// node-pty keeps the master at `fd`, which its types leave out.
	return pty as IPty & { fd: number };
}

function mastersSeen([file = '', ...words]: readonly string[]): number {
	const ran = spawnSync(file, words, { encoding: 'utf8' });
	return ran.stdout.match(/ptmx/g)?.length ?? 0;
}
