// What may be parsed without a time limit, which costs more than parsing a key's echo or a frame of a
// spinner, and as much again as parsing a log. Only text and the most usual sequences: what they do is
// bounded by the screen, and each has been read in the library. All that is not known here is not
// harmless.

/** Digits and separators of one sequence; counts have at most four digits. */
const parameterLimit = 24;
const digitLimit = 4;
const empty = new Uint8Array(0);

/** Looks at a stream in the pieces in which it is parsed. */
export class HarmlessStream {
	/** What has begun of a usual sequence; null where the stream may be in the middle of any other. */
	#begun: Uint8Array | null = empty;

	/** Whether the next piece is harmless; `settled` where the parser stands between two sequences. */
	take(bytes: Uint8Array, settled: boolean): boolean {
		const begun = settled ? empty : this.#begun;
		this.#begun = null;
		if (begun === null) return false;
		const whole = begun.length === 0 ? bytes : Buffer.concat([begun, bytes]);
		const end = endOfHarmless(whole);
		if (end === null) return false;
		this.#begun = end === whole.length ? empty : whole.slice(end);
		return true;
	}
}

/** Where the last sequence begins that the bytes do not end, their length where there is none. */
function endOfHarmless(bytes: Uint8Array): number | null {
	for (let at = 0; ; ) {
		while (at < bytes.length && text[bytes[at] ?? 0] === 1) at += 1;
		if (at === bytes.length) return at;
		if (bytes[at] !== escape) return null;
		const end = endOfSequence(bytes, at);
		if (end === open) return at;
		if (end === other) return null;
		at = end;
	}
}

const escape = 0x1b;
const other = -1;
const open = -2;

/** Printable ASCII, the bytes of UTF-8, and backspace, tab, line feed, carriage return. */
const text = Uint8Array.from({ length: 256 }, (_, byte) => {
	const isControl =
		byte < 0x20 ? ![0x08, 0x09, 0x0a, 0x0d].includes(byte) : byte === 0x7f;
	return isControl ? 0 : 1;
});

/** Where a usual sequence that begins here ends; `other` where it is none, `open` where it goes on. */
function endOfSequence(bytes: Uint8Array, start: number): number {
	if (start + 1 === bytes.length) return open;
	if (bytes[start + 1] !== 0x5b) return other;
	const first = start + 2;
	const isPrivate = bytes[first] === 0x3f;
	const last = Math.min(first + parameterLimit, bytes.length);
	let digits = 0;
	for (let at = isPrivate ? first + 1 : first; at < last; at += 1) {
		const byte = bytes[at] ?? 0;
		if (byte >= 0x30 && byte <= 0x39) {
			digits += 1;
			if (digits > digitLimit) return other;
		} else if (byte === 0x3a || byte === 0x3b) digits = 0;
		else return (isPrivate ? modes : finals)[byte] === 1 ? at + 1 : other;
	}
	return last === bytes.length && last < first + parameterLimit ? open : other;
}

/** Movements, erasures and styles; modes, among them the cursor's and that of synchronized updates. */
const finals = tableOf('ABCDGHJKm');
const modes = tableOf('hl');

function tableOf(bytes: string): Uint8Array {
	const table = new Uint8Array(256);
	for (const byte of Buffer.from(bytes)) table[byte] = 1;
	return table;
}
