import { describe, expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';
import { Redaction } from '../../../src/terminal/redaction.ts';
import { cellsShowing, shownText } from '../../../src/terminal/shown-text.ts';

function rowsOf(text: string) {
	const emulator = new Emulator({ columns: 10, rows: 4 });
	emulator.write(Buffer.from(text));
	const { changed } = emulator.rows(null);
	emulator[Symbol.dispose]();
	return changed;
}

describe('what rows show', () => {
	it('goes on where a row does, and breaks before each other one', () => {
		const rows = rowsOf('abcdefghijkl\r\nnext');
		expect(shownText(rows)).toBe('abcdefghijkl\nnext\n');
	});

	it('leads back to the cells of wide and of combined characters', () => {
		const rows = rowsOf('a中e\u0301x\r\n\u{1f642}=z');
		const text = shownText(rows);
		const cellOf = (part: string) => {
			const start = text.indexOf(part);
			const places = Array.from(part, (_, at) => start + at);
			return [...cellsShowing(rows, new Set(places))];
		};
		expect(cellOf('a')).toEqual([[0, [0]]]);
		expect(cellOf('中')).toEqual([[0, [1]]]);
		expect(cellOf('e\u0301')).toEqual([[0, [3]]]);
		expect(cellOf('x')).toEqual([[0, [4]]]);
		expect(cellOf('=z')).toEqual([[1, [2, 3]]]);
	});

	it('finds each cell of a secret that a row breaks, and no other', () => {
		const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ';
		const emulator = new Emulator({ columns: 20, rows: 4 });
		emulator.write(Buffer.from(`中 ${secret} end`));
		expect(emulator.text(new Redaction())).toEqual([
			`中 ${'*'.repeat(17)}`,
			`${'*'.repeat(17)} en`,
			'd',
			'',
		]);
		emulator[Symbol.dispose]();
	});
});
