// Cuts a byte stream between characters. The emulator's own decoder loses a character whose second
// byte is 0x80 and whose third comes in another chunk (the em dash, E2 80 94), so no chunk that it
// sees ends inside one.

const empty = new Uint8Array(0);

export class WholeCharacters {
	#held: Uint8Array = empty;

	/** Bytes of a character that has begun. */
	get held(): number {
		return this.#held.length;
	}

	/** Hands on all whole characters of the stream so far, in one or two pieces. */
	push(bytes: Uint8Array, parse: (piece: Uint8Array) => void): void {
		let rest = bytes;
		if (this.#held.length > 0) {
			const missing = lengthOf(this.#held[0] ?? 0) - this.#held.length;
			let count = 0;
			while (count < missing && count < rest.length && continues(rest[count] ?? 0))
				count += 1;
			const begun = joined(this.#held, rest.subarray(0, count));
			rest = rest.subarray(count);
			if (count < missing && rest.length === 0) {
				this.#held = begun;
				return;
			}
			this.#held = empty;
			// Cut short by another byte: no character, as the decoder has it.
			if (count === missing) parse(begun);
		}
		const tail = beginOfOpenCharacter(rest);
		if (tail < rest.length) this.#held = rest.slice(tail);
		if (tail > 0) parse(tail < rest.length ? rest.subarray(0, tail) : rest);
	}
}

/** Where a character begins that the bytes do not end; their length where there is none. */
export function beginOfOpenCharacter(bytes: Uint8Array): number {
	for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
		const at = bytes.length - back;
		const byte = bytes[at] ?? 0;
		if (continues(byte)) continue;
		return lengthOf(byte) > back ? at : bytes.length;
	}
	return bytes.length;
}

function continues(byte: number): boolean {
	return (byte & 0xc0) === 0x80;
}

function lengthOf(lead: number): number {
	if ((lead & 0xe0) === 0xc0) return 2;
	if ((lead & 0xf0) === 0xe0) return 3;
	return (lead & 0xf8) === 0xf0 ? 4 : 1;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
	const both = new Uint8Array(first.length + second.length);
	both.set(first);
	both.set(second, first.length);
	return both;
}
