// Rows of a holder as cells of a grid. A holder may be another machine and its bytes an agent's, so
// nothing is believed: what a terminal would not draw in exactly the cells claimed is replaced.
import {
	clusters,
	clusterWidth,
	codePointWidth,
	isInvisible,
	isLatelyWide,
} from '../../lib/cell-width.ts';
import type { ScreenRow, UnderlineRun } from '../../protocol/rows.ts';
import { cellWords } from '../../protocol/rows.ts';
import { Background, codePointMask, combinedFlag, Foreground, widthOf } from './cell.ts';
import type { CellExtra, CellLink, CellTable } from './cell-table.ts';
import type { Grid } from './screen.ts';

const space = 0x20;
const replacement = 0xfffd;
/** Code units of a cluster; emoji sequences are far shorter. */
const longestCluster = 64;
const longestLink = 2048;
const backgroundFlags = ~(Background.extended | Background.protected);

/** Replaces row `y` of the grid. `owner` keeps the links of one pane apart from another's. */
export function writeRow(grid: Grid, y: number, row: ScreenRow, owner: string): void {
	const { cells } = row;
	const extras = extrasOf(row, owner);
	const texts = row.clusters.length > 0 ? new Map(row.clusters) : undefined;
	const count = Math.min(grid.columns, Math.floor(cells.length / cellWords));
	const style = { foreground: 0, background: 0, extra: 0 };
	let x = 0;
	while (x < count) {
		const content = cells[x * cellWords] ?? 0;
		style.foreground = cells[x * cellWords + 1] ?? 0;
		style.background = (cells[x * cellWords + 2] ?? 0) & backgroundFlags;
		const extra = extras?.get(x);
		style.extra = extra ? grid.table.extra(extra) : 0;
		const width = widthOf(content) === 2 && x + 1 < grid.columns ? 2 : 1;
		const glyph = glyphOf(grid.table, content, texts?.get(x), width);
		const filled = width === 2 ? filledBy(glyph, content) : 1;
		if (filled < width) grid.put(x + 1, y, space, 1, style);
		grid.put(x, y, glyph, filled, style);
		x += width;
	}
	grid.erase({ x, y, width: grid.columns - x, height: 1 });
}

/**
 * The glyph of a cluster for `Grid.put`: its code point, or its number in the table with the
 * combined flag; a space where a terminal would take more than `width` cells or draw nothing.
 */
export function clusterGlyph(table: CellTable, cluster: string, width: number): number {
	const first = cluster.codePointAt(0) ?? space;
	if (cluster.length <= 2 && cluster.length === String.fromCodePoint(first).length)
		return codePointGlyph(first, width);
	const text = harmless(cluster.slice(0, longestCluster));
	const [only = '', ...more] = clusters(text);
	const drawn = clusterWidth(only);
	if (more.length > 0 || drawn > width || drawn === 0)
		return codePointGlyph(first, width);
	return table.cluster(only) | combinedFlag;
}

/** The address of a link if it may be passed on to the user's terminal, else null. */
export function harmlessLink(uri: string): string | null {
	if (uri.length > longestLink) return null;
	return /^(?:https?|file|mailto):[!-~]+$/i.test(uri) ? uri : null;
}

function glyphOf(
	table: CellTable,
	content: number,
	text: string | undefined,
	width: number,
): number {
	if (widthOf(content) === 0) return space;
	if (content & combinedFlag) return clusterGlyph(table, text ?? '', width);
	return codePointGlyph(content & codePointMask, width);
}

// Of two cells. A cluster that is not believed is drawn by its first sign, which may take only one:
// beside it stands a blank of its style.
function filledBy(glyph: number, content: number): number {
	if (glyph === space) return 1;
	const isReplaced = (content & combinedFlag) !== 0 && (glyph & combinedFlag) === 0;
	return isReplaced ? codePointWidth(glyph) : 2;
}

function codePointGlyph(codePoint: number, width: number): number {
	if (codePoint >= space && codePoint < 0x7f) return codePoint;
	if (codePoint > 0x10ffff) return width === 1 ? replacement : space;
	if (isInvisible(codePoint)) return space;
	if (codePointWidth(codePoint) <= width || isLatelyWide(codePoint)) return codePoint;
	return replacement;
}

// Zero-width joiners and tags belong to emoji. All other formats are dropped, above all those that
// reverse the direction of text.
function harmless(cluster: string): string {
	const marks =
		/[\p{Control}\p{Surrogate}\p{Zl}\p{Zp}]|(?!\p{Join_Control}|[\u{e0020}-\u{e007f}])\p{Format}/gu;
	return cluster.replaceAll(marks, '');
}

// Extras by column; undefined where the row has none.
function extrasOf(row: ScreenRow, owner: string): Map<number, CellExtra> | undefined {
	if (row.underlines.length === 0 && row.links.length === 0) return undefined;
	const underlines = new Map(row.underlines.map((run) => [run.column, run]));
	const links = new Map(row.links);
	const found = new Map<number, CellExtra>();
	for (const column of new Set([...underlines.keys(), ...links.keys()])) {
		const foreground = row.cells[column * cellWords + 1] ?? 0;
		const run = foreground & Foreground.underline ? underlines.get(column) : undefined;
		const uri = links.get(column);
		found.set(column, {
			underlineStyle: styleOf(run),
			underlineColour: run?.colour ?? 0,
			link: uri === undefined ? null : linkOf(uri, owner),
		});
	}
	return found;
}

// Single is what the underline flag alone says.
function styleOf(run: UnderlineRun | undefined): number {
	const style = run?.style ?? 0;
	return style >= 2 && style <= 5 ? style : 0;
}

function linkOf(uri: string, owner: string): CellLink | null {
	const address = harmlessLink(uri);
	return address === null ? null : { id: `${owner}-${hash(address)}`, uri: address };
}

// FNV-1a, 32 bits: short ids that are the same for the same address.
function hash(text: string): string {
	let value = 0x811c9dc5;
	for (let at = 0; at < text.length; at += 1)
		value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
	return (value >>> 0).toString(36);
}
