// Runs a program in a process group of its own, until it ends, its time is over or somebody breaks it
// off: then all of the group ends.
import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { Lifetime } from '../../lib/lifetime.ts';
import { signalGroup } from '../../lib/signal-group.ts';
import { BoundedOutput } from './bounded-text.ts';

export interface CommandEnd {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly output: string;
	readonly timedOut: boolean;
	/** Why it could not be started. */
	readonly failure: string | null;
}

export interface CommandOrder {
	readonly argv: readonly [string, ...string[]];
	readonly cwd: string;
	readonly environment: Readonly<Record<string, string>>;
	readonly timeoutMs: number;
	readonly signal: AbortSignal;
	readonly onOutput: (text: string) => void;
}

const graceMs = 2000;
/** What it left in the background may hold its output open for ever. */
const afterExitMs = 300;

/** Both outputs come as one. Never throws: what went wrong is part of the end. */
export async function runCommand(order: CommandOrder): Promise<CommandEnd> {
	const [program, ...args] = order.argv;
	const lifetime = new Lifetime();
	const output = new BoundedOutput();
	const child = spawn(program, args, {
		cwd: order.cwd,
		env: order.environment,
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	let timedOut = false;
	const end = () => {
		signalGroup(child.pid, 'SIGTERM');
		lifetime.timer(graceMs, () => signalGroup(child.pid, 'SIGKILL'));
	};
	lifetime.add(() => signalGroup(child.pid, 'SIGKILL'));
	lifetime.timer(order.timeoutMs, () => {
		timedOut = true;
		end();
	});
	order.signal.addEventListener('abort', end, { once: true });
	lifetime.add(() => order.signal.removeEventListener('abort', end));
	if (order.signal.aborted) end();
	for (const stream of [child.stdout, child.stderr]) {
		const decoder = new StringDecoder('utf8');
		stream.on('data', (bytes: Buffer) => {
			const text = decoder.write(bytes);
			output.add(text);
			order.onOutput(text);
		});
		stream.on('error', () => undefined);
	}
	try {
		return await new Promise<CommandEnd>((resolve) => {
			let settled = false;
			const settle = (
				code: number | null,
				signal: NodeJS.Signals | null,
				failure: string | null = null,
			) => {
				if (settled) return;
				settled = true;
				resolve({ code, signal, output: output.text, timedOut, failure });
			};
			child.once('error', (error) => settle(null, null, error.message));
			child.once('close', (code, signal) => settle(code, signal));
			child.once('exit', (code, signal) => {
				lifetime.timer(afterExitMs, () => settle(code, signal));
			});
		});
	} finally {
		child.stdout.destroy();
		child.stderr.destroy();
		await lifetime.close();
	}
}
