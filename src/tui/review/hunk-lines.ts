// The file under the cursor, as lines of the screen: those around the cursor.
import type { Comment, CommentStanding } from '../../domain/review/comment.ts';
import type { Hunk, HunkPlace } from '../../domain/review/hunk.ts';
import { textWidth } from '../../lib/cell-width.ts';
import { counted } from '../../lib/counted.ts';
import { fitText } from '../../lib/fit-text.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { HunksJson, ReviewFile } from '../../protocol/review.ts';
import type { Glyphs } from '../look/glyphs.ts';
import type { Role } from '../look/theme.ts';
import {
	bold,
	fitLine,
	type Line,
	markSpan,
	type Span,
	span,
	wrapText,
} from '../paint/spans.ts';
import type { HunkColours } from '../syntax/hunk-colours.ts';
import type { FileRow } from './file-rows.ts';
import { lineSpans, shownText, signRole, wordsOf } from './line-spans.ts';
import { tailOf } from './list-lines.ts';

export interface FileFacts {
	readonly rows: readonly FileRow[];
	/** The row of the cursor. */
	readonly at: number;
	/** Of source text; null where there are none. */
	readonly colours: HunkColours | null;
	/** Where each hunk has come to, as far as that is known. */
	readonly places: readonly HunkPlace[];
	readonly standing: (comment: Comment) => CommentStanding;
	readonly wrap: boolean;
	readonly width: number;
	readonly height: number;
	readonly glyphs: Glyphs;
}

/** `src/api/login.ts  hunk 2/5` */
export function fileTitle(
	file: ReviewFile,
	hunks: HunksJson | null,
	{ rows, at, width, glyphs }: Pick<FileFacts, 'rows' | 'at' | 'width' | 'glyphs'>,
): Line {
	const { length } = hunks?.hunks ?? [];
	const row = rows[at];
	const where = row ? `hunk ${row.hunk + 1}/${length} ` : '';
	const from = file.from === null ? '' : `${visibleText(file.from)} > `;
	const room = Math.max(8, width - textWidth(where) - 4);
	return [
		bold(` ${tailOf(from + visibleText(file.path), room, glyphs.ellipsis)}  `),
		span(where, 'dim'),
	];
}

export function fileLines(
	file: ReviewFile,
	hunks: HunksJson,
	facts: FileFacts,
): readonly Line[] {
	const notes = notesOf(file, hunks).map((text): Line => [span(text, 'dim')]);
	const { rows } = facts;
	const height = facts.height - notes.length;
	const gutter = String(Math.max(0, ...rows.slice(-1).map(lastNumber))).length;
	const crlf = rows.every(endsInReturn);
	return [...notes, ...around({ ...facts, hunks: hunks.hunks, height, gutter, crlf })];
}

const noHunk: Hunk = { old: 0, new: 0, heading: '', lines: [] };

interface DrawnFacts extends FileFacts {
	readonly hunks: readonly Hunk[];
	/** Cells of the numbers. */
	readonly gutter: number;
	/** Every line ends in a carriage return: none needs to be told of. */
	readonly crlf: boolean;
}

function endsInReturn(row: FileRow): boolean {
	return row.kind !== 'line' || row.line.open === true || row.line.text.endsWith('\r');
}

function lastNumber(row: FileRow): number {
	return row.kind === 'line' ? Math.max(row.line.new ?? 0, row.line.old ?? 0) : 0;
}

/** What no line of it says. */
function notesOf({ old, new: now }: ReviewFile, hunks: HunksJson): readonly string[] {
	const kinds = [old, now].map((side) => (side ? (kindOfMode[side.mode] ?? null) : null));
	const [before, after] = kinds;
	return [
		...(old && now && old.mode !== now.mode ? [`mode ${old.mode} > ${now.mode}`] : []),
		...(before === 'submodule' || after === 'submodule'
			? [
					`submodule ${old?.object.slice(0, 12) ?? 'none'} > ${now?.object.slice(0, 12) ?? 'none'}`,
				]
			: []),
		...(after === 'link' || (now === null && before === 'link')
			? ['a symbolic link: its content is where it leads']
			: []),
		...(hunks.without === 'binary' ? ['a binary file'] : []),
		...(hunks.without === 'large' ? ['too large to be shown here'] : []),
		...(hunks.dropped > 0
			? [`${counted(hunks.dropped, 'line')} more than are shown here`]
			: []),
		...(hunks.hunks.length === 0 && hunks.without === null && !kinds.includes('submodule')
			? [now === null || old === null ? 'an empty file' : 'no line differs']
			: []),
	];
}

const kindOfMode: Readonly<Record<string, 'link' | 'submodule'>> = {
	'120000': 'link',
	'160000': 'submodule',
};

