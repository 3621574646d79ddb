// Runs a program in the user's own terminal session: it may ask there for a password, and ctrl+c reaches it.
// What it says is read and bounded; it ends in time, with all that it has started.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './error-words.ts';
import { descendantsOf, processesMarked } from './processes.ts';

export interface ForegroundStart {
	readonly env: Readonly<Record<string, string>>;
	readonly cwd: string;
	readonly input?: string;
	/** Ends it. */
	readonly signal: AbortSignal;
	/** Takes what it says on standard error as it comes. */
	readonly onStderr?: (text: string) => void;
}

export type ForegroundEnd =
	/** Null where a signal ended it. */
	| {
			readonly kind: 'ended';
			readonly code: number | null;
			readonly stdout: string;
			/** The last of it. */
			readonly stderr: string;
	  }
	/** There is no such program. */
	| { readonly kind: 'missing' }
	/** The signal came first. */
	| { readonly kind: 'broken-off' };

/** Of each output; of the first its beginning, of the second its end. */
const mostKept = 256 * 1024;
/** What a program has left behind in the background may hold its outputs open for good. */
const outputEndsMs = 500;
const firmMs = 2000;
/** The system holds it, and will for longer. */
const hopelessMs = 5000;
const lookAgainMs = 50;
/** By it all that a program has started is found again, though its parents ended. */
const mark = 'WEIR_ERRAND';

interface Errand {
	readonly id: string;
	/** Of the program itself, while it runs. */
	pid: number | undefined;
}

export async function runInForeground(
	argv: readonly [string, ...string[]],
	start: ForegroundStart,
): Promise<ForegroundEnd> {
	const { signal } = start;
	if (signal.aborted) return { kind: 'broken-off' };
	const errand: Errand = { id: randomUUID(), pid: undefined };
	const ending = Promise.withResolvers<void>();
	const breakOff = () => void endAll(errand).then(ending.resolve, ending.reject);
	signal.addEventListener('abort', breakOff, { once: true });
	try {
		const ended = await run(argv, start, errand);
		if (!signal.aborted) return ended;
		await ending.promise;
		return { kind: 'broken-off' };
	} finally {
		signal.removeEventListener('abort', breakOff);
	}
}

function run(
	[file, ...words]: readonly [string, ...string[]],
	{ env, cwd, input = '', onStderr }: ForegroundStart,
	errand: Errand,
): Promise<ForegroundEnd> {
	return new Promise((resolve, reject) => {
		const child = spawn(file, words, {
			...{ env: { ...env, [mark]: errand.id }, cwd, stdio: 'pipe' },
		});
		errand.pid = child.pid;
		const said = { stdout: '', stderr: '' };
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			said.stdout = (said.stdout + text).slice(0, mostKept);
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			said.stderr = (said.stderr + text).slice(-mostKept);
			onStderr?.(text);
		});
		// A program that ends before it has read all closes the pipe.
		child.stdin.on('error', () => undefined);
		child.stdin.end(input);
		let patience: NodeJS.Timeout | undefined;
		const end = (ended: ForegroundEnd) => {
			clearTimeout(patience);
			child.stdout.destroy();
			child.stderr.destroy();
			resolve(ended);
		};
		child.once('error', (cause) => {
			if (errorCode(cause) === 'ENOENT') return end({ kind: 'missing' });
			reject(new Error(`${file} could not be started`, { cause }));
		});
		child.once('exit', (code) => {
			errand.pid = undefined;
			const whole = () => end({ kind: 'ended', code, ...said });
			patience = setTimeout(whole, outputEndsMs);
			child.once('close', whole);
		});
	});
}

/** It is in the group of weir itself: what belongs to it is told by its mark, and by descent while it runs. */
async function endAll(errand: Errand): Promise<void> {
	const began = performance.now();
	for (let told = false; ; told = true) {
		const left = belonging(errand);
		const waited = performance.now() - began;
		if (left.length === 0 || waited > hopelessMs) return;
		const firm = waited > firmMs;
		for (const pid of left) if (firm || !told) send(pid, firm ? 'SIGKILL' : 'SIGTERM');
		await sleep(lookAgainMs);
	}
}

function belonging({ id, pid }: Errand): readonly number[] {
	const marked = processesMarked(mark, id);
	return pid === undefined
		? marked
		: [...new Set([...marked, ...descendantsOf(pid), pid])];
}

function send(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch {
		// It has ended already, which is what was wanted.
	}
}
