// The files of a review, one a row: how each came to differ, its name, its lines.

import { textWidth } from '../../lib/cell-width.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { ReviewFile } from '../../protocol/review.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { bold, type Line, lineWidth, markSpan, type Span, span } from '../paint/spans.ts';
import type { ListedFiles } from './reviewed.ts';

export interface ListFacts {
	readonly width: number;
	readonly height: number;
	readonly glyphs: Glyphs;
	readonly isViewed: (file: ReviewFile) => boolean;
	/** Comments on it that were not sent. */
	readonly unsent: (file: ReviewFile) => number;
}

export function listTitle({ files, at }: ListedFiles, filter: string): Line {
	const where = files.length === 0 ? '' : ` ${at + 1} of ${files.length} `;
	return [
		bold(' files '),
		...(filter === '' ? [] : [span(`/${visibleText(filter)} `, 'warn')]),
		span(where, 'dim'),
	];
}

/** The first file that is shown in so many rows. */
export function firstListed({ files, at }: ListedFiles, rows: number): number {
	const last = Math.max(0, files.length - rows);
	return Math.max(0, Math.min(at - Math.floor(rows / 2), last));
}

export function listLines(listed: ListedFiles, facts: ListFacts): readonly Line[] {
	const first = firstListed(listed, facts.height);
	return listed.files
		.slice(first, first + facts.height)
		.map((file, row) => fileLine(file, first + row === listed.at, facts));
}

function fileLine(file: ReviewFile, chosen: boolean, facts: ListFacts): Line {
	const { width, glyphs, isViewed, unsent } = facts;
	const comments = unsent(file);
	const right: Line = [
		...(comments > 0 ? [bold(`${comments}c `, 'need')] : []),
		...countSpans(file),
	];
	const viewed = isViewed(file);
	const left: Line = [
		markSpan(glyphs.focusBar, chosen),
		viewed ? span(`${glyphs.done} `, 'good') : span(`${glyphs.unknown} `, 'dim'),
		span(`${file.letter} `, letterRole[file.letter]),
	];
	const room = Math.max(1, width - lineWidth(left) - lineWidth(right) - 1);
	const name = tailOf(nameOf(file), room, glyphs.ellipsis);
	const gap = ' '.repeat(Math.max(0, room - textWidth(name)) + 1);
	return [
		...left,
		chosen ? bold(name) : span(name, viewed ? 'dim' : undefined),
		span(gap),
		...right,
	];
}

const letterRole = {
	A: 'added',
	D: 'removed',
	M: 'dim',
	R: 'accent',
	T: 'warn',
} as const satisfies Record<ReviewFile['letter'], Span['role']>;

function nameOf({ path }: ReviewFile): string {
	return visibleText(path).replaceAll('\t', '\\t');
}

function countSpans({ added, removed, outside }: ReviewFile): Line {
	const counts: Span[] = [
		...(added ? [span(`+${added}`, 'added')] : []),
		...(removed ? [span(`-${removed}`, 'removed')] : []),
		...(added === null ? [span('bin', 'dim')] : []),
	];
	return [...counts, outside ? bold('!', 'warn') : span(' ')];
}

/** The end of a path says more than its beginning. */
export function tailOf(text: string, width: number, ellipsis: string): string {
	if (textWidth(text) <= width) return text;
	const characters = Array.from(text);
	while (characters.length > 0 && textWidth(characters.join('')) > width - 1)
		characters.shift();
	return ellipsis + characters.join('');
}
