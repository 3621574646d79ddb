// Box-drawing and block characters as shapes that fill their cell to its edges, so that borders
// join whatever font the viewer has. Unicode charts U2500 and U2580.

/** A stroke (`width`) or a filled shape (`width` 0, with its opacity). */
export interface Shape {
	readonly path: string;
	readonly width: number;
	readonly opacity: number;
}

export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** The shapes of a character in its cell, or undefined where it is one for the font. */
export function boxShapes(text: string, box: Box): Shape[] | undefined {
	const code = text.codePointAt(0) ?? 0;
	if (code >= 0x2580 && code <= 0x259f) return blockShapes(code, box);
	if (code < 0x2500 || code > 0x257f) return undefined;
	const corner = corners[text];
	if (corner) return [stroke(roundedCorner(corner, box))];
	if (text === '╱' || text === '╲' || text === '╳') return diagonals(text, box);
	const arms = armsOf(code);
	return arms ? armShapes(arms, box, dashes.get(text) ?? 1) : undefined;
}

// Left, right, up, down: 0 none, 1 light, 2 heavy, 3 double; from U+2500 on, `----` for none here.
const table = (
	'1100 2200 0011 0022 1100 2200 0011 0022 1100 2200 0011 0022 0101 0201 0102 0202 ' +
	'1001 2001 1002 2002 0110 0210 0120 0220 1010 2010 1020 2020 0111 0211 0121 0112 ' +
	'0122 0221 0212 0222 1011 2011 1021 1012 1022 2021 2012 2022 1101 2101 1201 2201 ' +
	'1102 2102 1202 2202 1110 2110 1210 2210 1120 2120 1220 2220 1111 2111 1211 2211 ' +
	'1121 1112 1122 2121 1221 2112 1212 2221 2212 2122 1222 2222 1100 2200 0011 0022 ' +
	'3300 0033 0301 0103 0303 3001 1003 3003 0310 0130 0330 3010 1030 3030 0311 0133 ' +
	'0333 3011 1033 3033 3301 1103 3303 3310 1130 3330 3311 1133 3333 ---- ---- ---- ' +
	'---- ---- ---- ---- 1000 0010 0100 0001 2000 0020 0200 0002 1200 0012 2100 0021'
).split(' ');

const dashes = new Map<string, number>(
	Object.entries({ 2: '╌╍╎╏', 3: '┄┅┆┇', 4: '┈┉┊┋' }).flatMap(([pieces, texts]) =>
		Array.from(texts, (text) => [text, Number(pieces)] as const),
	),
);

// Where the two arms of a rounded corner leave the cell.
const corners: Record<string, readonly [x: number, y: number]> = {
	'╭': [1, 1],
	'╮': [-1, 1],
	'╯': [-1, -1],
	'╰': [1, -1],
};

const widths = [0, 1, 3, 1];
const doubleGap = 1.5;

function armsOf(code: number): number[] | undefined {
	const entry = table[code - 0x2500];
	if (!entry || entry === '----') return undefined;
	return Array.from(entry, Number);
}

function armShapes(arms: readonly number[], box: Box, pieces: number): Shape[] {
	const { centreX, centreY } = centreOf(box);
	const ends = [
		{ x: box.x, y: centreY },
		{ x: box.x + box.width, y: centreY },
		{ x: centreX, y: box.y },
		{ x: centreX, y: box.y + box.height },
	];
	return arms.flatMap((weight, arm) => {
		const end = ends[arm];
		if (weight === 0 || !end) return [];
		const across = arm < 2 ? { x: 0, y: 1 } : { x: 1, y: 0 };
		// Past the centre by half a crossing line, so that corners are closed.
		const reach = Math.max(...(arm < 2 ? arms.slice(2) : arms.slice(0, 2)));
		const past = reach === 3 ? doubleGap : (widths[reach] ?? 0) / 2;
		const sign = arm % 2 === 0 ? 1 : -1;
		const middle = {
			x: centreX + past * sign * across.y,
			y: centreY + past * sign * across.x,
		};
		const offsets = weight === 3 ? [-doubleGap, doubleGap] : [0];
		return offsets.flatMap((offset) => {
			const shift = { x: across.x * offset, y: across.y * offset };
			return dashed(moved(end, shift), moved(middle, shift), pieces, widths[weight] ?? 1);
		});
	});
}

