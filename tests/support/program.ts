// A program of a test's own: started on this Node, read line by line, ended with the test.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface Program {
	readonly child: ChildProcess;
	/** The lines it has printed so far. */
	readonly lines: readonly string[];
	/** The first line for which `wanted` holds, printed already or to come. */
	line(wanted: (line: string) => boolean): Promise<string>;
	/** Its exit code, null where a signal ended it. All its lines have been read by then. */
	readonly ended: Promise<number | null>;
	/** SIGKILL, and waits until it is gone. */
	kill(): Promise<void>;
}

/** Starts `argv`; its standard error is that of the test run. */
export function startProgram(
	argv: readonly [string, ...string[]],
	env: NodeJS.ProcessEnv = process.env,
): Program {
	const [file, ...args] = argv;
	const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
	const lines: string[] = [];
	const waiting = new Set<() => void>();
	const wake = () => {
		for (const check of waiting) check();
	};
	createInterface({ input: child.stdout }).on('line', (line) => {
		lines.push(line);
		wake();
	});
	let over = false;
	const ended = once(child, 'close').then(([code]) => {
		over = true;
		wake();
		return typeof code === 'number' ? code : null;
	});
	const program: Program = {
		child,
		lines,
		ended,
		line: (wanted) =>
			new Promise((found, fail) => {
				const check = () => {
					const line = lines.find(wanted);
					if (line === undefined && !over) return;
					waiting.delete(check);
					if (line === undefined) fail(new Error(`${file} ended without the line`));
					else found(line);
				};
				waiting.add(check);
				check();
			}),
		async kill() {
			child.kill('SIGKILL');
			await ended;
		},
	};
	onTestFinished(() => program.kill());
	return program;
}

/** Starts a TypeScript file below `tests/fixtures` on this Node. */
export function startFixture(name: string, ...args: string[]): Program {
	const path = new URL(`../fixtures/${name}`, import.meta.url).pathname;
	return startProgram([process.execPath, path, ...args]);
}
