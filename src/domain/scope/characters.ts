// Sets of characters, as ranges of code points. A slash is in none but `every`: it parts words.

export type Range = readonly [from: number, to: number];

/** Sorted, and none touches the next. */
export type CharacterSet = readonly Range[];

const highest = 0x10_ffff;
export const slash = 0x2f;
export const dot = 0x2e;

/** Of paths: all but NUL. */
export const every: CharacterSet = [[1, highest]];

export function setOf(ranges: readonly Range[]): CharacterSet {
	const sorted = ranges
		.filter(([from, to]) => from <= to)
		.sort(([one], [other]) => one - other);
	const merged: [number, number][] = [];
	for (const [from, to] of sorted) {
		const before = merged.at(-1);
		if (before && from <= before[1] + 1) before[1] = Math.max(before[1], to);
		else merged.push([from, to]);
	}
	return merged;
}

export function allBut(set: CharacterSet): CharacterSet {
	let from = 1;
	const rest: Range[] = [];
	for (const [start, end] of set) {
		rest.push([from, start - 1]);
		from = end + 1;
	}
	return setOf([...rest, [from, highest]]);
}

export function withoutSlash(set: CharacterSet): CharacterSet {
	return setOf(
		set.flatMap(([from, to]): Range[] =>
			from <= slash && slash <= to
				? [
						[from, slash - 1],
						[slash + 1, to],
					]
				: [[from, to]],
		),
	);
}

export function contains(set: CharacterSet, character: number): boolean {
	return set.some(([from, to]) => from <= character && character <= to);
}

/** With all that differ from one of the set by case alone, as file systems that ignore case see it. */
export function caseless(set: CharacterSet): CharacterSet {
	const members = set.flatMap(([from, to]): Range[] => {
		if (from !== to && to > 0x7f) return foldedRange(from, to);
		const own: Range[] = [];
		for (let at = from; at <= to; at += 1) own.push(...sameBut(at));
		return own;
	});
	return setOf([...set, ...members]);
}

function foldedRange(from: number, to: number): Range[] {
	const all: Range[] = [];
	for (const same of cases().values())
		if (same.some((each) => from <= each && each <= to))
			all.push(...same.map((each): Range => [each, each]));
	return all;
}

/** The same for all texts that differ by case alone. */
export function foldedText(text: string): string {
	if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
	return Array.from(text, (each) =>
		String.fromCodePoint(foldOf(each.codePointAt(0) ?? 0)),
	).join('');
}

function sameBut(character: number): Range[] {
	const same = character < 0x80 ? plainCases(character) : cases().get(foldOf(character));
	return (same ?? []).map((each): Range => [each, each]);
}

/** Those of a letter of ASCII without the table; the long s and the sign of Kelvin are letters, too. */
function plainCases(character: number): number[] {
	const text = String.fromCodePoint(character);
	if (!/[a-z]/i.test(text)) return [];
	const odd: Readonly<Record<string, number>> = { s: 0x17f, k: 0x212a };
	const other = odd[text.toLowerCase()];
	const both = [text.toLowerCase(), text.toUpperCase()].map((each) => each.charCodeAt(0));
	return other === undefined ? both : [...both, other];
}

let known: ReadonlyMap<number, readonly number[]> | undefined;

/** By what they fold to: characters that differ by case alone. All such are below 0x1f000. */
function cases(): ReadonlyMap<number, readonly number[]> {
	if (known) return known;
	const found = new Map<number, number[]>();
	for (let at = 0x41; at < 0x1_f000; at += 1) {
		const folded = foldOf(at);
		if (folded === at) continue;
		const same = found.get(folded);
		if (same) same.push(at);
		else found.set(folded, [folded, at]);
	}
	known = found;
	return found;
}

/** To one character, so that a word keeps its length; the dotless i is no i to a file system. */
function foldOf(character: number): number {
	if (character === 0x131) return character;
	const text = String.fromCodePoint(character);
	const upper = text.toUpperCase();
	const folded = (single(upper) ? upper : text).toLowerCase();
	return single(folded) ? (folded.codePointAt(0) ?? character) : character;
}

function single(text: string): boolean {
	return text.length === ((text.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
}
