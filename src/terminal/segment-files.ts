// The files of one recording: writes to the last segment, starts the next, drops the oldest beyond
// the budget. All calls come one after another; a failed one leaves the segment closed.
import { constants } from 'node:fs';
import { chmod, type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FollowedFolder } from '../lib/followed-folder.ts';
import { makeWithin } from '../lib/private-folder.ts';
import { segmentName, segmentNumber } from './recording-format.ts';

interface Closed {
	readonly name: string;
	readonly bytes: number;
}

// Never an existing file, never through a link.
const openFlags =
	constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

export class SegmentFiles {
	readonly #directory: Pick<FollowedFolder, 'path'>;
	readonly #budget: number;
	#handle: FileHandle | undefined;
	#name = '';
	#bytes = 0;
	/** 0 while it is not known what lies in the folder. */
	#next = 0;
	#closed: Closed[] = [];
	#dropped = { segments: 0, bytes: 0 };

	constructor(directory: Pick<FollowedFolder, 'path'>, budget: number) {
		this.#directory = directory;
		this.#budget = budget;
	}

	/** What went because the budget was spent. */
	get dropped(): { readonly segments: number; readonly bytes: number } {
		return this.#dropped;
	}

	get writable(): boolean {
		return this.#handle !== undefined;
	}

	/** The folder is another one: the next segment is numbered by what lies there. */
	lookAnew(): void {
		this.#next = 0;
	}

	/** Closes the segment and begins the next. */
	async begin(): Promise<void> {
		await this.#end();
		if (this.#next === 0) await this.#prepare();
		await this.#keepBudget();
		this.#name = segmentName(this.#next);
		this.#next += 1;
		this.#handle = await open(join(this.#directory.path, this.#name), openFlags, 0o600);
		this.#bytes = 0;
	}

	async append(bytes: Uint8Array): Promise<void> {
		if (!this.#handle) throw new Error('no segment is open');
		await this.#handle.appendFile(bytes);
		this.#bytes += bytes.length;
	}

	/**
	 * Closes the segment after a failure; what was written of it can be read up to the tear. One in which
	 * nothing could be written goes: a full disk would get such a file with each new try.
	 */
	async abandon(): Promise<void> {
		const empty = this.#handle !== undefined && this.#bytes === 0;
		try {
			await this.#end();
			if (!empty) return;
			this.#closed.pop();
			await rm(join(this.#directory.path, this.#name), { force: true });
		} catch {
			// The disk has failed already, and the caller knows.
			this.#handle = undefined;
		}
	}

	/** Makes what was written last through a power cut, and closes. */
	async close(): Promise<void> {
		await this.#handle?.datasync();
		await this.#end();
	}

	async #prepare(): Promise<void> {
		await makeWithin(this.#directory.path);
		const { path: directory } = this.#directory;
		await chmod(directory, 0o700);
		const numbers = (await readdir(directory))
			.map(segmentNumber)
			.filter((number) => number !== null)
			.sort((one, other) => one - other);
		this.#closed = [];
		for (const number of numbers) {
			const name = segmentName(number);
			this.#closed.push({ name, bytes: (await stat(join(directory, name))).size });
		}
		this.#next = (numbers.at(-1) ?? 0) + 1;
	}

	async #end(): Promise<void> {
		const handle = this.#handle;
		if (!handle) return;
		this.#handle = undefined;
		this.#closed.push({ name: this.#name, bytes: this.#bytes });
		await handle.close();
	}

	async #keepBudget(): Promise<void> {
		let total = this.#closed.reduce((sum, segment) => sum + segment.bytes, 0);
		while (total > this.#budget) {
			const oldest = this.#closed.shift();
			if (!oldest) return;
			await rm(join(this.#directory.path, oldest.name), { force: true });
			total -= oldest.bytes;
			this.#dropped = {
				segments: this.#dropped.segments + 1,
				bytes: this.#dropped.bytes + oldest.bytes,
			};
		}
	}
}
