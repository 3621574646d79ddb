// What may be parsed without a time limit, which costs more than parsing a key's echo or a frame of a
// spinner, and as much again as parsing a log. Only text and the most usual sequences: what they do is
// bounded by the screen, and each has been read in the library. All that is not known here is not
// harmless.
import { beginOfOpenCharacter } from './whole-characters.ts';

/** Digits and separators of one sequence; counts have at most four digits. */
const parameterLimit = 24;
const digitLimit = 4;

/**
 * Where the last sequence or character begins that the bytes do not end, their length where there is
 * none; null where not all of them are harmless. They must begin between two sequences.
 */
export function endOfHarmless(bytes: Uint8Array): number | null {
	for (let at = 0; ; ) {
		while (at < bytes.length && text[bytes[at] ?? 0] === 1) at += 1;
		if (at === bytes.length) return beginOfOpenCharacter(bytes);
		const end = endOfSpecial(bytes, at);
		if (end === open) return at;
		if (end === other) return null;
		at = end;
	}
}

const escape = 0x1b;
const other = -1;
const open = -2;

/** Leads the control characters of Latin-1, as UTF-8 has them, and other characters. */
const latinLead = 0xc2;

/** Printable ASCII, most bytes of UTF-8, and backspace, tab, line feed, carriage return. */
const text = Uint8Array.from({ length: 256 }, (_, byte) => {
	const isControl =
		byte < 0x20 ? ![0x08, 0x09, 0x0a, 0x0d].includes(byte) : byte === 0x7f;
	return isControl || byte === latinLead ? 0 : 1;
});

/** Where ends what is not in the table of text; `other` where it is not harmless, `open` where it goes on. */
function endOfSpecial(bytes: Uint8Array, at: number): number {
	if (bytes[at] === escape) return endOfSequence(bytes, at);
	if (bytes[at] !== latinLead) return other;
	const next = bytes[at + 1];
	if (next === undefined) return open;
	return next >= 0x80 && next < 0xa0 ? other : at + 1;
}

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
