// A dialog as lines: its frame, title and content, in the middle of the screen.
import type { Area } from '../../domain/area.ts';
import type { Glyphs } from '../look/glyphs.ts';
import type { Role } from '../look/theme.ts';
import { bold, fitLine, type Line, lineWidth, span, wrapText } from '../paint/spans.ts';
import type { View } from '../view.ts';

export interface CardContent {
	readonly title: string;
	readonly lines: readonly Line[];
	/** Below the content: the keys of a decision. */
	readonly footer?: Line;
	/** Cells that the content would like to have. */
	readonly width: number;
	readonly tone?: Role;
	/** A text cursor in the content. */
	readonly cursor?: { readonly x: number; readonly y: number };
	/** Where it stands; in the middle where nothing is said. */
	readonly corner?: 'bottom';
	/** The lower part of a frame on the screen, whose sides and lower line it shares. */
	readonly within?: Area;
}

export interface Card {
	readonly area: Area;
	readonly lines: readonly Line[];
	/** On the screen. */
	readonly cursor: { readonly x: number; readonly y: number } | null;
}

/** Fewer cells of what lies under a card are pieces of words and frames. */
const leastBeside = 4;

/** Rows that the content of a card may have on a screen. */
export function cardRows(screenRows: number): number {
	return Math.max(3, screenRows - 7);
}

/** Rows of a card that is read: all between the header and the last lines. */
export function readingRows({ rows, checklist }: Pick<View, 'rows' | 'checklist'>) {
	return Math.max(3, rows - 5 - (checklist.length > 0 ? 1 : 0));
}

/** Cells inside of a card that would like to have so many: all, where few were left beside it. */
export function cardRoom(width: number, screen: { readonly columns: number }): number {
	const all = screen.columns - 4;
	return width > all - 2 * leastBeside ? all : width;
}

/** A sentence in a card, in as many lines as it takes. */
export function sentence(
	text: string,
	width: number,
	screen: { readonly columns: number },
	role?: Role,
): Line[] {
	return wrapText(text, cardRoom(width, screen)).map((line): Line => [span(line, role)]);
}

export function cardOf(
	content: CardContent,
	screen: { readonly columns: number; readonly rows: number },
	glyphs: Glyphs,
): Card {
	const { title, footer, tone = 'borderFocus' } = content;
	const { within } = content;
	const inside = within ? within.width - 4 : cardRoom(content.width, screen);
	const width = inside + 4;
	const keys = footer ? wrapPieces(footer, inside) : [];
	const below = footer ? keys.length + 1 : 0;
	const room = (within ? within.height - 1 : screen.rows - 3) - 1 - below;
	const shown = content.lines.slice(0, Math.max(1, room));
	const { horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight } = glyphs;
	const { teeLeft, teeRight } = glyphs;
	const framed = (line: Line): Line => {
		const fitted = fitLine(line, inside, glyphs.ellipsis);
		const blank = ' '.repeat(Math.max(0, inside - lineWidth(fitted)));
		return [span(`${vertical} `, tone), ...fitted, span(`${blank} ${vertical}`, tone)];
	};
	const head = fitLine([bold(` ${title} `)], width - 4, glyphs.ellipsis);
	const rest = horizontal.repeat(Math.max(0, width - 3 - lineWidth(head)));
	const [left, right] = within ? [teeLeft, teeRight] : [topLeft, topRight];
	const lines: Line[] = [
		[span(left + horizontal, tone), ...head, span(rest + right, tone)],
		...shown.map(framed),
		...(footer ? [[], ...keys].map(framed) : []),
		...(within
			? []
			: [[span(bottomLeft + horizontal.repeat(width - 2) + bottomRight, tone)]]),
	];
	const height = lines.length;
	const area = { ...cornerOf(content, screen, { width, height }), width, height };
	const cursor =
		content.cursor && content.cursor.y < shown.length ? content.cursor : null;
	return {
		area,
		lines,
		cursor: cursor && {
			x: area.x + 2 + Math.min(cursor.x, inside - 1),
			y: area.y + 1 + cursor.y,
		},
	};
}

function cornerOf(
	{ corner, within }: CardContent,
	{ columns, rows }: { readonly columns: number; readonly rows: number },
	{ width, height }: Pick<Area, 'width' | 'height'>,
): Pick<Area, 'x' | 'y'> {
	if (within) return { x: within.x, y: within.y + within.height - 1 - height };
	if (corner === 'bottom') return { x: columns - width - 1, y: rows - 2 - height };
	return {
		x: Math.floor((columns - width) / 2),
		y: Math.max(1, Math.floor((rows - 2 - height) / 2)),
	};
}

/** Pieces of a line that blanks part, in as many lines as they take. */
function wrapPieces(line: Line, width: number): Line[] {
	const lines: Line[] = [];
	let piece: Line = [];
	let last: Line = [];
	const end = () => {
		const joined = [...last, ...piece];
		if (last.length === 0 || lineWidth(joined) <= width) last = joined;
		else {
			lines.push(last);
			last = piece.slice(1);
		}
	};
	for (const part of line) {
		if (part.text.trim() === '' && part.text !== '') {
			end();
			piece = [];
		}
		piece = [...piece, part];
	}
	end();
	return [...lines, last];
}