/** As many rows around the cursor as fit. */
function around(facts: DrawnFacts): readonly Line[] {
	const { rows } = facts;
	const drawn = (at: number): readonly Line[] => {
		const row = rows[at];
		return row ? rowLines(row, at === facts.at, facts) : [];
	};
	const shown: (readonly Line[])[] = facts.at < 0 ? [] : [drawn(facts.at)];
	let [first, end] = [facts.at, facts.at + 1];
	let [above, below] = [0, shown[0]?.length ?? 0];
	const half = Math.floor(facts.height / 2);
	// Above up to the middle, then all that fits below, then what is left above.
	for (const most of [half, facts.height]) {
		while (first > 0 && above < most && above + below < facts.height) {
			const lines = drawn(first - 1);
			shown.unshift(lines);
			above += lines.length;
			first -= 1;
		}
		while (end < rows.length && above + below < facts.height) {
			const lines = drawn(end);
			shown.push(lines);
			below += lines.length;
			end += 1;
		}
	}
	// The cursor stays to be seen where the rows above it are taller than there is room.
	return shown.flat().slice(Math.max(0, above + drawn(facts.at).length - facts.height));
}

function rowLines(row: FileRow, chosen: boolean, facts: DrawnFacts): readonly Line[] {
	const { width, glyphs, wrap, gutter, crlf } = facts;
	const mark = markSpan(glyphs.focusBar, chosen);
	if (row.kind === 'head')
		return [[mark, ...headSpans(row, facts.places[row.hunk], width - 1, glyphs)]];
	if (row.kind === 'comment') return commentLines(row, mark, facts);
	const { sign, open = false, old, new: now } = row.line;
	const role = signRole[sign];
	const number = String(now ?? old ?? '').padStart(gutter);
	const lead: Line = [mark, span(`${number} `, role ?? 'dim'), span(`${sign} `, role)];
	const room = Math.max(1, width - gutter - 4);
	const text = crlf ? row.line.text.replace(/\r$/, '') : row.line.text;
	const body: Line = [
		...lineSpans(
			{ sign, text: text.replace(/\r$/, '') },
			wordsOf(facts.hunks[row.hunk] ?? noHunk, row.at),
			facts.colours?.[row.hunk]?.[row.at] ?? [],
		),
		...(text.endsWith('\r') ? [span('^M', role)] : []),
	];
	const ends: Line = open ? [span(' (no newline at the end)', 'dim')] : [];
	if (!wrap) return [[...lead, ...fitLine([...body, ...ends], room, glyphs.ellipsis)]];
	const blank: Line = [mark, span(' '.repeat(gutter + 3))];
	return wrapSpans([...body, ...ends], room).map((part, at) => [
		...(at === 0 ? lead : blank),
		...part,
	]);
}

/** `┆ you: add a test   unsent` */
function commentLines(
	{ comment, moved }: Extract<FileRow, { kind: 'comment' }>,
	mark: Span,
	{ width, gutter, standing, glyphs }: DrawnFacts,
): readonly Line[] {
	const word = moved && standing(comment) === 'returned' ? 'moved' : standing(comment);
	const lead = ' '.repeat(gutter + 1);
	const room = Math.max(1, width - gutter - 6);
	const texts = wrapText(`you: ${visibleLines(comment.text)}`, room);
	return [
		...texts.map(
			(text, at): Line => [
				at === 0 ? mark : span(' '),
				span(`${lead}${glyphs.vertical} `, 'accent'),
				span(text, 'need'),
			],
		),
		[span(` ${lead}${glyphs.vertical} `, 'accent'), span(standingWords[word], 'dim')],
	];
}

const standingWords = {
	unsent: 'not sent yet',
	waits: 'sent, until it is idle',
	returned: 'returned',
	moved: 'addressed?',
} as const;

function visibleLines(text: string): string {
	return text.split('\n').map(visibleText).join('\n');
}

function headSpans(
	{ of }: Extract<FileRow, { kind: 'head' }>,
	place: HunkPlace | undefined,
	width: number,
	glyphs: Glyphs,
): Line {
	const text = `@@ ${of.new}  ${shownText(of.heading)}`.trimEnd();
	const said = place === undefined ? '' : `  ${placeWords[place].text}`;
	const room = Math.max(1, width - textWidth(said));
	return [
		span(fitText(text, room, glyphs.ellipsis), 'accent'),
		...(place === undefined ? [] : [span(said, placeWords[place].role)]),
	];
}

const placeWords = {
	committed: { text: 'committed', role: 'dim' },
	staged: { text: 'staged', role: 'good' },
	partly: { text: 'partly staged', role: 'warn' },
	unstaged: { text: 'not staged', role: 'dim' },
} as const satisfies Record<HunkPlace, { readonly text: string; readonly role: Role }>;

/** Cut anywhere: the words of a program mean nothing to the screen. */
function wrapSpans(line: Line, width: number): readonly Line[] {
	const lines: Span[][] = [[]];
	let left = width;
	for (const piece of line) {
		let rest = piece.text;
		while (rest !== '') {
			const part = fitText(rest, left, '');
			if (part === '' && left === width) break;
			if (part !== '') lines.at(-1)?.push({ ...piece, text: part });
			rest = rest.slice(part.length);
			left -= textWidth(part);
			if (rest === '') continue;
			lines.push([]);
			left = width;
		}
	}
	return lines;
}

/** What is said where nothing is listed. */
export function emptyLines(text: string, width: number): readonly Line[] {
	return wrapText(text, width - 2).map((line) => [span(` ${line}`, 'dim')]);
}
