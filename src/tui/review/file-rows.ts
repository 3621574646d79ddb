// The rows of one file of a review: the head of each hunk, its lines, and comments below them.
import type { Comment } from '../../domain/review/comment.ts';
import { type Hunk, type NumberedLine, numbered } from '../../domain/review/hunk.ts';
import { type PlacedComment, placeComments } from './comment-place.ts';
import type { Spot } from './review-view.ts';

export type FileRow =
	| { readonly kind: 'head'; readonly hunk: number; readonly of: Hunk }
	| {
			readonly kind: 'line';
			readonly hunk: number;
			/** Of the lines of the hunk. */
			readonly at: number;
			readonly line: NumberedLine;
	  }
	| ({ readonly kind: 'comment'; readonly hunk: number } & PlacedComment);

let made: {
	readonly hunks: readonly Hunk[];
	readonly comments: readonly Comment[];
	readonly rows: readonly FileRow[];
} = { hunks: [], comments: [], rows: [] };

/** Of the file that is looked at; those of the last one are kept. */
export function fileRows(
	hunks: readonly Hunk[],
	comments: readonly Comment[],
): readonly FileRow[] {
	if (made.hunks === hunks && made.comments === comments) return made.rows;
	const numbers = hunks.map(numbered);
	const placed = placeComments(comments, numbers.flat());
	let at = -1;
	const below = (hunk: number): FileRow[] =>
		(placed.get(at) ?? []).map((one) => ({ kind: 'comment', hunk, ...one }));
	const rows = hunks.flatMap((of, hunk): FileRow[] => [
		{ kind: 'head', hunk, of },
		...(hunk === 0 ? below(0) : []),
		...(numbers[hunk] ?? []).flatMap((line, place): FileRow[] => {
			at += 1;
			return [{ kind: 'line', hunk, at: place, line }, ...below(hunk)];
		}),
	]);
	made = { hunks, comments, rows };
	return rows;
}

/** What of a row finds it again. */
export function spotOf(row: FileRow): Spot {
	if (row.kind === 'head')
		return { sign: '@', line: Math.max(1, row.of.new), text: row.of.heading };
	if (row.kind === 'comment')
		return { sign: '#', line: lineOf(row), text: row.comment.id };
	const { sign, text } = row.line;
	return { sign, line: lineOf(row), text };
}

/** The line of the new side, or of the old one where there is none. */
export function lineOf(row: FileRow): number {
	if (row.kind === 'head') return Math.max(1, row.of.new);
	if (row.kind === 'comment') return row.comment.line;
	return row.line.new ?? row.line.old ?? 1;
}

/**
 * Where a spot is by now: the row that says the same, of several the nearest one; where none does, the
 * row of that number. The first row that can be read where there is no spot.
 */
export function rowAt(rows: readonly FileRow[], spot: Spot | null): number {
	if (rows.length === 0) return -1;
	if (!spot) return firstChange(rows);
	let same = -1;
	let near = 0;
	const away = (at: number) => {
		const row = rows[at];
		return row ? Math.abs(lineOf(row) - spot.line) : Number.POSITIVE_INFINITY;
	};
	for (const [at, row] of rows.entries()) {
		const { sign, text } = spotOf(row);
		if (sign === spot.sign && text === spot.text && away(at) < away(same)) same = at;
		if (row.kind === 'line' && away(at) < away(near)) near = at;
	}
	return same >= 0 ? same : near;
}

/** The first line that differs. */
function firstChange(rows: readonly FileRow[]): number {
	return Math.max(
		0,
		rows.findIndex((row) => row.kind === 'line' && row.line.sign !== ' '),
	);
}

/** The row that a hunk is entered at: its first line that differs. */
export function entryOf(rows: readonly FileRow[], hunk: number): number {
	return rows.findIndex(
		(row) => row.hunk === hunk && row.kind === 'line' && row.line.sign !== ' ',
	);
}
