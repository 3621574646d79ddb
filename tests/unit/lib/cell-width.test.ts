import xterm from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { codePointWidth, textWidth } from '../../../src/lib/cell-width.ts';
import { UnicodeGraphemesAddon } from '../../../src/terminal/xterm/graphemes.ts';

describe('the width of a text', () => {
	it('is that of its glyphs, not of its code points', () => {
		const widths: readonly (readonly [string, number])[] = [
			['abc', 3],
			['漢字', 4],
			['e\u0301', 1],
			['🚀', 2],
			['✔\ufe0f', 2],
			['⚠\ufe0f', 2],
			['👨‍👩‍👧', 2],
			['1\ufe0f\u20e3', 2],
			['👍🏽', 2],
			['🇩🇪', 2],
			['한', 2],
			['\u1112\u1161\u11ab', 2],
			['─│', 2],
			['⠿', 1],
			['\u200b\u0007', 0],
			['', 0],
		];
		for (const [text, width] of widths)
			expect([text, textWidth(text)]).toEqual([text, width]);
	});
});

describe('the width of a code point', () => {
	it('is what the emulator says, but for glyphs newer than its table', async () => {
		const codePoints = Array.from(
			{ length: 18_000 },
			(_, index) => 0xa1 + index * 7,
		).filter((codePoint) =>
			/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(String.fromCodePoint(codePoint)),
		);
		const widths = await widthsOf(codePoints);
		const differing = codePoints
			.filter((codePoint, index) => widths[index] !== codePointWidth(codePoint))
			.map((codePoint) => codePoint.toString(16));
		expect(differing.length).toBeLessThan(60);
		// Trigrams and hexagrams, and letters of scripts that nobody writes any more.
		expect(differing.filter((hex) => Number.parseInt(hex, 16) < 0x2630)).toEqual([]);
	});
});

// Each alone in a row of its own.
async function widthsOf(codePoints: readonly number[]): Promise<number[]> {
	const rows = codePoints.length;
	const terminal = new xterm.Terminal({ cols: 4, rows, allowProposedApi: true });
	terminal.loadAddon(new UnicodeGraphemesAddon());
	const text = codePoints
		.map((codePoint, y) => `\x1b[${y + 1};1H${String.fromCodePoint(codePoint)}`)
		.join('');
	await new Promise<void>((done) => terminal.write(text, done));
	const widths = codePoints.map(
		(_, y) => terminal.buffer.active.getLine(y)?.getCell(0)?.getWidth() ?? 0,
	);
	terminal.dispose();
	return widths;
}
