// A terminal screen as a standalone SVG: a window, each cell at its place, no font embedded.
import type { ScreenCell, TerminalScreen } from '../../tests/support/terminal-screen.ts';
import { boxShapes } from './box-drawing.ts';
import { blend, colourCode, window } from './palette.ts';

const cell = { width: 9, height: 18 };
const margin = 10;
const barHeight = 28;
// DejaVu Sans Mono advances 1233 of 2048 units: at this size a letter is exactly a cell wide. Other
// fonts are fitted by textLength.
const fontSize = (cell.width * 2048) / 1233;
const baseline = 14;
const fonts = "'DejaVu Sans Mono', ui-monospace, Menlo, Consolas, monospace";

/** The picture of what is on the screen now, cursor included; `title` goes into the window's bar. */
export function screenSvg(screen: TerminalScreen, title: string): string {
	const width = screen.columns * cell.width + 2 * margin;
	const height = screen.rows * cell.height + 2 * margin + barHeight;
	const painted = screen
		.cells()
		.map((row, y) => row.map((each, x) => look(each, screen, x, y)));
	const body = [backgrounds(painted), drawings(painted), texts(painted), cursor(screen)];
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
			`viewBox="0 0 ${width} ${height}" font-family="${fonts}" ` +
			`font-size="${fontSize.toFixed(3)}">`,
		frame(width, height, title),
		`<g transform="translate(${margin} ${margin + barHeight})" xml:space="preserve">`,
		...body.filter((part) => part !== ''),
		'</g></svg>\n',
	].join('\n');
}

/** A cell as it is painted: inverse, dim and the block cursor are already worked in. */
interface Look {
	readonly text: string;
	readonly width: number;
	readonly foreground: string;
	readonly background: string;
	readonly style: string;
	readonly decoration: string;
}

function look(from: ScreenCell, screen: TerminalScreen, x: number, y: number): Look {
	const { cursor } = screen;
	const underCursor =
		cursor.visible && cursor.shape < 3 && cursor.x === x && cursor.y === y;
	const own = {
		foreground: colourCode(from.foreground, window.foreground),
		background: colourCode(from.background, window.background),
	};
	const swapped = from.inverse !== underCursor;
	const background = swapped ? own.foreground : own.background;
	const full = swapped ? own.background : own.foreground;
	const styles = [
		from.bold && 'font-weight="bold"',
		from.italic && 'font-style="italic"',
	];
	const lines = [from.underline && 'underline', from.strike && 'line-through'];
	return {
		text: from.invisible ? '' : from.text.trimEnd(),
		width: from.width,
		foreground: from.dim ? blend(full, background, 0.55) : full,
		background,
		style: styles.filter(Boolean).join(' '),
		decoration: lines.filter(Boolean).join(' '),
	};
}

function frame(width: number, height: number, title: string): string {
	const dots = window.dots.map(
		(colour, at) => `<circle cx="${20 + at * 20}" cy="15" r="6" fill="${colour}"/>`,
	);
	const outline = `width="${width - 1}" height="${height - 1}" rx="8"`;
	return [
		`<rect x=".5" y=".5" ${outline} fill="${window.background}"/>`,
		`<path d="M.5 ${barHeight}v-19.5a8 8 0 0 1 8-8h${width - 17}a8 8 0 0 1 8 8v19.5z" ` +
			`fill="${window.bar}"/>`,
		...dots,
		`<text x="${width / 2}" y="19" text-anchor="middle" font-size="12" ` +
			`fill="${window.title}">${escaped(title)}</text>`,
		`<rect x=".5" y=".5" ${outline} fill="none" stroke="${window.edge}"/>`,
	].join('\n');
}

function backgrounds(rows: readonly Look[][]): string {
	const rectangles = rows.flatMap((row, y) =>
		runs(row, (first, next) => first.background === next.background)
			.filter(({ first }) => first.background !== window.background)
			.map(({ first, x, length }) => {
				const size = `width="${length * cell.width}" height="${cell.height}"`;
				const place = `x="${x * cell.width}" y="${y * cell.height}"`;
				return `<rect ${place} ${size} fill="${first.background}"/>`;
			}),
	);
	return grouped('shape-rendering="crispEdges"', rectangles);
}

