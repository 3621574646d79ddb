// Colours of the lines of hunks: each side of a hunk is read as one text.
import type { Hunk, HunkSign } from '../../domain/review/hunk.ts';
import type { Coloured, ColouredLines } from './colours.ts';

/** Of each line of each hunk. */
export type HunkColours = readonly ColouredLines[];

/** The old side and the new one of each hunk. */
export function textsOf(hunks: readonly Hunk[]): readonly string[] {
	return hunks.flatMap((hunk) => [sideOf(hunk, '+'), sideOf(hunk, '-')]);
}

function sideOf({ lines }: Hunk, without: HunkSign): string {
	return lines
		.filter(({ sign }) => sign !== without)
		.map(({ text }) => text.replace(/\r$/, ''))
		.join('\n');
}

/** As `textsOf` gave them out. */
export function coloursOf(
	hunks: readonly Hunk[],
	texts: readonly ColouredLines[],
): HunkColours {
	return hunks.map(({ lines }, hunk) => {
		const olds = texts[hunk * 2]?.values();
		const news = texts[hunk * 2 + 1]?.values();
		const next = (side: IterableIterator<readonly Coloured[]> | undefined) =>
			side?.next().value ?? [];
		return lines.map(({ sign }) => {
			if (sign === '-') return next(olds);
			if (sign === ' ') next(olds);
			return next(news);
		});
	});
}
