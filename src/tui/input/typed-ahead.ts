// What is typed into a pane that is just being opened: kept for a moment instead of lost, and never
// given to another program.

/** More is not typed in the time that a pane takes to open. */
const limit = 64 * 1024;

export class TypedAhead {
	#kept: Uint8Array[] = [];
	#size = 0;

	get empty(): boolean {
		return this.#size === 0;
	}

	/** False where it is too much. */
	keep(bytes: Uint8Array): boolean {
		if (this.#size + bytes.length > limit) return false;
		// The parser's buffer is used again for the next key.
		this.#kept.push(Uint8Array.from(bytes));
		this.#size += bytes.length;
		return true;
	}

	/** All that was kept; null where it is nothing. It is kept no longer. */
	take(): Uint8Array | null {
		if (this.empty) return null;
		const all = Buffer.concat(this.#kept);
		this.#kept = [];
		this.#size = 0;
		return all;
	}
}
