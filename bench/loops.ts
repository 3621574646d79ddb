// How long the turns of processes' event loops take, told from within (loop-watch.ts).
import { existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchLoop } from './loop-watch.ts';
import type { World } from './world.ts';

/** A turn of an event loop, in milliseconds: all of it, and what of it had the processor. */
export interface Turn {
	readonly time: number;
	readonly busy: number;
}

export interface Loops {
	/** For the environment of a process that is to be watched from its start on. */
	readonly env: Readonly<Record<string, string>>;
	/** Watches one that runs already. */
	join(pid: number): Promise<void>;
	/** The longest of all turns of these processes' loops since they were last asked. */
	longest(pids: readonly number[]): Promise<Turn>;
}

/** Where a Node process listens for debuggers once SIGUSR1 has asked it to. */
const debuggers = 'http://127.0.0.1:9229/json/list';
const limitMs = 10_000;

export function watchLoops(world: World): Loops {
	const folder = world.fresh('loops');
	mkdirSync(folder);
	const preloaded = join(import.meta.dirname, 'loop-watch.ts');
	return {
		env: { BENCH_LOOPS: folder, NODE_OPTIONS: `--import=${preloaded}` },
		join: async (pid) => {
			await evaluate(pid, `(${watchLoop.toString()})(${JSON.stringify(folder)})`);
			await until('a watched loop', async () => existsSync(join(folder, String(pid))));
		},
		longest: async (pids) => {
			const told = pids.map((pid) => text(connect(join(folder, String(pid)))));
			// Written by loop-watch.ts.
			const turns = (await Promise.all(told)).map((one) => JSON.parse(one) as Turn);
			return {
				time: Math.max(...turns.map(({ time }) => time)),
				busy: Math.max(...turns.map(({ busy }) => busy)),
			};
		},
	};
}

// One at a time: all would listen at the same port, so each closes it again.
async function evaluate(pid: number, work: string): Promise<void> {
	process.kill(pid, 'SIGUSR1');
	const closing =
		"setTimeout(() => process.getBuiltinModule('node:inspector').close(), 20)";
	const expression = `if (process.pid === ${pid}) { ${work}; ${closing}; }`;
	await until('a debugger', async () => {
		const found = await fetch(debuggers).catch(() => null);
		if (!found) return false;
		// The protocol of Chrome's developer tools.
		const [target] = (await found.json()) as { webSocketDebuggerUrl: string }[];
		if (!target) return false;
		await send(target.webSocketDebuggerUrl, { expression });
		return true;
	});
	await until('the end of the debugger', async () => {
		return (await fetch(debuggers).catch(() => null)) === null;
	});
}

async function send(url: string, params: { readonly expression: string }): Promise<void> {
	const socket = new WebSocket(url);
	await new Promise((opened, failed) => {
		socket.addEventListener('open', opened, { once: true });
		socket.addEventListener('error', failed, { once: true });
	});
	const answered = new Promise((answer) => {
		socket.addEventListener('message', answer, { once: true });
	});
	socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
	await answered;
	socket.close();
}

async function until(what: string, met: () => Promise<boolean>): Promise<void> {
	const deadline = performance.now() + limitMs;
	while (!(await met())) {
		if (performance.now() > deadline) throw new Error(`there was never ${what}`);
		await sleep(10);
	}
}
