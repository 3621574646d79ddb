// Random cells from a seed: glyphs of one and two cells, clusters, all colours and attributes.
import { combinedFlag } from '../../src/tui/paint/cell.ts';
import type { Grid } from '../../src/tui/paint/screen.ts';

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const glyphs: readonly (readonly [text: string, width: number])[] = [
	['a', 1],
	['Z', 1],
	['~', 1],
	[' ', 1],
	[' ', 1],
	['é', 1],
	['é', 1],
	['─', 1],
	['█', 1],
	['✓', 1],
	['⠿', 1],
	['Ж', 1],
	['漢', 2],
	['한', 2],
	['か', 2],
	['🚀', 2],
	['👨‍👩‍👧', 2],
	['⚠️', 2],
	['🇩🇪', 2],
	['1️⃣', 2],
];

/** Writes `count` random glyphs, each in a style that is often the last one. */
export function scribble(grid: Grid, random: () => number, count: number): void {
	let style = randomStyle(grid, random);
	for (let written = 0; written < count; written += 1) {
		if (random() < 0.3) style = random() < 0.5 ? plain : randomStyle(grid, random);
		const [text, width] = glyphs[Math.floor(random() * glyphs.length)] ?? ['x', 1];
		const x = Math.floor(random() * grid.columns);
		const y = Math.floor(random() * grid.rows);
		const codePoint = text.codePointAt(0) ?? 0;
		const single = text.length === String.fromCodePoint(codePoint).length;
		const glyph = single ? codePoint : grid.table.cluster(text) | combinedFlag;
		grid.put(x, y, glyph, width, style);
		if (random() < 0.02) {
			const width = Math.floor(random() * grid.columns);
			grid.erase({ x, y, width, height: 3 });
		}
	}
}

const plain = { foreground: 0, background: 0, extra: 0 };

function randomStyle(grid: Grid, random: () => number) {
	const bits = (shift: number, count: number) =>
		Array.from({ length: count }, (_, bit) =>
			random() < 0.15 ? 2 ** (shift + bit) : 0,
		).reduce((sum, bit) => sum + bit, 0);
	const foreground = randomColour(random) + bits(26, 6);
	const overline = random() < 0.1 ? 0x40000000 : 0;
	const extra = {
		underlineStyle: [0, 2, 3, 4, 5][Math.floor(random() * 5)] ?? 0,
		// There is no SGR for an underline in one of the 16 colours by name.
		underlineColour: random() < 0.5 ? 0 : 0x2000000 + Math.floor(random() * 256),
		link: random() < 0.2 ? { id: 'p1-x', uri: 'https://example.org/a?b=c' } : null,
	};
	return {
		foreground,
		background: randomColour(random) + bits(26, 2) + overline,
		extra: random() < 0.3 ? grid.table.extra(extra) : 0,
	};
}

function randomColour(random: () => number): number {
	const mode = Math.floor(random() * 4);
	if (mode === 0) return 0;
	if (mode === 1) return 0x1000000 + Math.floor(random() * 16);
	if (mode === 2) return 0x2000000 + Math.floor(random() * 256);
	return 0x3000000 + Math.floor(random() * 0x1000000);
}
