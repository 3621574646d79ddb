// Space set aside while there is some: a file that is deleted on a full disk, so that what has
// already happened in the world can still be recorded.
import { randomFillSync } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../lib/error-words.ts';

/** Enough for some thousand events with the WAL they pass through. */
export const reserveBytes = 8 * 1024 * 1024;

export class Reserve {
	readonly #path: string;

	constructor(folder: string) {
		this.#path = join(folder, 'ballast');
	}

	get kept(): boolean {
		return statSync(this.#path, { throwIfNoEntry: false })?.size === reserveBytes;
	}

	/** Gives the space back to the disk; answers whether there was any to give. */
	spend(): boolean {
		const kept = this.kept;
		rmSync(this.#path, { force: true });
		return kept;
	}

	/** Sets the space aside where that has not been done; answers whether it is now. */
	fill(): boolean {
		if (this.kept) return true;
		const file = openSync(this.#path, 'w', 0o600);
		try {
			// Random, for file systems that compress or leave out zeros.
			const block = randomFillSync(Buffer.allocUnsafe(1024 * 1024));
			for (let written = 0; written < reserveBytes; ) {
				const left = reserveBytes - written;
				written += writeSync(file, block, 0, Math.min(block.length, left));
			}
			fsyncSync(file);
		} catch (error) {
			if (!isFull(error)) throw error;
			rmSync(this.#path, { force: true });
		} finally {
			closeSync(file);
		}
		return this.kept;
	}
}

function isFull(error: unknown): boolean {
	const code = errorCode(error);
	return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG' || code === 'EIO';
}
