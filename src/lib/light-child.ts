// Starts a program without a copy of this process, where the system can. Node makes one for each start, and
// all of the process stands still meanwhile: 5 ms with 120 MB of memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { getSystemErrorName } from 'node:util';
import { endOf } from './child-ends.ts';
import { Lane } from './lane.ts';
import { type ExitStatus, isNativeLoaded, startProgram } from './native.ts';

/** It leads a session of its own, so that a signal to its group meets what it started as well. */
export interface LightChild {
	readonly pid: number | undefined;
	readonly stdin: Writable;
	readonly stdout: Readable;
	readonly stderr: Readable;
	/** Once it has ended and all that it said was read; rejected where it could not be started. */
	readonly ended: Promise<ExitStatus>;
}

export type Argv = readonly [string, ...string[]];

export interface LightStart {
	readonly env: Readonly<Record<string, string>>;
	readonly cwd: string;
}

/** Both outputs must be read. Rejected where it cannot be started, or `ended` is then. */
export async function startLight(argv: Argv, start: LightStart): Promise<LightChild> {
	const started = isNativeLoaded() ? await startWithoutCopy(argv, start) : null;
	return started ?? byNode(argv, start);
}

/** Each takes a thread of the pool, of which there are four; files are read by them as well. */
const starting = new Lane(3);

async function startWithoutCopy(
	argv: Argv,
	{ env, cwd }: LightStart,
): Promise<LightChild | null> {
	const environment = Object.entries(env).map(([name, value]) => `${name}=${value}`);
	// The system would read no further than that.
	if ([...argv, ...environment, cwd].some((text) => text.includes('\0')))
		throw new Error(`${argv[0]} was given a text with a null byte`);
	const started = await starting.run(() => startProgram(argv, environment, cwd));
	if (started === null) return null;
	if (typeof started === 'number')
		throw new Error(`${argv[0]} could not be started in ${cwd}`, {
			cause: new Error(getSystemErrorName(-started)),
		});
	const [input, output, errors] = started.streams;
	const stdin = new Socket({ fd: input, readable: false, writable: true });
	const stdout = new Socket({ fd: output, readable: true, writable: false });
	const stderr = new Socket({ fd: errors, readable: true, writable: false });
	const said = Promise.allSettled([finished(stdout), finished(stderr)]);
	const ended = Promise.all([endOf(started.pid), said]).then(([status]) => status);
	return { pid: started.pid, stdin, stdout, stderr, ended };
}

function byNode([file, ...words]: Argv, { env, cwd }: LightStart): LightChild {
	const child = spawn(file, words, { env, cwd, detached: true, stdio: 'pipe' });
	const { pid, stdin, stdout, stderr } = child;
	const ended = once(child, 'close').then(
		([code, signal]) => ({ code, signal }),
		(cause: unknown) => {
			throw new Error(`${file} could not be started`, { cause });
		},
	);
	return { pid, stdin, stdout, stderr, ended };
}
