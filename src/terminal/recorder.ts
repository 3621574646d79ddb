// Records what a program prints, for scrolling back and replay. Nothing here makes the pty wait: what
// a slow or full disk cannot take is dropped and counted, and recording goes on in a new segment,
// which begins with a checkpoint, so that what follows a gap is right again.
import { Emitter } from '../lib/emitter.ts';
import type { FollowedFolder } from '../lib/followed-folder.ts';
import type { Emulator } from './emulator.ts';
import { ReadBuffer } from './read-buffer.ts';
import { encodeRecord, encodeSize, RecordKind } from './recording-format.ts';
import { RedactedStream, type Redaction } from './redaction.ts';
import { SegmentFiles } from './segment-files.ts';
import { type QueuedItem, WriteQueue } from './write-queue.ts';

export interface RecorderOptions {
	/**
	 * Created with mode 0700 within a folder that is there; its files have 0600. The caller's, who
	 * reads there too.
	 */
	readonly directory: Pick<FollowedFolder, 'path'>;
	/** Gives checkpoints: what is recorded must have been written to it before. */
	readonly emulator: Emulator;
	readonly redaction: Redaction;
	/** Output of a segment; a replay parses half of it on average. */
	readonly segmentBytes?: number;
	/** A flood fills several segments in one, since each begins with a screen: none is so short. */
	readonly segmentMs?: number;
	/** All segments together; beyond it the oldest go. */
	readonly budgetBytes?: number;
	/** What may wait for the disk. */
	readonly queueBytes?: number;
	/** How long the disk is waited for, if not a second by `settled` and five by `close`. */
	readonly waitMs?: number;
	/** Wall clock in milliseconds. */
	readonly now?: () => number;
}

export interface RecorderStatus {
	/** Bytes of output recorded or waiting. */
	readonly recorded: number;
	/** Bytes of output that the disk could not take. */
	readonly lost: number;
	/** Segments and bytes that went because the budget was spent. */
	readonly dropped: { readonly segments: number; readonly bytes: number };
	/** Why what is printed now is not recorded, as the system says it; null while it is. */
	readonly trouble: string | null;
}

const mega = 1024 * 1024;
/** A segment of a flood, in sizes of a usual one. */
const longest = 4;
/** What may be the beginning of a secret waits this long for the rest of it. */
const holdMs = 250;
/**
 * To look for secrets in each piece of a flood by itself takes four times as long as in a sixteenth of
 * a segment.
 */
const gatherShare = 16;
/** What was printed within this stands in one record, as if it had been printed at once. */
const gatherMs = 20;
/** After a failed write nothing is tried for so long, and twice as long after each further one. */
const retryMs = 2000;
const longestRetryMs = 10_000;
const settleMs = 1000;
const closeMs = 5000;

export class Recorder implements AsyncDisposable {
	/** It cannot record, or can again; while it cannot, with each further try. */
	readonly onTrouble = new Emitter<void>();
	readonly #options: RecorderOptions;
	readonly #segmentBytes: number;
	readonly #segmentMs: number;
	readonly #queueBytes: number;
	readonly #files: SegmentFiles;
	readonly #queue: WriteQueue;
	readonly #now: () => number;
	#stream: RedactedStream;
	readonly #gathered: ReadBuffer;
	#gatheredSince = 0;
	#printedAt = 0;
	#segmentSize = 0;
	#segmentSince = 0;
	#recorded = 0;
	#lost = 0;
	/** Bytes lost since the last segment began; undefined where there is no gap. */
	#gap: number | undefined;
	#retryMs = retryMs;
	#retryAt = 0;
	#retrying: NodeJS.Timeout | undefined;
	#told: string | null = null;
	#flushing: NodeJS.Timeout | undefined;
	#closed = false;

