// Brings to the disk what was committed without waiting for it. Beside SQLite, on its log alone: the
// locks of a database are on its other files, so a log may be opened and closed by others.
import { type FileHandle, open } from 'node:fs/promises';
import { errorCode } from '../lib/error-words.ts';

export class LaterFlush {
	readonly #path: string;
	readonly #failed: (error: unknown) => void;
	#wanted = false;
	#running = false;

	/** `path` is the log; `failed` is told what kept it from reaching the disk. */
	constructor(path: string, failed: (error: unknown) => void) {
		this.#path = path;
		this.#failed = failed;
	}

	/** Flushes in a thread of its own; what comes while it runs has the next one. */
	begin(): void {
		this.#wanted = true;
		if (!this.#running) void this.#run();
	}

	/** Whoever writes next waits for the disk, and all before goes with that. */
	overtaken(): void {
		this.#wanted = false;
	}

	async #run(): Promise<void> {
		this.#running = true;
		try {
			while (this.#wanted) {
				this.#wanted = false;
				await flush(this.#path);
			}
		} catch (error) {
			this.#failed(error);
		} finally {
			this.#running = false;
		}
	}
}

async function flush(path: string): Promise<void> {
	const log = await openLog(path);
	try {
		await log?.datasync();
	} finally {
		await log?.close();
	}
}

/** Null where there is none: its contents are in the database by then, which flushed them. */
async function openLog(path: string): Promise<FileHandle | null> {
	try {
		return await open(path, 'r');
	} catch (error) {
		if (errorCode(error) === 'ENOENT') return null;
		throw error;
	}
}
