// Contents of files as lines with their ends, byte for byte, and hunks of them exchanged.
import type { Hunk } from '../domain/review/hunk.ts';

/** Each with what ends it; the last one may have no end. */
export function linesOf(bytes: Buffer): Buffer[] {
	const lines: Buffer[] = [];
	for (let at = 0; at < bytes.length; ) {
		const end = bytes.indexOf(0x0a, at);
		const next = end < 0 ? bytes.length : end + 1;
		lines.push(bytes.subarray(at, next));
		at = next;
	}
	return lines;
}

/** The lines of a side of a hunk: the first, from 0, and behind the last. */
export function rangeOf(hunk: Hunk, side: 'old' | 'new'): readonly [number, number] {
	const other = side === 'old' ? '+' : '-';
	const count = hunk.lines.filter(({ sign }) => sign !== other).length;
	// Of a side without lines git names the line before.
	const first = count === 0 ? hunk[side] : hunk[side] - 1;
	return [first, first + count];
}

/** `into` with the lines of its side of each hunk replaced by those that `from` has there. */
export function exchanged(
	into: { readonly bytes: Buffer; readonly side: 'old' | 'new' },
	from: Buffer,
	hunks: readonly Hunk[],
): Buffer {
	const lines = linesOf(into.bytes);
	const others = linesOf(from);
	// From the end, so that the numbers before stay true.
	for (const hunk of hunks.toReversed()) {
		const [first, end] = rangeOf(hunk, into.side);
		const [one, other] = rangeOf(hunk, into.side === 'old' ? 'new' : 'old');
		lines.splice(first, end - first, ...others.slice(one, other));
	}
	return Buffer.concat(lines);
}
