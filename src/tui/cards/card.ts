// A dialog as lines: its frame, title and content, in the middle of the screen.
import type { Area } from '../../domain/area.ts';
import type { Glyphs } from '../look/glyphs.ts';
import type { Role } from '../look/theme.ts';
import { bold, fitLine, type Line, lineWidth, span } from '../paint/spans.ts';

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
}

export interface Card {
	readonly area: Area;
	readonly lines: readonly Line[];
	/** On the screen. */
	readonly cursor: { readonly x: number; readonly y: number } | null;
}

/** Rows that the content of a card may have on a screen. */
export function cardRows(screenRows: number): number {
	return Math.max(3, screenRows - 7);
}

export function cardOf(
	content: CardContent,
	screen: { readonly columns: number; readonly rows: number },
	glyphs: Glyphs,
): Card {
	const { title, footer, tone = 'borderFocus' } = content;
	const width = Math.min(content.width + 4, screen.columns - 2);
	const below = footer ? 2 : 0;
	const room = screen.rows - 4 - below;
	const shown = content.lines.slice(0, Math.max(1, room));
	const inside = width - 4;
	const { horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight } = glyphs;
	const framed = (line: Line): Line => {
		const fitted = fitLine(line, inside, glyphs.ellipsis);
		const blank = ' '.repeat(Math.max(0, inside - lineWidth(fitted)));
		return [span(`${vertical} `, tone), ...fitted, span(`${blank} ${vertical}`, tone)];
	};
	const head = fitLine([bold(` ${title} `)], width - 4, glyphs.ellipsis);
	const rest = horizontal.repeat(Math.max(0, width - 3 - lineWidth(head)));
	const lines: Line[] = [
		[span(topLeft + horizontal, tone), ...head, span(rest + topRight, tone)],
		...shown.map(framed),
		...(footer ? [framed([]), framed(footer)] : []),
		[span(bottomLeft + horizontal.repeat(width - 2) + bottomRight, tone)],
	];
	const height = lines.length;
	const bottom = content.corner === 'bottom';
	const area: Area = {
		x: bottom ? screen.columns - width - 1 : Math.floor((screen.columns - width) / 2),
		y: bottom
			? screen.rows - 2 - height
			: Math.max(1, Math.floor((screen.rows - 2 - height) / 2)),
		width,
		height,
	};
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
