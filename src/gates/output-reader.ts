// Has the output of gates read: what is short at once, what is long in a thread that begins with the first
// of it and ends when nothing came for a while.
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Findings } from '../domain/gates/findings.ts';
import type { GateFormat } from '../domain/gates/format.ts';
import { Lane } from '../lib/lane.ts';
import { programFile } from '../lib/program-file.ts';
import type { GateOutput } from './parsers/gate-output.ts';
import { parseOutput, unreadOutput } from './parsers/parse.ts';
import type { ToRead } from './reading-thread.ts';

/** Read where it is: the worst of so much takes a twentieth of a second. */
const shortCharacters = 50_000;
/** Fifty times what the worst takes. */
const usualLimitMs = 60_000;
const idleMs = 30_000;
const memoryMegabytes = 1024;

const program = pathToFileURL(programFile('src/gates/reading-thread'));

interface Answer {
	readonly id: number;
	readonly findings: Findings;
}

export class OutputReader implements AsyncDisposable {
	readonly #limitMs: number;
	readonly #lane = new Lane(1);
	#worker: Worker | undefined;
	#idle: NodeJS.Timeout | undefined;
	#id = 0;
	#closed = false;

	constructor(limitMs = usualLimitMs) {
		this.#limitMs = limitMs;
	}

	/** Whether a thread is there. */
	get busy(): boolean {
		return this.#worker !== undefined;
	}

	/** Of what takes too long, or ends its thread, there are the last words. */
	async read(format: GateFormat, output: GateOutput): Promise<Findings> {
		const length = output.reports.reduce((sum, { length: one }) => sum + one, 0);
		if (output.output.length + length <= shortCharacters)
			return parseOutput(format, output);
		return this.#lane.run(async () => {
			const findings = this.#closed ? null : await this.#ask(format, output);
			return findings ?? unreadOutput(output);
		});
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#closed = true;
		await this.#end();
	}

	/** Null where no answer came. */
	async #ask(format: GateFormat, output: GateOutput): Promise<Findings | null> {
		clearTimeout(this.#idle);
		this.#worker ??= this.#start();
		const worker = this.#worker;
		this.#id += 1;
		const asked: ToRead = { id: this.#id, format, output };
		const { promise, resolve } = Promise.withResolvers<Findings | null>();
		const late = setTimeout(() => resolve(null), this.#limitMs);
		const lost = () => resolve(null);
		const hear = ({ id, findings }: Answer) => {
			if (id === asked.id) resolve(findings);
		};
		worker.on('message', hear).on('error', lost).on('exit', lost);
		try {
			// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
			worker.postMessage(asked);
			const findings = await promise;
			if (findings === null) await this.#end();
			return findings;
		} finally {
			clearTimeout(late);
			worker.off('message', hear).off('error', lost).off('exit', lost);
			this.#idle = setTimeout(() => void this.#end(), idleMs);
			this.#idle.unref();
		}
	}

	#start(): Worker {
		const worker = new Worker(program, {
			resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
		});
		worker.unref();
		worker.on('error', (error) => console.error('reading what a gate printed:', error));
		return worker;
	}

	async #end(): Promise<void> {
		clearTimeout(this.#idle);
		const worker = this.#worker;
		this.#worker = undefined;
		await worker?.terminate();
	}
}
