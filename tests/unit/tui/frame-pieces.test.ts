import { expect, test } from 'vitest';
import type { Area } from '../../../src/domain/area.ts';
import { type Frame, frameRows } from '../../../src/tui/paint/frame-lines.ts';
import { framePieces } from '../../../src/tui/paint/frame-pieces.ts';

const frame = (area: Area, role: 'a' | 'b'): Frame<'a' | 'b'> => ({
	area,
	weight: role === 'b' ? 'heavy' : 'light',
	role,
});
const rows = frameRows(
	[
		frame({ x: 0, y: 2, width: 7, height: 3 }, 'a'),
		frame({ x: 0, y: 0, width: 4, height: 3 }, 'a'),
		frame({ x: 3, y: 0, width: 4, height: 5 }, 'b'),
	],
	false,
);

test('pieces put where they belong make the frames', () => {
	const cells = Array.from({ length: 5 }, () => Array.from({ length: 7 }, () => ' '));
	for (const { x, y, lines } of framePieces(rows))
		for (const [below, line] of lines.entries())
			for (const [right, glyph] of Array.from(line).entries())
				(cells[y + below] ?? [])[x + right] = glyph;
	const drawn = rows
		.toSorted((one, other) => one.y - other.y)
		.map(({ runs }) => runs.map(({ text }) => text).join(''));
	expect(cells.map((row) => row.join(''))).toEqual(drawn);
});

test('what stands upright in one role is one piece', () => {
	const tall = frameRows([frame({ x: 0, y: 0, width: 9, height: 40 }, 'a')], false);
	expect(framePieces(tall)).toHaveLength(4);
});
