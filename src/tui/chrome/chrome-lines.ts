// Frames of Ink as cells. A frame is text with colours (SGR) and perhaps links (OSC 8) and nothing
// else; whatever else is found is dropped. Only lines that differ from the last frame are read.
import { clusters, clusterWidth } from '../../lib/cell-width.ts';
import { Background, ColourMode, colourMask, Foreground } from '../paint/cell.ts';
import { clusterGlyph, harmlessLink } from '../paint/cell-rows.ts';
import type { Grid } from '../paint/screen.ts';

export class ChromeLines {
	readonly #grid: Grid;
	#lines: readonly string[] = [];

	constructor(grid: Grid) {
		this.#grid = grid;
	}

	/** Draws a frame into the grid, returns the rows that changed. Lines beyond it are cut. */
	draw(frame: string): number[] {
		const lines = frame.split('\n', this.#grid.rows);
		const changed: number[] = [];
		for (let y = 0; y < this.#grid.rows; y += 1) {
			if (lines[y] === this.#lines[y]) continue;
			drawLine(this.#grid, y, lines[y] ?? '');
			changed.push(y);
		}
		this.#lines = lines;
		return changed;
	}

	/** The grid lost its content: the next frame is drawn as a whole. */
	forget(): void {
		this.#lines = [];
	}
}

interface Pen {
	foreground: number;
	background: number;
	extra: number;
}

/** Draws one line of text with SGR and OSC 8 into row `y`; the rest of the row becomes blank. */
export function drawLine(grid: Grid, y: number, line: string): void {
	const pen: Pen = { foreground: 0, background: 0, extra: 0 };
	let x = 0;
	let at = 0;
	while (at < line.length && x < grid.columns) {
		const code = line.charCodeAt(at);
		if (code === 0x1b) at = escape(grid, line, at, pen);
		else if (isSimple(code) && isSimple(line.charCodeAt(at + 1))) {
			grid.put(x, y, code, 1, pen);
			x += 1;
			at += 1;
		} else {
			const end = endOfIntricate(line, at);
			x = drawClusters(grid, x, y, line.slice(at, end), pen);
			at = end;
		}
	}
	if (x < grid.columns) grid.erase({ x, y, width: grid.columns - x, height: 1 });
}

// A character that is a cluster of one cell unless a mark follows: ASCII, Latin, box drawing, blocks.
// Out of range (NaN) ends a line, which is as good; so is the escape of the next sequence.
function isSimple(code: number): boolean {
	if (code < 0x7f) return code >= 0x20 || code === 0x1b;
	if (code < 0x300) return code > 0xa9 && code !== 0xad && code !== 0xae;
	return (code >= 0x2500 && code < 0x25a0) || Number.isNaN(code);
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
