// What Ink draws as cells, over the frames of the panes. It is text with colours (SGR) and perhaps links
// (OSC 8) and nothing else; whatever else is found is dropped. Only rows that changed are read.
import { holds } from '../../domain/area.ts';
import { clusters, clusterWidth } from '../../lib/cell-width.ts';
import { styleSequence } from '../look/style-sequence.ts';
import type { Role, RoleStyle, Theme } from '../look/theme.ts';
import { Background, ColourMode, colourMask, Foreground } from '../paint/cell.ts';
import { clusterGlyph, harmlessLink } from '../paint/cell-rows.ts';
import { type FrameLines, lineGlyph } from '../paint/frame-lines.ts';
import {
	type CellStyle,
	type Grid,
	plainStyle,
	type Rectangle,
} from '../paint/screen.ts';

/** What a view drew last. */
export interface Layer {
	/** The rows of the screen that its lines are for, from the top; it is not asked for the others. */
	readonly rows: readonly number[];
	readonly frame: string;
}

/** What lies below all layers. */
export interface Backdrop {
	readonly frames: FrameLines<Role>;
	readonly ascii: boolean;
	readonly theme: Theme;
	/** Rectangles of the first layer through which nothing is seen. */
	readonly solid: readonly Rectangle[];
}

/** A blank through which nothing is seen. It is no white space, so Ink keeps it. */
export const solidBlank = '\u2800';
const solidBlankCode = solidBlank.charCodeAt(0);

export class ChromeLines {
	readonly #grid: Grid;
	#lines: readonly string[] = [];
	#frames: FrameLines<Role> | null = null;
	#looks = '';

	constructor(grid: Grid) {
		this.#grid = grid;
	}

	/**
	 * Draws all layers into the grid, the first above the others, and returns the rows that changed. What
	 * is beyond the grid is cut.
	 */
	draw(layers: readonly Layer[], backdrop: Backdrop): number[] {
		const { frames, theme } = backdrop;
		const lines = layers.map((layer) => linesByRow(layer));
		const looks = frames.names.map((role) => theme[role]);
		const styles = looks.map(styleOf);
		const known = JSON.stringify(looks) === this.#looks ? this.#frames : null;
		const seen: string[] = [];
		const changed: number[] = [];
		for (let y = 0; y < this.#grid.rows; y += 1) {
			const here = lines.map((one) => one.get(y) ?? '');
			seen.push(here.join('\n'));
			if (seen[y] === this.#lines[y] && sameRow(frames, known, y)) continue;
			this.#drawRow(y, here, backdrop, styles);
			changed.push(y);
		}
		this.#lines = seen;
		this.#frames = frames;
		this.#looks = JSON.stringify(looks);
		return changed;
	}

	/** The grid lost its content: all of it is drawn next time. */
	forget(): void {
		this.#lines = [];
		this.#frames = null;
	}

	#drawRow(
		y: number,
		lines: readonly string[],
		{ frames, ascii, solid }: Backdrop,
		styles: readonly CellStyle[],
	): void {
		const grid = this.#grid;
		grid.erase({ x: 0, y, width: grid.columns, height: 1 });
		drawFrames(grid, y, frames, { ascii, styles });
		for (const line of lines.slice(1)) drawLine(grid, y, line);
		for (const { x, width } of solid.filter((area) => holds(area, area.x, y)))
			grid.erase({ x, y, width, height: 1 });
		drawLine(grid, y, lines[0] ?? '');
	}
}

function linesByRow({ rows, frame }: Layer): ReadonlyMap<number, string> {
	const lines = frame.split('\n', rows.length);
	return new Map(rows.map((y, at) => [y, lines[at] ?? '']));
}

