// A table of Markdown as columns: each as wide as its widest cell.
import { inline } from './inline-markdown.ts';
import { type StyledLine, span, widthOf, wrap } from './styled-text.ts';

type Side = 'left' | 'right' | 'middle';

/** Also one that is not whole yet. */
export function isTableRow(line: string): boolean {
	return /^\s*\|/.test(line);
}

/**
 * Its lines in so many cells: where they are fewer than it takes, the widest columns give way and their
 * cells go on below. What has no line of dashes below its head is no table, and stands as it is.
 */
export function tableLines(rows: readonly string[], room: number): readonly StyledLine[] {
	const [head = '', dashes = '', ...body] = rows;
	const sides = cellsOf(dashes).map(sideOf);
	if (rows.length < 2 || sides.includes(null))
		return rows.flatMap((row) => wrap(inline(row), room));
	const cells = [head, ...body].map((row) => cellsOf(row).map((cell) => inline(cell)));
	const columns = Math.max(...cells.map(({ length }) => length));
	const wanted = Array.from({ length: columns }, (_, at) =>
		Math.max(1, ...cells.map((row) => widthOf(row[at] ?? []))),
	);
	const widths = within(wanted, room - between.length * (columns - 1));
	const lines = cells.map((row, index) => {
		const shown = widths.map((_, at) => row[at] ?? []);
		return rowLines(index === 0 ? shown.map(strong) : shown, widths, sides);
	});
	const line = [span(widths.map((width) => '─'.repeat(width)).join('─┼─'), 'dim')];
	return lines.toSpliced(1, 0, [line]).flat();
}

const between = ' │ ';

/** The widest give way first, down to a cell. */
function within(wanted: readonly number[], room: number): readonly number[] {
	const widths = [...wanted];
	for (let over = sum(widths) - room; over > 0; over -= 1) {
		const widest = Math.max(...widths);
		if (widest <= 1) break;
		widths[widths.lastIndexOf(widest)] = widest - 1;
	}
	return widths;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((all, one) => all + one, 0);
}

function rowLines(
	row: readonly StyledLine[],
	widths: readonly number[],
	sides: readonly (Side | null)[],
): readonly StyledLine[] {
	const folded = row.map((cell, at) => wrap(cell, widths[at] ?? 1));
	const height = Math.max(...folded.map(({ length }) => length));
	return Array.from({ length: height }, (_, line) =>
		widths.flatMap((width, at): StyledLine => {
			const cell = padded(folded[at]?.[line] ?? [], width, sides[at] ?? 'left');
			return at === 0 ? cell : [span(between, 'dim'), ...cell];
		}),
	);
}

function cellsOf(row: string): readonly string[] {
	const within = row
		.trim()
		.replace(/^\|/, '')
		.replace(/(?<!\\)\|$/, '');
	return within.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** What a cell of the line of dashes says of its column; null where it is none. */
function sideOf(cell: string): Side | null {
	if (!/^:?-+:?$/.test(cell)) return null;
	if (!cell.endsWith(':')) return 'left';
	return cell.startsWith(':') ? 'middle' : 'right';
}

function padded(cell: StyledLine, width: number, side: Side): StyledLine {
	const left = width - widthOf(cell);
	const before = side === 'right' ? left : side === 'middle' ? Math.floor(left / 2) : 0;
	return [span(' '.repeat(before)), ...cell, span(' '.repeat(left - before))];
}

function strong(line: StyledLine): StyledLine {
	return line.map(({ text, style }) => span(text, style === 'plain' ? 'strong' : style));
}
