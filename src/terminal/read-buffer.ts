// What was read and not told yet, in one piece of memory that is used again and again: a flood brings
// thousands of pieces a second, and each would be an allocation outside of the heap.

/** A terminal gives so much at a time at most; what a stream brings is never much more. */
const spareBytes = 4096;

export class ReadBuffer {
	readonly #wanted: number;
	#bytes = new Uint8Array(0);
	#length = 0;

	/** `wanted` bytes are enough to be told. */
	constructor(wanted: number) {
		this.#wanted = wanted;
	}

	get length(): number {
		return this.#length;
	}

	get full(): boolean {
		return this.#length >= this.#wanted;
	}

	add(data: Uint8Array): void {
		this.#makeRoom(data.length);
		this.#bytes.set(data, this.#length);
		this.#length += data.length;
	}

	/** Has `read` put in what it can; answers what that answers: how many bytes, or null. */
	read(read: (into: Uint8Array) => number | null): number | null {
		this.#makeRoom(this.#wanted);
		const count = read(this.#bytes.subarray(this.#length));
		this.#length += count ?? 0;
		return count;
	}

	/** All that it holds; good until the next byte is added. */
	take(): Uint8Array {
		const all = this.#bytes.subarray(0, this.#length);
		this.#length = 0;
		return all;
	}

	#makeRoom(bytes: number): void {
		const needed = this.#length + bytes;
		if (this.#bytes.length >= needed) return;
		const larger = new Uint8Array(needed + spareBytes);
		larger.set(this.#bytes.subarray(0, this.#length));
		this.#bytes = larger;
	}
}
