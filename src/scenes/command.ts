// Runs a real command for a scene: its output line by line, its end, and never a survivor.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Environment } from '../lib/environment.ts';
import type { Lifetime } from '../lib/lifetime.ts';
import { signalGroup } from '../lib/signal-group.ts';

export interface CommandEnd {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly timedOut: boolean;
	/** Why the command could not be started at all. */
	readonly failure?: string;
}

export interface CommandOrder {
	readonly argv: readonly string[];
	readonly cwd: string;
	readonly environment: Environment;
	readonly onLine: (line: string) => void;
	readonly timeoutMs: number;
	/** Ends the command; the promise rejects with the reason once it is gone. */
	readonly interrupt: AbortSignal;
	readonly lifetime: Lifetime;
}

const graceMs = 2000;

/**
 * The command runs in a process group of its own, so that all of it can be ended: SIGTERM first,
 * SIGKILL two seconds later. Its PATH begins with the folder of the Node that plays the scene, so
 * that `node` in a scene is one that runs TypeScript.
 */
export async function runCommand(order: CommandOrder): Promise<CommandEnd> {
	const [program = '', ...rest] = order.argv;
	const child = spawn(program, rest, {
		cwd: order.cwd,
		env: environmentFor(order.environment),
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	const owned = order.lifetime.child();
	let timedOut = false;
	const end = () => {
		signalGroup(child.pid, 'SIGTERM');
		owned.timer(graceMs, () => signalGroup(child.pid, 'SIGKILL'));
	};
	owned.add(() => {
		if (child.exitCode === null && child.signalCode === null)
			signalGroup(child.pid, 'SIGKILL');
	});
	owned.timer(Math.min(order.timeoutMs, 2 ** 31 - 1), () => {
		timedOut = true;
		end();
	});
	order.interrupt.addEventListener('abort', end, { once: true });
	owned.add(() => order.interrupt.removeEventListener('abort', end));
	for (const stream of [child.stdout, child.stderr]) {
		createInterface({ input: stream, crlfDelay: Infinity }).on('line', order.onLine);
	}
	try {
		const result = await new Promise<CommandEnd>((resolve) => {
			child.once('error', (error) => {
				resolve({ code: null, signal: null, timedOut: false, failure: error.message });
			});
			child.once('close', (code, signal) => resolve({ code, signal, timedOut }));
		});
		order.interrupt.throwIfAborted();
		return result;
	} finally {
		await owned.close();
	}
}

export function environmentFor(
	environment: Environment,
): Record<string, string | undefined> {
	const path = environment.PATH ?? '/usr/local/bin:/usr/bin:/bin';
	return { ...environment, PATH: `${dirname(process.execPath)}:${path}` };
}
