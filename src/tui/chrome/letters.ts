// Which texts typed letters mean, and where in them. A name is known by heart and may be shortened in any
// way; a description only holds the words that were typed, else a few letters are in most of them.

export interface Found {
	/** More is better. */
	readonly score: number;
	/** The characters that match. */
	readonly at: readonly number[];
}

/** Each kind of match is better than any of the next one. */
const tiers = { wordOfName: 4000, partOfName: 3000, lettersOfName: 2000, description: 0 };
/** Shorter than that, what is inside of words is in most descriptions. */
const leastInside = 3;

/** What is found while nothing was typed. */
const everything: Found = { score: 0, at: [] };

/** The letters in order, the first one at the beginning of a word; together counts as better. */
export function findInName(name: string, letters: string): Found | null {
	const text = name.toLowerCase();
	const wanted = letters.trim().toLowerCase();
	if (wanted === '') return everything;
	const whole = wholeIn(text, wanted);
	if (whole !== null) {
		const tier = startsWord(text, whole) ? tiers.wordOfName : tiers.partOfName;
		return { score: tier - whole - text.length / 100, at: run(whole, wanted.length) };
	}
	const all = Array.from(wanted.replaceAll(' ', ''));
	const starts = run(0, text.length).filter((at) => startsWord(text, at));
	return starts
		.map((start) => inOrder(text, all, start))
		.filter((found) => found !== null)
		.reduce<Found | null>(
			(best, one) => (best && best.score >= one.score ? best : one),
			null,
		);
}

/** All that was typed as it is, or each word of it as the beginning of one. */
export function findInDescription(description: string, letters: string): Found | null {
	const text = description.toLowerCase();
	const wanted = letters.trim().toLowerCase();
	if (wanted === '') return everything;
	const whole = wholeIn(text, wanted);
	if (whole !== null && (startsWord(text, whole) || wanted.length >= leastInside)) {
		const score = tiers.description + (startsWord(text, whole) ? 500 : 0) - whole;
		return { score, at: run(whole, wanted.length) };
	}
	const at: number[] = [];
	for (const word of wanted.split(/\s+/)) {
		const starts = run(0, text.length).filter((from) => startsWord(text, from));
		const start = starts.find((from) => text.startsWith(word, from));
		if (start === undefined) return null;
		at.push(...run(start, word.length));
	}
	return { score: tiers.description - (at[0] ?? 0) - text.length, at };
}

function inOrder(text: string, letters: readonly string[], start: number): Found | null {
	const at: number[] = [];
	let score = tiers.lettersOfName;
	for (const letter of letters) {
		const before = at.at(-1);
		const next = text.indexOf(letter, before === undefined ? start : before + 1);
		if (next < 0 || (before === undefined && next !== start)) return null;
		const together = before !== undefined && next === before + 1;
		score += (together ? 5 : 0) + (startsWord(text, next) ? 8 : 0);
		score -= next - (before ?? -1);
		at.push(next);
	}
	return { score, at };
}

/** Where a text stands as it is, at the beginning of a word where possible. */
function wholeIn(text: string, wanted: string): number | null {
	let first: number | null = null;
	for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
		if (startsWord(text, at)) return at;
		first ??= at;
	}
	return first;
}

function startsWord(text: string, at: number): boolean {
	return (
		/[\p{L}\p{N}$]/u.test(text.charAt(at)) && !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))
	);
}

function run(from: number, length: number): number[] {
	return Array.from({ length }, (_, at) => from + at);
}