interface Point {
	readonly x: number;
	readonly y: number;
}

function dashed(from: Point, to: Point, pieces: number, width: number): Shape[] {
	if (pieces === 1) return [stroke(line(from, to), width)];
	return Array.from({ length: pieces }, (_, at) => {
		const start = between(from, to, (at + 0.2) / pieces);
		const end = between(from, to, (at + 0.8) / pieces);
		return stroke(line(start, end), width);
	});
}

function roundedCorner([right, down]: readonly [number, number], box: Box): string {
	const { centreX, centreY } = centreOf(box);
	const edgeX = right > 0 ? box.x + box.width : box.x;
	const edgeY = down > 0 ? box.y + box.height : box.y;
	const radius = Math.min(Math.abs(edgeX - centreX), Math.abs(edgeY - centreY));
	const turnY = centreY + down * radius;
	const turnX = centreX + right * radius;
	return `M${centreX} ${edgeY}V${turnY}Q${centreX} ${centreY} ${turnX} ${centreY}H${edgeX}`;
}

function diagonals(text: string, { x, y, width, height }: Box): Shape[] {
	const rising = stroke(`M${x} ${y + height}L${x + width} ${y}`);
	const falling = stroke(`M${x} ${y}L${x + width} ${y + height}`);
	if (text === '╱') return [rising];
	return text === '╲' ? [falling] : [rising, falling];
}

function blockShapes(code: number, box: Box): Shape[] {
	if (code >= 0x2591 && code <= 0x2593)
		return [fill(box, 0, 0, 1, 1, (code - 0x2590) / 4)];
	if (code >= 0x2596) {
		const mask = quadrants[code - 0x2596] ?? 0;
		const places = [0, 1, 2, 3].filter((place) => mask & (1 << place));
		return places.map((place) =>
			fill(box, (place % 2) / 2, Math.floor(place / 2) / 2, 0.5, 0.5),
		);
	}
	if (code === 0x2580) return [fill(box, 0, 0, 1, 0.5)];
	if (code <= 0x2588) return [lowerEighths(box, code - 0x2580)];
	if (code <= 0x258f) return [fill(box, 0, 0, (0x2590 - code) / 8, 1)];
	if (code === 0x2590) return [fill(box, 0.5, 0, 0.5, 1)];
	return [code === 0x2594 ? fill(box, 0, 0, 1, 1 / 8) : fill(box, 7 / 8, 0, 1 / 8, 1)];
}

// Bits: upper left, upper right, lower left, lower right; from U+2596 on.
const quadrants = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14];

function lowerEighths(box: Box, eighths: number): Shape {
	return fill(box, 0, 1 - eighths / 8, 1, eighths / 8);
}

function fill(
	box: Box,
	left: number,
	top: number,
	width: number,
	height: number,
	opacity = 1,
): Shape {
	const x = box.x + left * box.width;
	const y = box.y + top * box.height;
	const right = width * box.width;
	const path = `M${x} ${y}h${right}v${height * box.height}h${-right}z`;
	return { path, width: 0, opacity };
}

function stroke(path: string, width = 1): Shape {
	return { path, width, opacity: 1 };
}

// On half pixels, where a line of odd width is crisp.
function centreOf(box: Box): { centreX: number; centreY: number } {
	return {
		centreX: box.x + Math.floor(box.width / 2) + 0.5,
		centreY: box.y + Math.floor(box.height / 2) + 0.5,
	};
}

function line(from: Point, to: Point): string {
	return `M${from.x} ${from.y}L${to.x} ${to.y}`;
}

function moved(point: Point, by: Point): Point {
	return { x: point.x + by.x, y: point.y + by.y };
}

function between(from: Point, to: Point, share: number): Point {
	return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
