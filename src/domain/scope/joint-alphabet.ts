// The letters of several automata that read together: one character stands for all that none of them
// tells apart.
import { dot, slash } from './characters.ts';
import type { Machine } from './machine.ts';

export interface JointAlphabet {
	/** People read paths of them, so each is as plain as there is. */
	readonly characters: readonly number[];
	/** By machine and character. */
	readonly letters: readonly (readonly number[])[];
	/** By machine and letter: which characters are of it. */
	readonly sharing: readonly (readonly (readonly number[])[])[];
}

export function jointAlphabet(machines: readonly Machine[]): JointAlphabet {
	const marks = new Set(ownMarks);
	for (const { alphabet } of machines) for (const mark of alphabet.marks) marks.add(mark);
	const sorted = Uint32Array.from(marks).sort();
	const found = new Map<number, number>();
	const pairs = new Map<number, number>();
	for (const [at, mark] of sorted.entries()) {
		const character = plainest(mark, (sorted[at + 1] ?? 0x11_0000) - 1);
		if (character === null) continue;
		let key = mark === slash ? 1 : mark === dot ? 2 : 0;
		for (const { alphabet } of machines) {
			const pair = key * 2 ** 24 + alphabet.letterOf(character);
			key = pairs.get(pair) ?? pairs.size + 3;
			pairs.set(pair, key);
		}
		const before = found.get(key);
		if (before === undefined || oddity(character) < oddity(before))
			found.set(key, character);
	}
	const characters = [...found.values()].sort(
		(one, other) => oddity(one) - oddity(other),
	);
	const letters = machines.map(({ alphabet }) =>
		characters.map((character) => alphabet.letterOf(character)),
	);
	return { characters, letters, sharing: letters.map(grouped) };
}

/** What paths are made of is apart from the rest, and so is what people like to read. */
const ownMarks = [0, dot, slash, slash + 1, 0x30, 0x3a, 0x61, 0x7b, 0xd800, 0xe000];

/** Null where no path holds one of these: NUL, and halves of characters. */
function plainest(from: number, to: number): number | null {
	if (to === 0 || (from >= 0xd800 && from < 0xe000) || from > 0x10_ffff) return null;
	return Math.max(from, from < 0x21 ? Math.min(to, 0x21) : from);
}

/** Small letters first, then digits, large letters and dots, and what is printed. */
function oddity(character: number): number {
	return oddities[character] ?? character + 0x1000;
}

const oddities = Array.from({ length: 0x7f }, (_, at) => {
	const text = String.fromCharCode(at);
	const kinds = [/[a-z]/, /[0-9]/, /[A-Z_.-]/, /[!-~]/, /^/];
	return at + 0x100 * kinds.findIndex((kind) => kind.test(text));
});

function grouped(letters: readonly number[]): number[][] {
	const groups: number[][] = [];
	for (const [at, letter] of letters.entries()) {
		const group = groups[letter];
		if (group) group.push(at);
		else groups[letter] = [at];
	}
	return groups;
}