// One path for all strokes and fills of a kind: a border of a thousand cells stays small.
function drawings(rows: readonly Look[][]): string {
	const paths = new Map<string, string[]>();
	eachLook(rows, (each, x, y) => {
		const place = { x: x * cell.width, y: y * cell.height };
		for (const shape of boxShapes(each.text, { ...place, ...cell }) ?? []) {
			const paint =
				shape.width > 0
					? `fill="none" stroke="${each.foreground}" stroke-width="${shape.width}"`
					: `fill="${each.foreground}" fill-opacity="${shape.opacity}"`;
			const list = paths.get(paint) ?? [];
			list.push(shape.path);
			paths.set(paint, list);
		}
	});
	const elements = Array.from(
		paths,
		([paint, list]) => `<path ${paint} d="${list.join('')}"/>`,
	);
	return elements.join('\n');
}

function texts(rows: readonly Look[][]): string {
	return rows
		.flatMap((row, y) =>
			runs(row, joins)
				.filter(({ first }) => isText(first) || first.decoration !== '')
				.map(({ first, x, length, text }) => {
					const attributes = [`fill="${first.foreground}"`, first.style];
					if (first.decoration) attributes.push(`text-decoration="${first.decoration}"`);
					attributes.push(position(first, x, y, length));
					const shown = escaped(text || ' '.repeat(length));
					return `<text ${attributes.filter(Boolean).join(' ')}>${shown}</text>`;
				}),
		)
		.join('\n');
}

// Letters run together and are fitted to their cells; anything else stands in the middle of its own.
function position(first: Look, x: number, y: number, length: number): string {
	const line = `y="${y * cell.height + baseline}"`;
	if (isPlain(first) || first.text === '') {
		const fit = `textLength="${length * cell.width}" lengthAdjust="spacingAndGlyphs"`;
		return `x="${x * cell.width}" ${line} ${fit}`;
	}
	const middle = (x + Math.max(first.width, 1) / 2) * cell.width;
	return `x="${middle}" ${line} text-anchor="middle"`;
}

function joins(first: Look, next: Look): boolean {
	const alike =
		first.foreground === next.foreground &&
		first.style === next.style &&
		first.decoration === next.decoration;
	if (!alike) return false;
	return isPlain(first) ? isPlain(next) : first.text === '' && next.text === '';
}

function isPlain({ text }: Look): boolean {
	return /^[!-~]$/.test(text);
}

function isText({ text }: Look): boolean {
	return text !== '' && boxShapes(text, { x: 0, y: 0, ...cell }) === undefined;
}

// The other shapes; a block is already worked into its cell.
function cursor(screen: TerminalScreen): string {
	const { x, y, visible, shape } = screen.cursor;
	if (!visible || shape < 3) return '';
	const size =
		shape < 5 ? { width: cell.width, height: 2 } : { width: 2, height: cell.height };
	const top = (y + 1) * cell.height - size.height;
	const place = `x="${x * cell.width}" y="${top}"`;
	return `<rect ${place} width="${size.width}" height="${size.height}" fill="${window.foreground}"/>`;
}

interface Run {
	readonly first: Look;
	readonly x: number;
	readonly length: number;
	readonly text: string;
}

function runs(row: readonly Look[], same: (first: Look, next: Look) => boolean): Run[] {
	const found: Run[] = [];
	row.forEach((each, x) => {
		const last = found.at(-1);
		if (last && same(last.first, each)) {
			const grown = { length: last.length + 1, text: last.text + each.text };
			found[found.length - 1] = { ...last, ...grown };
		} else found.push({ first: each, x, length: 1, text: each.text });
	});
	return found;
}

function eachLook(
	rows: readonly Look[][],
	visit: (each: Look, x: number, y: number) => void,
): void {
	rows.forEach((row, y) => row.forEach((each, x) => visit(each, x, y)));
}

function grouped(attributes: string, elements: readonly string[]): string {
	return elements.length === 0 ? '' : `<g ${attributes}>${elements.join('\n')}</g>`;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
