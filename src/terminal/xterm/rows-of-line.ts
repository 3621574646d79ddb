/* oxlint-disable no-underscore-dangle -- the private names of the library */
// A line of the emulator as a row that travels.
import type { ScreenRow, UnderlineRun } from '../../protocol/rows.ts';
import type { Line } from './internals.ts';
import type { LinkTable } from './links.ts';

const blank = 1 << 22;
const combined = 1 << 21;
const hasExtended = 0x10000000;
const colourMask = 0x3ffffff;

/** A copy of `line`, without trailing blank cells. */
export function rowOfLine(line: Line, row: number, links: LinkTable): ScreenRow {
	const data = line._data;
	let length = line.length;
	while (length > 0 && isBlank(data, (length - 1) * 3)) length -= 1;
	const cells = data.slice(0, length * 3);
	const clusters: [number, string][] = [];
	const underlines: UnderlineRun[] = [];
	const linked: [number, string][] = [];
	for (let column = 0, at = 0; column < length; column += 1, at += 3) {
		if (((cells[at] ?? 0) & combined) !== 0)
			clusters.push([column, line._combined[column] ?? '']);
		if (((cells[at + 2] ?? 0) & hasExtended) === 0) continue;
		const extended = line._extendedAttrs[column];
		if (!extended) continue;
		const style = underlineStyle(extended._ext);
		const colour = underlineColour(extended._ext);
		if (style > 1 || colour !== 0) underlines.push({ column, style: style || 1, colour });
		const target = links.targetOf(extended._urlId);
		if (target) linked.push([column, target]);
	}
	return { row, wrapped: line.isWrapped, cells, clusters, underlines, links: linked };
}

function isBlank(data: Uint32Array, at: number): boolean {
	return data[at] === blank && data[at + 1] === 0 && data[at + 2] === 0;
}

export function underlineStyle(extended: number): number {
	return (extended >> 26) & 7;
}

// SGR 59 stores all ones, meaning none.
export function underlineColour(extended: number): number {
	const colour = extended & colourMask;
	return colour === colourMask ? 0 : colour;
}
