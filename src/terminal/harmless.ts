// What may be parsed without a time limit, which costs more than parsing a key's echo or a frame of a
// spinner. Only short pieces of text and of the most usual sequences: what they do is bounded by the
// screen, and each has been read in the library. All that is not known here is not harmless.

const shortBytes = 512;
/** Digits and separators of one sequence; counts have at most four digits. */
const parameterLimit = 24;
const digitLimit = 4;

/** Whether the bytes begin and end between two sequences is asked of a stream that does so, too. */
export function isHarmless(bytes: Uint8Array): boolean {
	if (bytes.length > shortBytes) return false;
	for (let at = 0; at < bytes.length; ) {
		const byte = bytes[at] ?? 0;
		if (byte === escape) at = endOfSequence(bytes, at);
		else if (isText(byte)) at += 1;
		else return false;
		if (at === 0) return false;
	}
	return true;
}

const escape = 0x1b;

// Printable ASCII, the bytes of UTF-8, and backspace, tab, line feed, carriage return.
function isText(byte: number): boolean {
	if (byte >= 0x20) return byte !== 0x7f;
	return byte === 0x08 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** Where a usual sequence that begins here ends; 0 where it is another or not whole. */
function endOfSequence(bytes: Uint8Array, start: number): number {
	if (bytes[start + 1] !== 0x5b) return 0;
	const first = start + 2;
	const isPrivate = bytes[first] === 0x3f;
	let digits = 0;
	for (let at = isPrivate ? first + 1 : first; at < first + parameterLimit; at += 1) {
		const byte = bytes[at] ?? 0;
		if (byte >= 0x30 && byte <= 0x39) {
			digits += 1;
			if (digits > digitLimit) return 0;
		} else if (byte === 0x3a || byte === 0x3b) digits = 0;
		else return (isPrivate ? modes : finals).has(byte) ? at + 1 : 0;
	}
	return 0;
}

/** Movements, erasures and styles; modes, among them the cursor's and that of synchronized updates. */
const finals = new Set(Buffer.from('ABCDGHJKm'));
const modes = new Set(Buffer.from('hl'));
