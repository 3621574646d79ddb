// What of a stream of a program is text: bytes as latin1, without the sequences that only colour or erase.
// One that moves the cursor stands as a line break: what is behind it stands elsewhere. The contents of
// titles and links are text as well.

const escape = 0x1b;
const bracket = 0x5b;
const newline = 0x0a;

export interface Printable {
	readonly text: string;
	/** Where a character of the text stands in the bytes; of its length, where the bytes end. */
	readonly placeOf: (at: number) => number;
}

/** Reused: what is printed comes in pieces of a like size. */
let room = Buffer.alloc(0);

export function printableOf(data: Uint8Array): Printable {
	const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
	const first = bytes.indexOf(escape);
	if (first < 0) return { text: bytes.toString('latin1'), placeOf: (at) => at };
	if (room.length < bytes.length) room = Buffer.allocUnsafeSlow(bytes.length);
	bytes.copy(room, 0, 0, first);
	/** Where text goes on behind a sequence, and where that is in the bytes. */
	const starts = [0];
	const places = [0];
	let length = first;
	for (let at = first; at < bytes.length; ) {
		const byte = bytes[at] ?? 0;
		if (byte !== escape) {
			room[length] = byte;
			length += 1;
			at += 1;
			continue;
		}
		const end = endOfSequence(bytes, at);
		if (!stays(bytes, at, end)) {
			starts.push(length);
			places.push(at);
			room[length] = newline;
			length += 1;
		}
		at = end;
		starts.push(length);
		places.push(at);
	}
	return {
		text: room.toString('latin1', 0, length),
		placeOf: (at) => {
			if (at >= length) return bytes.length;
			const part = lastUpTo(starts, at);
			return (places[part] ?? 0) + at - (starts[part] ?? 0);
		},
	};
}

/** Where a sequence begins that the bytes do not end; their length where none does. */
export function openSequence(data: Uint8Array): number {
	const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
	const at = bytes.lastIndexOf(escape);
	if (at < 0 || bytes.length - at > longestSequence) return bytes.length;
	const isOpen = at + 1 === bytes.length || bytes[at + 1] === bracket;
	return isOpen && !/[@-~]/.test(bytes.toString('latin1', at + 2)) ? at : bytes.length;
}

const longestSequence = 64;

/** Of one that the bytes do not end, their length. */
function endOfSequence(bytes: Buffer, at: number): number {
	if (bytes[at + 1] !== bracket) return Math.min(at + 2, bytes.length);
	for (let end = at + 2; end < bytes.length; end += 1) {
		const byte = bytes[end] ?? 0;
		if (byte < 0x20 || byte >= 0x40) return byte < 0x20 ? end : end + 1;
	}
	return bytes.length;
}

/** SGR and erasing leave the cursor where it was; of what is not whole it is not known yet. */
function stays(bytes: Buffer, at: number, end: number): boolean {
	if (bytes[at + 1] !== bracket) return at + 1 >= bytes.length;
	const last = end - 1 > at + 1 ? (bytes[end - 1] ?? 0) : 0;
	return last === 0x6d || last === 0x4b || last === 0x4a || last < 0x40;
}

function lastUpTo(starts: readonly number[], at: number): number {
	let low = 0;
	let high = starts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((starts[middle] ?? 0) <= at) low = middle;
		else high = middle - 1;
	}
	return low;
}
