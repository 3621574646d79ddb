// `[a-z]`, `[!x]`, `[[:digit:]]` as git reads them, its oddities included: a `]` that comes first is
// a character, a range may begin with an escape, and what follows a range begins none.
import type { Range } from './characters.ts';

export interface Bracket {
	readonly ranges: readonly Range[];
	readonly negated: boolean;
	/** Where the pattern goes on. */
	readonly next: number;
}

/** `at` is behind the opening bracket; null where it is never closed, or names no class. */
export function readBracket(characters: readonly string[], at: number): Bracket | null {
	const negated = characters[at] === '!' || characters[at] === '^';
	const ranges: Range[] = [];
	let position = negated ? at + 1 : at;
	let before: number | null = null;
	do {
		const character = characters[position];
		if (character === undefined) return null;
		const named = namedClass(characters, position);
		if (named === 'unknown') return null;
		if (named) {
			ranges.push(...named.ranges);
			position = named.next;
			before = null;
		} else if (character === '-' && before !== null && rangeEnds(characters, position)) {
			const end = readOne(characters, position + 1);
			if (!end) return null;
			ranges.push([before, end.code]);
			position = end.next;
			before = null;
		} else {
			const one = readOne(characters, position);
			if (!one) return null;
			ranges.push([one.code, one.code]);
			position = one.next;
			before = one.code;
		}
	} while (characters[position] !== ']');
	return { ranges, negated, next: position + 1 };
}

function rangeEnds(characters: readonly string[], dash: number): boolean {
	const next = characters[dash + 1];
	return next !== undefined && next !== ']';
}

function readOne(characters: readonly string[], at: number) {
	const escaped = characters[at] === '\\';
	const code = characters[escaped ? at + 1 : at]?.codePointAt(0);
	return code === undefined ? null : { code, next: at + (escaped ? 2 : 1) };
}

type Named = { readonly ranges: readonly Range[]; readonly next: number };

function namedClass(characters: readonly string[], at: number): Named | 'unknown' | null {
	if (characters[at] !== '[' || characters[at + 1] !== ':') return null;
	const end = characters.indexOf(']', at + 2);
	if (end === -1) return 'unknown';
	if (end - 1 < at + 2 || characters[end - 1] !== ':') return null;
	const name = characters.slice(at + 2, end - 1).join('');
	const ranges = Object.hasOwn(classes, name) ? classes[name] : undefined;
	return ranges ? { ranges, next: end + 1 } : 'unknown';
}

const digit: Range = [0x30, 0x39];
const upper: Range = [0x41, 0x5a];
const lower: Range = [0x61, 0x7a];

const classes: Readonly<Record<string, readonly Range[]>> = {
	alnum: [digit, upper, lower],
	alpha: [upper, lower],
	blank: [
		[0x09, 0x09],
		[0x20, 0x20],
	],
	cntrl: [
		[0x01, 0x1f],
		[0x7f, 0x7f],
	],
	digit: [digit],
	graph: [[0x21, 0x7e]],
	lower: [lower],
	print: [[0x20, 0x7e]],
	punct: [
		[0x21, 0x2f],
		[0x3a, 0x40],
		[0x5b, 0x60],
		[0x7b, 0x7e],
	],
	space: [
		[0x09, 0x0d],
		[0x20, 0x20],
	],
	upper: [upper],
	xdigit: [digit, [0x41, 0x46], [0x61, 0x66]],
};
