// weir makes no model call and none to any other service: with agents that are idle, nothing asks an
// address that stands for all of them, and no process of weir's has a socket of the internet.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openProgram } from '../support/terminal-driver.ts';
import { scratchWeir, weirProgram } from '../support/weir.ts';

/** Inodes of the sockets that a process has open. */
function socketsOf(pid: number): string[] {
	const folder = `/proc/${pid}/fd`;
	return readdirSync(folder).flatMap((name) => {
		try {
			return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${name}`))?.[1] ?? [];
		} catch {
			return [];
		}
	});
}

/** Inodes of all TCP and UDP sockets of this machine. */
function internetSockets(): Set<string> {
	const files = ['tcp', 'tcp6', 'udp', 'udp6'].map((name) => `/proc/net/${name}`);
	const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1));
	return new Set(lines.flatMap((line) => line.trim().split(/\s+/)[9] ?? []));
}

test.skipIf(process.platform !== 'linux')('thirty idle agents', async () => {
	let asked = 0;
	const counting = createServer((socket) => {
		asked += 1;
		socket.destroy();
	});
	await new Promise<void>((ready) => counting.listen(0, '127.0.0.1', ready));
	const place = counting.address();
	const address = `http://127.0.0.1:${typeof place === 'object' ? place?.port : ''}`;
	const names = ['ANTHROPIC_BASE_URL', 'OPENAI_BASE_URL', 'HTTP_PROXY', 'HTTPS_PROXY'];
	const env = Object.fromEntries(names.map((name) => [name, address]));
	const weir = scratchWeir();
	try {
		const agents = Array.from({ length: 30 }, (_, at) => `a${at}`);
		const made = await weir.runWith(
			{ env: { ...env, ANTHROPIC_API_KEY: 'k', OPENAI_API_KEY: 'k' } },
			...['new', ...agents, '--', 'sleep', '1000'],
		);
		expect(made.code).toBe(0);
		await using cockpit = openProgram([process.execPath, weirProgram], {
			...{ columns: 120, rows: 36, cwd: weir.repo, env: { ...weir.env, ...env } },
		});
		await cockpit.waitFor(/^ NAV/);
		for (let look = 0; look < 20; look += 1) {
			const internet = internetSockets();
			for (const pid of weir.processes())
				expect(socketsOf(pid).filter((inode) => internet.has(inode))).toEqual([]);
			await sleep(250);
		}
		expect(asked).toBe(0);
	} finally {
		await weir.close();
		counting.close();
	}
});
