import { describe, expect, test } from 'vitest';
import type { Area } from '../../../src/domain/area.ts';
import { type Frame, joinFrames, lineGlyph } from '../../../src/tui/paint/frame-lines.ts';

function frame(area: Area, weight: 'light' | 'heavy' = 'light'): Frame<'a' | 'b'> {
	return { area, weight, role: weight === 'heavy' ? 'b' : 'a' };
}

const screen = { columns: 7, rows: 5 };

function drawn(frames: readonly Frame<'a' | 'b'>[], ascii = false): string[] {
	const { arms, columns } = joinFrames(frames, screen);
	const glyphs = Array.from(arms, (one) =>
		one === 0 ? ' ' : String.fromCodePoint(lineGlyph(one, ascii)),
	);
	return Array.from({ length: screen.rows }, (_, row) =>
		glyphs.slice(row * columns, (row + 1) * columns).join(''),
	).filter((row) => row.trim() !== '');
}

const left = { x: 0, y: 0, width: 4, height: 3 };
const right = { x: 3, y: 0, width: 4, height: 3 };
const below = { x: 0, y: 2, width: 7, height: 3 };

describe('frames', () => {
	test('that share a line join in it', () => {
		expect(drawn([frame(left), frame(right), frame(below)])).toEqual([
			'┌──┬──┐',
			'│  │  │',
			'├──┴──┤',
			'│     │',
			'└─────┘',
		]);
	});

	test('a thick one lies above and joins the thin ones', () => {
		expect(drawn([frame(left), frame(below), frame(right, 'heavy')])).toEqual([
			'┌──┲━━┓',
			'│  ┃  ┃',
			'├──┺━━┩',
			'│     │',
			'└─────┘',
		]);
	});

	test('are of signs that every terminal has where that is asked for', () => {
		expect(drawn([frame(left), frame(right)], true)).toEqual([
			'+--+--+',
			'|  |  |',
			'+--+--+',
		]);
	});

	test('each cell has the role of the frame that lies above', () => {
		const { roles, names } = joinFrames([frame(left), frame(right, 'heavy')], screen);
		expect(Array.from(roles.subarray(0, 7), (role) => names[role]).join('')).toBe(
			'aaabbbb',
		);
	});

	test('are cut where the screen ends', () => {
		expect(drawn([frame({ x: 4, y: 3, width: 9, height: 9 })])).toEqual([
			'    ┌──',
			'    │  ',
		]);
	});
});
