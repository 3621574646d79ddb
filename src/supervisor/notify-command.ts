// The user's own command for notices: a program of theirs that brings them to a phone, say. It gets one
// JSON on its input; one runs at a time, each for a bounded time, and nothing waits for it.
import { spawn } from 'node:child_process';
import { argvOf, type CommandLine } from '../domain/command-line.ts';
import type { Environment } from '../lib/environment.ts';
import { signalGroup } from '../lib/signal-group.ts';
import type { Withheld } from './withheld.ts';

/** Long enough for a service that is slow to answer. */
const limitMs = 15_000;

export class NotifyCommand implements Disposable {
	readonly #environment: Environment;
	readonly #folder: string;
	readonly #withheld: Pick<Withheld, 'back'>;
	readonly #limitMs: number;
	#running: (() => void) | null = null;
	/** The last that came while one ran: those before it are told by it, or out of date. */
	#next: { readonly command: CommandLine; readonly input: string } | null = null;
	#closed = false;

	constructor(
		{
			environment,
			folder,
			withheld,
		}: {
			readonly environment: Environment;
			readonly folder: string;
			readonly withheld: Pick<Withheld, 'back'>;
		},
		patienceMs = limitMs,
	) {
		this.#environment = environment;
		this.#folder = folder;
		this.#withheld = withheld;
		this.#limitMs = patienceMs;
	}

	tell(command: CommandLine, notice: object): void {
		const input = `${JSON.stringify(notice)}\n`;
		if (this.#running) this.#next = { command, input };
		else this.#run(command, input);
	}

	[Symbol.dispose](): void {
		this.#closed = true;
		this.#next = null;
		this.#running?.();
	}

	#run(command: CommandLine, input: string): void {
		const [file = '', ...rest] = this.#withheld.back(argvOf(command));
		const child = spawn(file, rest, {
			cwd: this.#folder,
			env: this.#environment,
			stdio: ['pipe', 'ignore', 'ignore'],
			detached: true,
		});
		const end = () => {
			if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
		};
		const timer = setTimeout(() => {
			console.error(`attention.notify_cmd was ended after ${this.#limitMs / 1000} s`);
			end();
		}, this.#limitMs);
		this.#running = end;
		const ended = (why: string | null) => {
			if (this.#running !== end) return;
			clearTimeout(timer);
			this.#running = null;
			if (why !== null) console.error(`attention.notify_cmd ${why}`);
			const next = this.#next;
			this.#next = null;
			if (next && !this.#closed) this.#run(next.command, next.input);
		};
		child.once('error', ({ message }) => ended(`could not be started: ${message}`));
		child.once('exit', (code, signal) =>
			ended(code === 0 ? null : `ended with ${signal ?? `code ${code}`}`),
		);
		// It may not read what it is told.
		child.stdin.on('error', () => undefined);
		child.stdin.end(input);
	}
}
