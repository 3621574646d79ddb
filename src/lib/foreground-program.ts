// Runs a program in the user's own terminal session: it may ask there for a password, and ctrl+c reaches it.
// What it says is read and bounded; it ends in time, with all that it has started.
import { spawn } from 'node:child_process';
import { errorCode } from './error-words.ts';
import { descendantsOf } from './processes.ts';

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

export function runInForeground(
	argv: readonly [string, ...string[]],
	start: ForegroundStart,
): Promise<ForegroundEnd> {
	const { env, cwd, signal, input = '' } = start;
	if (signal.aborted) return Promise.resolve({ kind: 'broken-off' });
	const [file, ...words] = argv;
	return new Promise((resolve, reject) => {
		const child = spawn(file, words, { env, cwd, stdio: 'pipe' });
		const said = { stdout: '', stderr: '' };
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			said.stdout = (said.stdout + text).slice(0, mostKept);
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			said.stderr = (said.stderr + text).slice(-mostKept);
			start.onStderr?.(text);
		});
		// A program that ends before it has read all closes the pipe.
		child.stdin.on('error', () => undefined);
		child.stdin.end(input);
		const timers: NodeJS.Timeout[] = [];
		const breakOff = () => {
			endAll(child.pid, 'SIGTERM');
			timers.push(setTimeout(() => endAll(child.pid, 'SIGKILL'), firmMs));
		};
		signal.addEventListener('abort', breakOff, { once: true });
		const end = (ended: ForegroundEnd) => {
			for (const timer of timers) clearTimeout(timer);
			signal.removeEventListener('abort', breakOff);
			child.stdout.destroy();
			child.stderr.destroy();
			resolve(signal.aborted ? { kind: 'broken-off' } : ended);
		};
		child.once('error', (cause) => {
			if (errorCode(cause) === 'ENOENT') return end({ kind: 'missing' });
			reject(new Error(`${file} could not be started`, { cause }));
		});
		child.once('exit', (code) => {
			const whole = () => end({ kind: 'ended', code, ...said });
			timers.push(setTimeout(whole, outputEndsMs));
			child.once('close', whole);
		});
	});
}

/** It is in the group of weir itself, so that its tree is told by parents. */
function endAll(pid: number | undefined, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	for (const one of [...descendantsOf(pid), pid]) {
		try {
			process.kill(one, signal);
		} catch {
			// It has ended already, which is what was wanted.
		}
	}
}
