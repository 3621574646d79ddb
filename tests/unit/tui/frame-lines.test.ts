import { describe, expect, test } from 'vitest';
import type { Area } from '../../../src/domain/area.ts';
import { type Frame, frameRows } from '../../../src/tui/paint/frame-lines.ts';

function frame(area: Area, weight: 'light' | 'heavy' = 'light'): Frame<'a' | 'b'> {
	return { area, weight, role: weight === 'heavy' ? 'b' : 'a' };
}

function drawn(frames: readonly Frame<'a' | 'b'>[], ascii = false): string[] {
	return frameRows(frames, ascii)
		.toSorted((one, other) => one.y - other.y)
		.map(({ runs }) => runs.map(({ text }) => text).join(''));
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

	test('each piece has the role of its frame', () => {
		const [top] = frameRows([frame(left), frame(right, 'heavy')], false);
		expect(top?.runs.map(({ text, role }) => [text, role])).toEqual([
			['┌──', 'a'],
			['┲━━┓', 'b'],
		]);
	});
});
