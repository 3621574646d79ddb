// Colours for source text, from a thread that begins with the first question, so that no start of weir waits
// for it, and ends when nobody has asked for a while. One that does not answer in time is ended: what was
// asked stays without colours, and so does all else once that has happened several times.
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { programFile } from '../../lib/program-file.ts';
import type { ColourAnswer, ColouredLines, ColourQuestion } from './colours.ts';

const answersMs = 4000;
const idleMs = 60_000;
const mostFaults = 3;
const memoryMegabytes = 256;
const program = pathToFileURL(programFile('src/tui/syntax/syntax-thread'));

type Texts = readonly ColouredLines[] | null;

export class Syntax implements AsyncDisposable {
	#worker: Worker | undefined;
	#id = 0;
	#asked: { readonly id: number; readonly settle: (texts: Texts) => void } | undefined;
	#timer: NodeJS.Timeout | undefined;
	#faults = 0;
	#closed = false;

	/** The colours of texts that a file of this name holds; null where there are none. */
	ask(path: string, texts: readonly string[]): Promise<Texts> {
		// Whoever asks again has gone on.
		this.#settle(null);
		if (this.#closed || this.#faults >= mostFaults) return Promise.resolve(null);
		this.#id += 1;
		const question: ColourQuestion = { id: this.#id, path, texts };
		this.#worker ??= this.#start();
		this.#after(answersMs, () => void this.#giveUp());
		return new Promise((settle) => {
			this.#asked = { id: question.id, settle };
			// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
			this.#worker?.postMessage(question);
		});
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#closed = true;
		await this.#end();
	}

	#start(): Worker {
		const worker = new Worker(program, {
			resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
		});
		worker.unref();
		worker.on('message', (answer: ColourAnswer) => {
			if (this.#asked?.id !== answer.id) return;
			this.#settle(answer.texts);
			this.#after(idleMs, () => void this.#end());
		});
		worker.on('error', () => {
			if (this.#worker === worker) void this.#giveUp();
		});
		return worker;
	}

	#settle(texts: Texts): void {
		const asked = this.#asked;
		this.#asked = undefined;
		asked?.settle(texts);
	}

	#after(milliseconds: number, run: () => void): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(run, milliseconds);
		this.#timer.unref();
	}

	#giveUp(): Promise<void> {
		this.#faults += 1;
		return this.#end();
	}

	async #end(): Promise<void> {
		clearTimeout(this.#timer);
		const worker = this.#worker;
		this.#worker = undefined;
		this.#settle(null);
		await worker?.terminate();
	}
}
