// Scrolling back through a recording and searching in it, in a thread of its own: parsing megabytes
// must not stand between a key and its echo, and a thread that hangs can be ended.
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { programFile } from '../lib/program-file.ts';
import type { HistoryLines, HistoryRequest } from './history-lines.ts';
import type { SearchAnswer, SearchRequest } from './history-search.ts';
import type { PromptAnswer, PromptRequest } from './prompt-lines.ts';
import type { PastScreen, ScreenRequest } from './screen-steps.ts';

export interface HistoryOptions {
	/** A request that takes longer ends the thread. */
	readonly timeoutMs?: number;
	/** The program of the thread, for tests of the watchdog. */
	readonly program?: URL;
}

/**
 * Lines of a recording, a search in it, a screen of before, a line with a prompt, or a checkpoint of
 * the end of the one in this directory.
 */
export type HistoryQuestion =
	| { readonly lines: HistoryRequest }
	| { readonly search: SearchRequest }
	| { readonly screen: ScreenRequest }
	| { readonly prompt: PromptRequest }
	| { readonly end: string };

export type HistoryAnswer =
	| { readonly id: number; readonly lines: HistoryLines }
	| { readonly id: number; readonly end: Uint8Array | null }
	| { readonly id: number; readonly found: SearchAnswer }
	| { readonly id: number; readonly screen: PastScreen | null }
	| { readonly id: number; readonly prompt: PromptAnswer }
	/** Not yet: it has to be asked again. */
	| { readonly id: number; readonly again: true }
	| { readonly id: number; readonly error: string };

interface Waiting {
	readonly question: HistoryQuestion;
	readonly settle: (outcome: Outcome<HistoryAnswer>) => void;
}

const waitingLimit = 64;
const memoryMegabytes = 512;
/** A thread without work for so long is ended. */
const idleMs = 60_000;

const defaultProgram = pathToFileURL(programFile('src/terminal/history-worker'));

export class History implements AsyncDisposable {
	readonly #options: Required<HistoryOptions>;
	#worker: Worker | undefined;
	#waiting: Waiting[] = [];
	#current: (Waiting & { readonly id: number }) | undefined;
	#timer: NodeJS.Timeout | undefined;
	#id = 0;
	#closed = false;

	constructor(options: HistoryOptions = {}) {
		this.#options = {
			timeoutMs: options.timeoutMs ?? 10_000,
			program: options.program ?? defaultProgram,
		};
	}

	/**
	 * Lines of a recording. Refused with `history.stuck` where the thread hung, `history.busy` where
	 * too many wait, `history.unreadable` where the recording cannot be read.
	 */
	async read(request: HistoryRequest): Promise<Outcome<HistoryLines>> {
		const answer = await this.#ask({ lines: request });
		if (!answer.ok) return answer;
		return 'lines' in answer.value ? ok(answer.value.lines) : unreadable('no lines came');
	}

	/**
	 * A checkpoint of the emulator at the end of a recording, for going on from there. Refused as
	 * `read` is.
	 */
	async end(directory: string): Promise<Outcome<Uint8Array>> {
		const answer = await this.#ask({ end: directory });
		if (!answer.ok) return answer;
		const end = 'end' in answer.value ? answer.value.end : null;
		return end ? ok(end) : unreadable('it has no end to go on from');
	}

	/** A screen of before or after; null for none. Refused as `read` is. */
	async screen(request: ScreenRequest): Promise<Outcome<PastScreen | null>> {
		const answer = await this.#ask({ screen: request });
		if (!answer.ok) return answer;
		return 'screen' in answer.value ? ok(answer.value.screen) : unreadable('none came');
	}

	/** Searches one stretch of a recording; refused as `read` is. */
	async search(request: SearchRequest): Promise<Outcome<SearchAnswer>> {
		const answer = await this.#ask({ search: request });
		if (!answer.ok) return answer;
		return 'found' in answer.value
			? ok(answer.value.found)
			: unreadable('no answer came');
	}

	/** Looks for a prompt in one stretch of a recording; refused as `read` is. */
	async prompt(request: PromptRequest): Promise<Outcome<PromptAnswer>> {
		const answer = await this.#ask({ prompt: request });
		if (!answer.ok) return answer;
		return 'prompt' in answer.value
			? ok(answer.value.prompt)
			: unreadable('no answer came');
	}

	async close(): Promise<void> {
		this.#closed = true;
		const waiting = this.#waiting.splice(0);
		if (this.#current) waiting.unshift(this.#current);
		this.#current = undefined;
		await this.#endWorker();
		for (const { settle } of waiting)
			settle(refuse('history.busy', 'the history of this holder is closed'));
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	#ask(question: HistoryQuestion): Promise<Outcome<HistoryAnswer>> {
		if (this.#closed || this.#waiting.length >= waitingLimit)
			return Promise.resolve(
				refuse('history.busy', 'too many requests for history wait already'),
			);
		return new Promise((settle) => {
			this.#waiting.push({ question, settle });
			this.#next();
		});
	}

	#next(): void {
		if (this.#current) return;
		const next = this.#waiting.shift();
		clearTimeout(this.#timer);
		if (!next) {
			this.#after(idleMs, () => void this.#endWorker());
			return;
		}
		this.#id += 1;
		this.#current = { ...next, id: this.#id };
		const { id } = this.#current;
		// What a process that stood still has in its queue is heard after its timers.
		this.#after(this.#options.timeoutMs, () => setImmediate(() => this.#late(id)));
		this.#worker ??= this.#start();
		// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
		this.#worker.postMessage({ id: this.#id, question: next.question });
	}

	#after(milliseconds: number, run: () => void): void {
		this.#timer = setTimeout(run, milliseconds);
		// Neither an idle thread nor its watchdog keeps a process alive.
		this.#timer.unref();
	}

	#start(): Worker {
		const worker = new Worker(this.#options.program, {
			resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
		});
		worker.unref();
		worker.on('message', (answer: HistoryAnswer) => this.#answered(answer));
		worker.on('error', (error) => {
			if (this.#worker === worker) void this.#giveUp(String(error));
		});
		return worker;
	}

	#answered(answer: HistoryAnswer): void {
		const current = this.#current;
		if (current?.id !== answer.id) return;
		this.#current = undefined;
		// Behind what waits: a recording that takes long holds up no other.
		if ('again' in answer) this.#waiting.push(current);
		else current.settle('error' in answer ? unreadable(answer.error) : ok(answer));
		this.#next();
	}

	#late(id: number): void {
		if (this.#current?.id === id) void this.#giveUp('it took too long');
	}

	async #giveUp(why: string): Promise<void> {
		const current = this.#current;
		this.#current = undefined;
		await this.#endWorker();
		current?.settle(refuse('history.stuck', `reading the history was ended: ${why}`));
		this.#next();
	}

	async #endWorker(): Promise<void> {
		clearTimeout(this.#timer);
		const worker = this.#worker;
		this.#worker = undefined;
		await worker?.terminate();
	}
}

function unreadable(why: string): Outcome<never> {
	return refuse('history.unreadable', `the recording cannot be read: ${why}`);
}
