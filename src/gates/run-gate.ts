// Runs the command of a gate and waits for its end, with everything that it has started.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { messageOf } from '../lib/error-words.ts';
import type { CapturedOutput } from './captured-output.ts';

export interface GateStart {
	/** With whatever holds it. */
	readonly argv: readonly string[];
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
	readonly timeoutMs: number;
	/** Ends it when it is aborted. */
	readonly signal: AbortSignal;
	readonly output: CapturedOutput;
	/** Ends all that the process of this number has started; resolves with what cannot be ended. */
	readonly endTree: (pid: number) => Promise<readonly number[]>;
}

export interface GateEnd {
	readonly exit: number | null;
	readonly signal: string | null;
	/** It was ended by its time limit, or by the signal of its start. */
	readonly ended: 'timeout' | 'aborted' | null;
	/** Why it could not be started. */
	readonly fault: string | null;
	/** Processes of it that still run. */
	readonly survivors: readonly number[];
	/** In milliseconds. */
	readonly took: number;
}

/** A daemon that it leaves behind may hold its output open for ever. */
const lastWordsMs = 200;

/** Never throws. Nothing that it started runs any more, but for the survivors that are named. */
export async function runGate(start: GateStart): Promise<GateEnd> {
	const begun = performance.now();
	const [file = '', ...args] = start.argv;
	const child = spawn(file, args, {
		cwd: start.cwd,
		env: start.env,
		// A group and a session of its own: no terminal of anybody's.
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const take = (chunk: Buffer) => start.output.take(chunk);
	child.stdout.on('data', take);
	child.stderr.on('data', take);
	let ended: GateEnd['ended'] = null;
	let survivors: readonly number[] = [];
	let ending: Promise<void> | null = null;
	const end = (why: GateEnd['ended']): Promise<void> => {
		ended ??= why;
		ending ??= endAll();
		return ending;
	};
	const endAll = async () => {
		if (child.pid !== undefined) survivors = await start.endTree(child.pid);
	};
	const limit = setTimeout(() => void end('timeout'), start.timeoutMs);
	const abort = () => void end('aborted');
	start.signal.addEventListener('abort', abort, { once: true });
	if (start.signal.aborted) abort();
	const { exit, signal, fault } = await untilExit(child);
	const took = performance.now() - begun;
	clearTimeout(limit);
	start.signal.removeEventListener('abort', abort);
	await end(null);
	await untilClosed(child);
	return { exit, signal, ended, fault, survivors, took };
}

function untilExit(
	child: ChildProcess,
): Promise<Pick<GateEnd, 'exit' | 'signal' | 'fault'>> {
	return new Promise((resolve) => {
		child.once('exit', (exit, signal) => resolve({ exit, signal, fault: null }));
		child.once('error', (error) => {
			if (child.pid === undefined)
				resolve({ exit: null, signal: null, fault: messageOf(error) });
		});
	});
}

async function untilClosed({ pid, stdout, stderr }: ChildProcess): Promise<void> {
	if (pid === undefined) return;
	const open = [stdout, stderr].filter((stream) => stream !== null).filter(isOpen);
	const timer = setTimeout(() => {
		for (const stream of open) stream.destroy();
	}, lastWordsMs);
	await Promise.all(open.map((stream) => once(stream, 'close')));
	clearTimeout(timer);
}

function isOpen({ closed }: Readable): boolean {
	return !closed;
}
