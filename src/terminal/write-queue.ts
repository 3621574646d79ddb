// What waits for the disk: bounded, written in order by one writer at a time, told when it is lost.

import { messageOf } from '../lib/error-words.ts';
import { packCheckpoint } from './checkpoint.ts';
import { encodeCount, encodeRecord, RecordKind } from './recording-format.ts';
import type { SegmentFiles } from './segment-files.ts';

export type QueuedItem =
	| {
			readonly kind: 'record';
			readonly bytes: Uint8Array;
			/** Bytes of output in it. */
			readonly output: number;
	  }
	| {
			readonly kind: 'segment';
			/** As the emulator gives it; empty where it gives none. */
			readonly checkpoint: Uint8Array;
			readonly time: number;
			/** Bytes of output lost before it. */
			readonly lost: number;
	  };

/** Records of one write. */
const batchBytes = 1024 * 1024;
/**
 * What a program prints in small pieces goes to the disk together: a write of each costs more than
 * parsing it. So much may be lost with the process, as it is with what the terminal still holds.
 */
const gatherMs = 500;
const gatherBytes = 64 * 1024;

export interface WriteQueueListener {
	/** These could not be written; their segment is closed. */
	readonly failed: (items: readonly QueuedItem[]) => void;
	/** The first write since one failed. */
	readonly mended: () => void;
}

export class WriteQueue {
	readonly #files: SegmentFiles;
	readonly #tell: WriteQueueListener;
	#items: QueuedItem[] = [];
	#bytes = 0;
	/** Items taken in and items done with, ever. */
	#accepted = 0;
	#done = 0;
	#waiters: { readonly target: number; readonly resolve: () => void }[] = [];
	#pumping: Promise<void> | undefined;
	#gathering: NodeJS.Timeout | undefined;
	#trouble: string | null = null;

	constructor(files: SegmentFiles, tell: WriteQueueListener) {
		this.#files = files;
		this.#tell = tell;
	}

	/** Bytes that wait. */
	get bytes(): number {
		return this.#bytes;
	}

	/** Why the last write failed; null where it did not. */
	get trouble(): string | null {
		return this.#trouble;
	}

	put(item: QueuedItem): void {
		this.#items.push(item);
		this.#bytes += sizeOf(item);
		this.#accepted += 1;
		this.#gather();
	}

	/** Resolves when all that was put until now is written or lost, or the time is over. */
	async settled(limitMs: number): Promise<void> {
		const target = this.#accepted;
		if (this.#done >= target) return;
		this.#pump();
		await within(
			limitMs,
			new Promise<void>((resolve) => {
				this.#waiters.push({ target, resolve });
			}),
		);
	}

	/** Writes what waits, syncs and closes; gives up after `limitMs`. */
	close(limitMs: number): Promise<void> {
		return within(limitMs, this.#end());
	}

	async #end(): Promise<void> {
		await this.#pumping;
		this.#pump();
		await this.#pumping;
		try {
			await this.#files.close();
		} catch (error) {
			this.#trouble = messageOf(error);
		}
	}

	#gather(): void {
		if (this.#items.length === 0 || this.#pumping) return;
		if (this.#bytes >= gatherBytes || this.#waiters.length > 0) this.#pump();
		else this.#gathering ??= setTimeout(() => this.#pump(), gatherMs);
	}

	#pump(): void {
		clearTimeout(this.#gathering);
		this.#gathering = undefined;
		this.#pumping ??= this.#drain().finally(() => {
			this.#pumping = undefined;
			this.#gather();
		});
	}

	/** Writes what has been put until now. */
	async #drain(): Promise<void> {
		// One turn later: what is recorded in this turn goes in one write.
		await Promise.resolve();
		const target = this.#accepted;
		while (this.#done < target) {
			const batch = this.#take();
			try {
				await this.#write(batch);
				const mended = this.#trouble !== null;
				this.#trouble = null;
				if (mended) this.#tell.mended();
			} catch (error) {
				this.#trouble = messageOf(error);
				await this.#files.abandon();
				this.#tell.failed(batch);
			}
			for (const item of batch) this.#bytes -= sizeOf(item);
			this.#done += batch.length;
			this.#waiters = this.#waiters.filter(({ target: awaited, resolve }) => {
				if (awaited <= this.#done) resolve();
				return awaited > this.#done;
			});
		}
	}

	/** The items of the next write; a segment comes alone. */
	#take(): QueuedItem[] {
		const [first] = this.#items;
		if (first?.kind === 'segment') return this.#items.splice(0, 1);
		let bytes = 0;
		const end = this.#items.findIndex((item) => {
			bytes += sizeOf(item);
			return item.kind === 'segment' || bytes > batchBytes;
		});
		return this.#items.splice(0, end < 0 ? this.#items.length : Math.max(1, end));
	}

	async #write(batch: readonly QueuedItem[]): Promise<void> {
		const [first] = batch;
		if (first?.kind === 'segment') {
			await this.#begin(first);
			return;
		}
		// After a failure the rest of the queue belongs to a segment that is gone.
		if (!this.#files.writable) throw new Error(this.#trouble ?? 'no segment is open');
		const records = batch.flatMap((item) => (item.kind === 'record' ? [item.bytes] : []));
		await this.#files.append(Buffer.concat(records));
	}

	async #begin(segment: Extract<QueuedItem, { kind: 'segment' }>): Promise<void> {
		const { checkpoint, time, lost } = segment;
		const packed =
			checkpoint.length === 0 ? checkpoint : await packCheckpoint(checkpoint);
		await this.#files.begin();
		await this.#files.append(encodeRecord(RecordKind.checkpoint, time, packed));
		if (lost > 0)
			await this.#files.append(encodeRecord(RecordKind.gap, time, encodeCount(lost)));
	}
}

function sizeOf(item: QueuedItem): number {
	return item.kind === 'record' ? item.bytes.length : item.checkpoint.length;
}

/** The same promise, or nothing once the time is over. */
async function within(milliseconds: number, promise: Promise<void>): Promise<void> {
	let limit: NodeJS.Timeout | undefined;
	const patience = new Promise<void>((resolve) => {
		limit = setTimeout(resolve, milliseconds);
	});
	await Promise.race([promise, patience]);
	clearTimeout(limit);
}
