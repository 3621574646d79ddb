// The text of one line of a hunk in pieces: by what the source text is, and the words that are other ones.
import type { Hunk, HunkSign } from '../../domain/review/hunk.ts';
import { changedWords, type Stretch } from '../../domain/review/word-diff.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { Role } from '../look/theme.ts';
import type { Line, Span } from '../paint/spans.ts';
import type { Coloured } from '../syntax/colours.ts';

const made = new WeakMap<Hunk, readonly (readonly Stretch[])[]>();

/** What of a line of a hunk has changed. */
export function wordsOf(hunk: Hunk, at: number): readonly Stretch[] {
	const known = made.get(hunk) ?? changedWords(hunk.lines);
	made.set(hunk, known);
	return known[at] ?? [];
}

export const signRole = {
	' ': undefined,
	'+': 'added',
	'-': 'removed',
} as const satisfies Record<HunkSign, Role | undefined>;

/** Words that are other ones are in the colour of their side, whatever they are. */
export function lineSpans(
	{ sign, text }: { readonly sign: HunkSign; readonly text: string },
	words: readonly Stretch[],
	colours: readonly Coloured[],
): Line {
	const role = signRole[sign];
	const borders = new Set([0, text.length]);
	for (const { from, to } of [...words, ...colours]) {
		borders.add(Math.min(from, text.length));
		borders.add(Math.min(to, text.length));
	}
	const cuts = [...borders].toSorted((one, other) => one - other);
	const within = ({ from, to }: Stretch, at: number) => at >= from && at < to;
	return cuts.slice(0, -1).map((from, cut): Span => {
		const piece = shownText(text.slice(from, cuts[cut + 1]));
		const other = words.some((word) => within(word, from));
		if (other) return { text: piece, role, inverse: true };
		const colour = colours.find((one) => within(one, from));
		return { text: piece, role: colour?.role ?? role };
	});
}

const tabCells = 4;

/** Fit to be shown: what could move a cursor can be seen. */
export function shownText(text: string): string {
	return visibleText(text).replaceAll('\t', ' '.repeat(tabCells));
}