function sameRow(
	one: FrameLines<Role>,
	other: FrameLines<Role> | null,
	y: number,
): boolean {
	if (one === other) return true;
	if (one.columns !== other?.columns || one.names.join() !== other.names.join())
		return false;
	const [from, to] = [y * one.columns, (y + 1) * one.columns];
	return (
		Buffer.compare(one.arms.subarray(from, to), other.arms.subarray(from, to)) === 0 &&
		Buffer.compare(one.roles.subarray(from, to), other.roles.subarray(from, to)) === 0
	);
}

function drawFrames(
	grid: Grid,
	y: number,
	{ columns, arms, roles }: FrameLines<Role>,
	{ ascii, styles }: { readonly ascii: boolean; readonly styles: readonly CellStyle[] },
): void {
	for (let x = 0, at = y * columns; x < columns; x += 1, at += 1) {
		const here = arms[at] ?? 0;
		if (here === 0) continue;
		grid.put(x, y, lineGlyph(here, ascii), 1, styles[roles[at] ?? 0] ?? plainStyle);
	}
}

function styleOf(style: RoleStyle): CellStyle {
	const pen: Pen = { ...plainStyle };
	for (const [, codes] of styleSequence(style).matchAll(/\x1b\[([\d;]*)m/g))
		applySgr(pen, codes ?? '');
	return pen;
}

interface Pen {
	foreground: number;
	background: number;
	extra: number;
}

/** Draws a line of text with SGR and OSC 8 over what row `y` has, which plain blanks leave as it is. */
export function drawLine(grid: Grid, y: number, line: string): void {
	const pen: Pen = { foreground: 0, background: 0, extra: 0 };
	let x = 0;
	let at = 0;
	while (at < line.length && x < grid.columns) {
		const code = line.charCodeAt(at);
		if (code === 0x1b) at = escape(grid, line, at, pen);
		else if (isSimple(code) && isSimple(line.charCodeAt(at + 1))) {
			if (code === solidBlankCode) grid.put(x, y, 0x20, 1, pen);
			else if (code !== 0x20 || !isPlain(pen)) grid.put(x, y, code, 1, pen);
			x += 1;
			at += 1;
		} else {
			const end = endOfIntricate(line, at);
			x = drawClusters(grid, x, y, line.slice(at, end), pen);
			at = end;
		}
	}
}

function isPlain({ foreground, background, extra }: Pen): boolean {
	return foreground === 0 && background === 0 && extra === 0;
}

// A character that is a cluster of one cell unless a mark follows: ASCII, Latin, box drawing, blocks.
// Out of range (NaN) ends a line, which is as good; so is the escape of the next sequence.
function isSimple(code: number): boolean {
	if (code < 0x7f) return code >= 0x20 || code === 0x1b;
	if (code < 0x300) return code > 0xa9 && code !== 0xad && code !== 0xae;
	return (
		(code >= 0x2500 && code < 0x25a0) || code === solidBlankCode || Number.isNaN(code)
	);
}

// Up to the next character that begins a cluster for certain.
function endOfIntricate(line: string, from: number): number {
	let at = from + 1;
	while (at < line.length) {
		if (isSimple(line.charCodeAt(at)) && isSimple(line.charCodeAt(at + 1))) break;
		if (line.charCodeAt(at) === 0x1b) break;
		at += 1;
	}
	return at;
}

function drawClusters(
	grid: Grid,
	from: number,
	y: number,
	text: string,
	pen: Pen,
): number {
	let x = from;
	for (const cluster of clusters(text)) {
		const width = clusterWidth(cluster);
		if (width === 0) continue;
		const cells = Math.min(width, 2);
		grid.put(x, y, clusterGlyph(grid.table, cluster, cells), cells, pen);
		for (let more = cells; more < width; more += 1) grid.put(x + more, y, 0x20, 1, pen);
		x += width;
	}
	return x;
}

const sgr = /\x1b\[([\d;:]*)m/y;
const link = /\x1b\]8;[^;\x07\x1b]*;([^\x07\x1b]*)(?:\x07|\x1b\\)/y;
const other = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|.)?/y;

