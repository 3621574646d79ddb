// Watches worktrees in a thread, which begins with the first of them. What it says of a worktree comes as
// events; a thread that dies is told as if all of them could be watched no longer.
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Emitter } from '../../lib/emitter.ts';
import { messageOf } from '../../lib/error-words.ts';
import { programFile } from '../../lib/program-file.ts';
import type { Reference, Rules } from './verdict.ts';
import type {
	FromThread,
	ToThread,
	WatchingLimits,
	WatchOrder,
} from './watch-messages.ts';

export type WatchNews = Exclude<FromThread, { say: 'marked' | 'passing' }>;

type Answer = Extract<FromThread, { say: 'marked' | 'passing' }>;

const memoryMegabytes = 1024;
/** What an event leaves behind is small and dies at once. */
const youngMegabytes = 8;
const program = pathToFileURL(programFile('src/guard/watch/watch-thread'));

export class Watching implements AsyncDisposable {
	readonly onNews = new Emitter<WatchNews>();

	readonly #limits: WatchingLimits;
	#worker: Worker | undefined;
	/** The commit that each worktree is compared with. */
	readonly #watched = new Map<string, string>();
	readonly #known = new Set<string>();
	/** Whoever waits for an answer of the thread; null where none will come. */
	readonly #asked = new Map<number, (answer: Answer | null) => void>();
	#id = 0;
	#closed = false;

	constructor(limits: WatchingLimits = {}) {
		this.#limits = limits;
	}

	/** `watching` or `failed` follows. `readReference` is asked for a commit that is not known yet. */
	watch(key: string, order: WatchOrder, reference: Reference): void {
		if (this.#closed) return;
		this.#know(order.commit, reference);
		this.#watched.set(key, order.commit);
		this.#tell({ say: 'watch', key, ...order });
		this.#dropUnused();
	}

	judge(key: string, rules: Rules, commit: string, reference: Reference): void {
		if (this.#closed || !this.#watched.has(key)) return;
		this.#know(commit, reference);
		this.#watched.set(key, commit);
		this.#tell({ say: 'judge', key, rules, commit });
		this.#dropUnused();
	}

	mute(key: string, muted: boolean): void {
		if (this.#watched.has(key)) this.#tell({ say: 'mute', key, muted });
	}

	/** A number for what was written until now, once it has been read; null where it is not watched. */
	async mark(key: string): Promise<number | null> {
		const answer = await this.#ask(key, 'mark');
		return answer?.say === 'marked' ? answer.mark : null;
	}

	/** New files that may be part of a save, or were since the last mark: whoever sees them says nothing. */
	async passing(key: string): Promise<readonly string[]> {
		const answer = await this.#ask(key, 'ask-passing');
		return answer?.say === 'passing' ? answer.paths : [];
	}

	/** All that was told before and is not among these is in order. */
	stand(key: string, paths: readonly string[], mark: number): void {
		if (this.#watched.has(key)) this.#tell({ say: 'stand', key, paths, mark });
	}

	unwatch(key: string): void {
		if (!this.#watched.delete(key)) return;
		this.#tell({ say: 'unwatch', key });
		this.#dropUnused();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#closed = true;
		this.#watched.clear();
		this.#freeAsked();
		const worker = this.#worker;
		this.#worker = undefined;
		await worker?.terminate();
		this.onNews[Symbol.dispose]();
	}

	#ask(key: string, say: 'mark' | 'ask-passing'): Promise<Answer | null> {
		if (this.#closed || !this.#watched.has(key)) return Promise.resolve(null);
		this.#id += 1;
		const id = this.#id;
		return new Promise((resolve) => {
			this.#asked.set(id, resolve);
			this.#tell({ say, key, id });
		});
	}

	#know(commit: string, reference: Reference): void {
		if (this.#known.has(commit)) return;
		this.#known.add(commit);
		this.#tell({ say: 'know', commit, reference });
	}

	#dropUnused(): void {
		const used = new Set(this.#watched.values());
		for (const commit of this.#known) {
			if (used.has(commit)) continue;
			this.#known.delete(commit);
			this.#tell({ say: 'drop', commit });
		}
	}

	#tell(message: ToThread): void {
		this.#worker ??= this.#start();
		// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
		this.#worker.postMessage(message);
	}

	#start(): Worker {
		const worker = new Worker(program, {
			workerData: this.#limits,
			resourceLimits: {
				maxOldGenerationSizeMb: memoryMegabytes,
				maxYoungGenerationSizeMb: youngMegabytes,
			},
		});
		worker.unref();
		worker.on('message', (message: FromThread) => this.#hear(message));
		worker.on('error', (error) => this.#lose(worker, messageOf(error)));
		worker.on('exit', () => this.#lose(worker, 'its thread ended'));
		return worker;
	}

	#hear(message: FromThread): void {
		if (message.say !== 'marked' && message.say !== 'passing') {
			const isGone = 'key' in message && !this.#watched.has(message.key);
			if (message.say === 'failed') this.#watched.delete(message.key);
			if (!isGone) this.onNews.emit(message);
			return;
		}
		this.#asked.get(message.id)?.(message);
		this.#asked.delete(message.id);
	}

	#lose(worker: Worker, why: string): void {
		if (this.#worker !== worker) return;
		this.#worker = undefined;
		const keys = [...this.#watched.keys()];
		this.#watched.clear();
		this.#known.clear();
		this.#freeAsked();
		for (const key of keys)
			this.onNews.emit({ say: 'failed', key, why: `the watch broke: ${why}` });
	}

	#freeAsked(): void {
		for (const resolve of this.#asked.values()) resolve(null);
		this.#asked.clear();
	}
}
