// Where comments stand in a file as it is now: each below the line that it is about, or where that was.
import type { Comment } from '../../domain/review/comment.ts';
import type { NumberedLine } from '../../domain/review/hunk.ts';

export interface PlacedComment {
	readonly comment: Comment;
	/** Its line is there no longer, or says something else. */
	readonly moved: boolean;
}

/** Comments by the line that each stands below; those of lines that are not shown by that of -1. */
export function placeComments(
	comments: readonly Comment[],
	lines: readonly NumberedLine[],
): ReadonlyMap<number, readonly PlacedComment[]> {
	const placed = new Map<number, PlacedComment[]>();
	for (const comment of comments) {
		const same = nearest(lines, comment, ({ text }) => text === comment.quote);
		const at = same >= 0 ? same : nearest(lines, comment, () => true);
		const there = placed.get(at) ?? [];
		placed.set(at, [...there, { comment, moved: same < 0 }]);
	}
	return placed;
}

function nearest(
	lines: readonly NumberedLine[],
	{ side, line }: Comment,
	fits: (line: NumberedLine) => boolean,
): number {
	let found = -1;
	let least = Number.POSITIVE_INFINITY;
	for (const [at, one] of lines.entries()) {
		// What was removed is of the old side alone.
		const number = side === 'new' ? one.new : one.sign === '-' ? one.old : null;
		if (number === null || !fits(one) || Math.abs(number - line) >= least) continue;
		found = at;
		least = Math.abs(number - line);
	}
	return found;
}