// Reads the sequence at `at`, returns where it ends.
function escape(grid: Grid, line: string, at: number, pen: Pen): number {
	const style = matchAt(sgr, line, at);
	if (style) {
		applySgr(pen, style[1] ?? '');
		return sgr.lastIndex;
	}
	const target = matchAt(link, line, at);
	if (target) {
		const uri = harmlessLink(target[1] ?? '');
		const to = uri === null ? null : { id: 'chrome', uri };
		pen.extra = grid.table.extra({ underlineStyle: 0, underlineColour: 0, link: to });
		return link.lastIndex;
	}
	return matchAt(other, line, at) ? other.lastIndex : at + 1;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}

type Flag = readonly [word: 'foreground' | 'background', flag: number];
const setFlags: Readonly<Record<number, Flag>> = {
	1: ['foreground', Foreground.bold],
	2: ['background', Background.dim],
	3: ['background', Background.italic],
	4: ['foreground', Foreground.underline],
	5: ['foreground', Foreground.blink],
	7: ['foreground', Foreground.inverse],
	8: ['foreground', Foreground.invisible],
	9: ['foreground', Foreground.strike],
	53: ['background', Background.overline],
};
const clearFlags: Readonly<Record<number, readonly Flag[]>> = {
	22: [
		['foreground', Foreground.bold],
		['background', Background.dim],
	],
	23: [['background', Background.italic]],
	24: [['foreground', Foreground.underline]],
	25: [['foreground', Foreground.blink]],
	27: [['foreground', Foreground.inverse]],
	28: [['foreground', Foreground.invisible]],
	29: [['foreground', Foreground.strike]],
	55: [['background', Background.overline]],
};

function applySgr(pen: Pen, parameters: string): void {
	const codes = parameters.split(/[;:]/).map(Number);
	for (let at = 0; at < codes.length; at += 1) {
		const code = codes[at] ?? 0;
		if (code === 38 || code === 48) {
			const word = code === 38 ? 'foreground' : 'background';
			const [colour, used] = extendedColour(codes, at + 1);
			if (colour !== undefined) setColour(pen, word, colour);
			at += used;
		} else applyCode(pen, code);
	}
}

function applyCode(pen: Pen, code: number): void {
	const set = setFlags[code];
	if (code === 0) {
		pen.foreground = 0;
		pen.background = 0;
	} else if (set) pen[set[0]] = (pen[set[0]] | set[1]) >>> 0;
	else if (clearFlags[code])
		for (const [word, flag] of clearFlags[code]) pen[word] = (pen[word] & ~flag) >>> 0;
	else if (code === 39) setColour(pen, 'foreground', 0);
	else if (code === 49) setColour(pen, 'background', 0);
	else if (code >= 30 && code < 38)
		setColour(pen, 'foreground', ColourMode.ansi16 | (code - 30));
	else if (code >= 40 && code < 48)
		setColour(pen, 'background', ColourMode.ansi16 | (code - 40));
	else if (code >= 90 && code < 98)
		setColour(pen, 'foreground', ColourMode.ansi16 | (code - 82));
	else if (code >= 100 && code < 108)
		setColour(pen, 'background', ColourMode.ansi16 | (code - 92));
}

// The colour after 38 or 48, and how many codes it took.
function extendedColour(codes: number[], at: number): [number | undefined, number] {
	const byte = (offset: number) => (codes[at + offset] ?? 0) & 0xff;
	if (codes[at] === 5) return [ColourMode.ansi256 | byte(1), 2];
	if (codes[at] !== 2) return [undefined, 1];
	return [ColourMode.rgb | (byte(1) << 16) | (byte(2) << 8) | byte(3), 4];
}

function setColour(pen: Pen, word: 'foreground' | 'background', colour: number): void {
	pen[word] = ((pen[word] & ~colourMask) | colour) >>> 0;
}