	constructor(options: RecorderOptions) {
		this.#options = options;
		this.#segmentBytes = options.segmentBytes ?? mega;
		this.#gathered = new ReadBuffer(this.#segmentBytes / gatherShare);
		this.#segmentMs = options.segmentMs ?? 1000;
		this.#queueBytes = options.queueBytes ?? 8 * mega;
		this.#files = new SegmentFiles(options.directory, options.budgetBytes ?? 64 * mega);
		this.#queue = new WriteQueue(this.#files, {
			failed: (items) => this.#failed(items),
			mended: () => {
				this.#retryMs = retryMs;
				this.#tell();
			},
		});
		this.#now = options.now ?? Date.now;
		this.#stream = new RedactedStream(options.redaction);
		this.#begin();
	}

	/** Records bytes that the emulator has just parsed. Returns at once; `bytes` may be reused. */
	output(bytes: Uint8Array): void {
		if (this.#closed) return;
		if (this.#gap !== undefined) {
			this.#lose(bytes.length);
			this.#resume();
			return;
		}
		const now = this.#now();
		if (this.#gathered.length === 0) this.#gatheredSince = now;
		else if (now - this.#gatheredSince >= gatherMs) this.#takeIn(now);
		this.#gathered.add(bytes);
		this.#printedAt = now;
		if (this.#gathered.full || this.#isSegmentFull()) this.#takeIn(now);
		this.#holdOn();
		if (this.#gathered.length > 0 || this.#gap !== undefined || !this.#isSegmentFull())
			return;
		const between = this.#options.emulator.settled && this.#stream.idle;
		if (between) this.#begin();
		else if (this.#segmentSize >= this.#segmentBytes * longest * 2) {
			// A sequence stays open for megabytes: the checkpoint says so, and its rest is swallowed.
			this.#flush();
			this.#begin();
		}
	}

	/** Records the size that the emulator has just taken. */
	resize(): void {
		if (this.#closed || this.#gap !== undefined) return;
		this.#flush();
		const { columns, rowCount } = this.#options.emulator;
		this.#enqueue(RecordKind.resize, encodeSize(columns, rowCount), 0);
	}

	/** Whether all that was printed until now is recorded: no gap is open. */
	get whole(): boolean {
		return this.#gap === undefined;
	}

	/** The emulator's screen is not what the recorded bytes led to: a new segment begins with it. */
	beginAnew(): void {
		if (this.#closed || this.#gap !== undefined) return;
		this.#flush();
		this.#begin();
	}

	/** Its folder is another one, where recording goes on. */
	moved(): void {
		if (this.#closed) return;
		this.#files.lookAnew();
		this.#retryAt = 0;
		if (this.whole) this.beginAnew();
		else this.#resume();
	}

	status(): RecorderStatus {
		return {
			recorded: this.#recorded + this.#gathered.length,
			lost: this.#lost,
			dropped: this.#files.dropped,
			trouble: this.#queue.trouble ?? (this.whole ? null : 'the disk is too slow'),
		};
	}

	/**
	 * Resolves when all that was recorded until now can be read from the files (or was lost), after a
	 * second at the latest.
	 */
	async settled(): Promise<void> {
		this.#flush();
		await this.#queue.settled(this.#options.waitMs ?? settleMs);
	}

	/** Writes what waits, for a few seconds at most, and syncs the last segment to the disk. */
	async close(): Promise<void> {
		if (this.#closed) return;
		this.#flush();
		this.#closed = true;
		clearTimeout(this.#flushing);
		clearTimeout(this.#retrying);
		await this.#queue.close(this.#options.waitMs ?? closeMs);
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	/** Hands on what was gathered; what is printed from now on is of another moment. */
	#takeIn(now = this.#now()): void {
		if (this.#gathered.length > 0) this.#put(this.#stream.push(this.#gathered.take()));
		this.#gatheredSince = now;
	}

	#flush(): void {
		this.#takeIn();
		this.#put(this.#stream.flush());
	}

	#put(bytes: Uint8Array): void {
		if (bytes.length === 0) return;
		if (this.#gap !== undefined) this.#lose(bytes.length);
		else this.#enqueue(RecordKind.output, bytes, bytes.length);
	}

	#enqueue(kind: RecordKind, payload: Uint8Array, output: number): void {
		const time = kind === RecordKind.output ? this.#gatheredSince : this.#now();
		const bytes = encodeRecord(kind, time, payload);
		if (this.#queue.bytes + bytes.length > this.#queueBytes) {
			this.#lose(output);
			return;
		}
		this.#queue.put({ kind: 'record', bytes, output });
		this.#segmentSize += bytes.length;
		this.#recorded += output;
	}

	#lose(count: number): void {
		this.#miss(count);
		this.#tell();
		this.#retrySoon();
	}

	#miss(count: number): void {
		this.#lost += count;
		this.#gap = (this.#gap ?? 0) + count;
	}

	#failed(items: readonly QueuedItem[]): void {
		this.#retryAt = this.#now() + this.#retryMs;
		for (const item of items) {
			if (item.kind === 'segment') this.#gap = (this.#gap ?? 0) + item.lost;
			else {
				this.#recorded -= item.output;
				this.#miss(item.output);
			}
		}
		this.#tell();
		this.#retrySoon();
	}

	#tell(): void {
		const { trouble } = this.status();
		if (trouble === this.#told) return;
		this.#told = trouble;
		this.onTrouble.emit();
	}

	/** A program that prints nothing more must not leave it open whether its end is recorded. */
	#retrySoon(): void {
		if (this.#closed || this.#retrying) return;
		this.#retrying = setTimeout(() => {
			this.#retrying = undefined;
			if (this.#closed || this.#gap === undefined) return;
			this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
			this.onTrouble.emit();
			this.#retryAt = 0;
			this.#resume();
			if (!this.whole) this.#retrySoon();
		}, this.#retryMs);
		this.#retrying.unref();
	}

	/**
	 * Ends a gap where the disk has caught up and the emulator is between two sequences. What was printed
	 * until now is in the checkpoint already.
	 */
	#resume(): void {
		const caughtUp =
			this.#queue.bytes <= this.#queueBytes / 2 && this.#now() >= this.#retryAt;
		if (!caughtUp || !this.#options.emulator.settled) return;
		this.#miss(this.#gathered.take().length);
		this.#stream = new RedactedStream(this.#options.redaction);
		this.#begin();
	}

	#isSegmentFull(): boolean {
		if (this.#segmentSize < this.#segmentBytes) return false;
		if (this.#segmentSize >= this.#segmentBytes * longest) return true;
		return this.#now() - this.#segmentSince >= this.#segmentMs;
	}

	/** A new segment, from the emulator's state as it is now. */
	#begin(): void {
		const { emulator, redaction } = this.#options;
		const checkpoint = emulator.checkpoint(redaction) ?? new Uint8Array(0);
		this.#queue.put({
			kind: 'segment',
			checkpoint,
			time: this.#now(),
			lost: this.#gap ?? 0,
		});
		this.#gap = undefined;
		this.#segmentSize = 0;
		this.#segmentSince = this.#now();
		this.#tell();
	}

	/** What is gathered, and what may be the beginning of a secret, does not wait for ever. */
	#holdOn(ms = holdMs): void {
		if (this.#gathered.length + this.#stream.waiting === 0) return;
		this.#flushing ??= setTimeout(() => {
			this.#flushing = undefined;
			const left = holdMs - (this.#now() - this.#printedAt);
			if (left <= 0) this.#flush();
			else this.#takeIn();
			this.#holdOn(left);
		}, ms).unref();
	}
}
