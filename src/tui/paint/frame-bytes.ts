// The bytes of one frame, in a buffer that is used again.

export class FrameBytes {
	#bytes: Uint8Array = new Uint8Array(16 * 1024);
	#length = 0;

	get length(): number {
		return this.#length;
	}

	clear(): void {
		this.#length = 0;
	}

	/** Text of ASCII only. */
	ascii(text: string): void {
		this.#room(text.length);
		for (let at = 0; at < text.length; at += 1)
			this.#bytes[this.#length + at] = text.charCodeAt(at);
		this.#length += text.length;
	}

	/** One byte. */
	byte(value: number): void {
		this.#room(1);
		this.#bytes[this.#length] = value;
		this.#length += 1;
	}

	/** One code point in UTF-8. */
	codePoint(value: number): void {
		if (value < 0x80) return this.byte(value);
		this.#room(4);
		let at = this.#length;
		if (value < 0x800) this.#bytes[at++] = 0xc0 | (value >> 6);
		else {
			if (value < 0x10000) this.#bytes[at++] = 0xe0 | (value >> 12);
			else {
				this.#bytes[at++] = 0xf0 | (value >> 18);
				this.#bytes[at++] = 0x80 | ((value >> 12) & 0x3f);
			}
			this.#bytes[at++] = 0x80 | ((value >> 6) & 0x3f);
		}
		this.#bytes[at++] = 0x80 | (value & 0x3f);
		this.#length = at;
	}

	/** `CSI row ; column H`, both counted from 1. */
	address(row: number, column: number): void {
		this.ascii('\x1b[');
		this.decimal(row);
		this.byte(0x3b);
		this.decimal(column);
		this.byte(0x48);
	}

	/** A number below 100000 in decimal digits. */
	decimal(value: number): void {
		let unit = 1;
		while (value >= unit * 10) unit *= 10;
		for (; unit >= 1; unit /= 10) this.byte(0x30 + (Math.floor(value / unit) % 10));
	}

	/** A copy of what was written. */
	take(): Uint8Array {
		return this.#bytes.slice(0, this.#length);
	}

	#room(size: number): void {
		if (this.#length + size <= this.#bytes.length) return;
		const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + size));
		grown.set(this.#bytes.subarray(0, this.#length));
		this.#bytes = grown;
	}
}
