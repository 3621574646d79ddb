import { expect, test } from 'vitest';
import { boxShapes } from '../../../scripts/picture/box-drawing.ts';
import { screenSvg } from '../../../scripts/picture/svg.ts';
import { TerminalScreen } from '../../support/terminal-screen.ts';

async function picture(text: string): Promise<string> {
	using screen = new TerminalScreen({ columns: 12, rows: 2 });
	await screen.write(`\x1b[?25l${text}`);
	return screenSvg(screen, 'a <title>');
}

const texts = (svg: string) =>
	Array.from(svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g), ([, how, text]) => ({
		how,
		text,
	})).slice(1);

test('letters of one look are one text, fitted to their cells', async () => {
	const svg = await picture('ab\x1b[1;31mcd\x1b[m <&');
	expect(texts(svg)).toEqual([
		{
			how: 'fill="#d0d3d8" x="0" y="14" textLength="18" lengthAdjust="spacingAndGlyphs"',
			text: 'ab',
		},
		{
			how: 'fill="#e06c75" font-weight="bold" x="18" y="14" textLength="18" lengthAdjust="spacingAndGlyphs"',
			text: 'cd',
		},
		{ how: expect.stringContaining('x="45"'), text: '&lt;&amp;' },
	]);
	expect(svg).toContain('>a &lt;title&gt;</text>');
});

test('a wide character stands in the middle of its two cells', async () => {
	expect(texts(await picture('漢|'))).toEqual([
		{ how: expect.stringContaining('x="9" y="14" text-anchor="middle"'), text: '漢' },
		{ how: expect.stringContaining('x="18"'), text: '|' },
	]);
});

test('inverse swaps colours and a block cursor inverts its cell', async () => {
	const inverse = await picture('\x1b[7mx');
	expect(inverse).toContain('<rect x="0" y="0" width="9" height="18" fill="#d0d3d8"/>');
	expect(texts(inverse)).toMatchObject([{ how: expect.stringContaining('#16181d') }]);
	expect(await picture('x\x1b[?25h')).toContain(
		'<rect x="9" y="0" width="9" height="18"',
	);
});

test('neighbouring borders meet at the cell edge', () => {
	const box = { x: 9, y: 18, width: 9, height: 18 };
	expect(boxShapes('─', box)?.map(({ path }) => path)).toEqual([
		'M9 27.5L13.5 27.5',
		'M18 27.5L13.5 27.5',
	]);
	expect(boxShapes('╭', box)?.[0]?.path).toMatch(/^M13.5 36.*H18$/);
	expect(boxShapes('█', box)?.[0]).toMatchObject({ path: 'M9 18h9v18h-9z', width: 0 });
	expect(boxShapes('x', box)).toBeUndefined();
});
