// Which words of a changed line are other ones: between the lines that went and those that came in their
// place.
import type { HunkLine } from './hunk.ts';

/** From a character on, up to another. */
export interface Stretch {
	readonly from: number;
	readonly to: number;
}

/** For each line of a hunk, what of it has changed; nothing of lines that have no counterpart. */
export function changedWords(
	lines: readonly HunkLine[],
): readonly (readonly Stretch[])[] {
	const found: (readonly Stretch[])[] = lines.map(() => []);
	for (let at = 0; at < lines.length; ) {
		const removed = runOf(lines, at, '-');
		const added = runOf(lines, removed, '+');
		// Line by line, as long as both have one.
		const pairs = Math.min(removed - at, added - removed);
		for (let pair = 0; pair < pairs; pair += 1) {
			const [one, other] = [lines[at + pair], lines[removed + pair]];
			if (!one || !other) continue;
			const [before, after] = between(one.text, other.text);
			found[at + pair] = before;
			found[removed + pair] = after;
		}
		at = Math.max(added, at + 1);
	}
	return found;
}

function runOf(lines: readonly HunkLine[], from: number, sign: string): number {
	let at = from;
	while (lines[at]?.sign === sign) at += 1;
	return at;
}

/** Longer lines are compared by their ends alone. */
const mostWords = 300;
/** Lines that share less are two different lines: nothing of them stands out. */
const leastShared = 0.3;

function between(
	one: string,
	other: string,
): readonly [readonly Stretch[], readonly Stretch[]] {
	const [olds, news] = [wordsOf(one), wordsOf(other)];
	let first = 0;
	while (first < olds.length && olds[first] === news[first]) first += 1;
	let last = 0;
	while (
		last < Math.min(olds.length, news.length) - first &&
		olds[olds.length - 1 - last] === news[news.length - 1 - last]
	)
		last += 1;
	const before = olds.slice(first, olds.length - last);
	const after = news.slice(first, news.length - last);
	const kept =
		before.length > mostWords || after.length > mostWords
			? { olds: new Set<number>(), news: new Set<number>() }
			: common(before, after);
	const oldWords = stretches(olds, (at) => isChanged(at, first, before, kept.olds));
	const newWords = stretches(news, (at) => isChanged(at, first, after, kept.news));
	const shared = sharedPart(one, oldWords) + sharedPart(other, newWords);
	return shared < leastShared * 2 ? [[], []] : [oldWords, newWords];
}

function isChanged(
	at: number,
	first: number,
	middle: readonly string[],
	kept: ReadonlySet<number>,
): boolean {
	const place = at - first;
	return place >= 0 && place < middle.length && !kept.has(place);
}

/** Of what can be read; a line of blanks shares nothing. */
function sharedPart(text: string, changed: readonly Stretch[]): number {
	const readable = text.replaceAll(/\s/g, '').length;
	const other = changed.reduce(
		(sum, { from, to }) => sum + text.slice(from, to).replaceAll(/\s/g, '').length,
		0,
	);
	return readable === 0 ? 0 : 1 - other / readable;
}

/** Words, blanks, and signs one by one, each with the marks that belong to it. */
const words =
	/[\p{L}\p{N}\p{M}_]+|\s+|.[\p{M}\p{Emoji_Modifier}]*(?:\u200d.[\p{M}\p{Emoji_Modifier}]*)*/gsu;

function wordsOf(text: string): readonly string[] {
	return text.match(words) ?? [];
}

/** The places of the longest sequence of words that both have. */
function common(
	olds: readonly string[],
	news: readonly string[],
): { readonly olds: ReadonlySet<number>; readonly news: ReadonlySet<number> } {
	const width = news.length + 1;
	const lengths = new Uint16Array((olds.length + 1) * width);
	const length = (one: number, other: number) => lengths[one * width + other] ?? 0;
	for (let one = olds.length - 1; one >= 0; one -= 1)
		for (let other = news.length - 1; other >= 0; other -= 1)
			lengths[one * width + other] =
				olds[one] === news[other]
					? length(one + 1, other + 1) + 1
					: Math.max(length(one + 1, other), length(one, other + 1));
	const kept = { olds: new Set<number>(), news: new Set<number>() };
	for (let one = 0, other = 0; one < olds.length && other < news.length; ) {
		if (olds[one] === news[other]) {
			kept.olds.add(one);
			kept.news.add(other);
			one += 1;
			other += 1;
		} else if (length(one + 1, other) >= length(one, other + 1)) one += 1;
		else other += 1;
	}
	return kept;
}

function stretches(
	words: readonly string[],
	changed: (at: number) => boolean,
): readonly Stretch[] {
	const found: { from: number; to: number }[] = [];
	let from = 0;
	for (const [at, word] of words.entries()) {
		const to = from + word.length;
		const last = found.at(-1);
		if (changed(at) && last?.to === from) last.to = to;
		else if (changed(at)) found.push({ from, to });
		from = to;
	}
	return found;
}
