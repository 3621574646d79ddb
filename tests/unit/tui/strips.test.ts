import { expect, test } from 'vitest';
import { lifeWords, stateWords } from '../../../src/domain/state-words.ts';
import { stripRows } from '../../../src/tui/layouts/strip-rows.ts';
import { stripColumns, stripLine } from '../../../src/tui/layouts/strips.ts';
import { unicodeGlyphs } from '../../../src/tui/look/glyphs.ts';
import { signOfWord } from '../../../src/tui/look/state-signs.ts';
import { lineWidth } from '../../../src/tui/paint/spans.ts';
import { shownAgents } from '../../../src/tui/view.ts';
import { reflectionOf } from '../../support/chrome-screen.ts';
import { Core } from '../../support/domain.ts';

const core = new Core();
for (const name of ['api', 'mathematics-of-lending', 'web']) core.running(name);
const agents = shownAgents(core.state);
const reflection = reflectionOf(core.state);

test.each([40, 48, 80, 120])('names take the free cells of a row of %d', (width) => {
	const columns = stripColumns(agents, reflection, width, unicodeGlyphs);
	const facts = { focus: null, calls: {}, width, columns, now: 0, glyphs: unicodeGlyphs };
	const lines = stripRows(
		agents,
		{ focus: null, filter: '', order: [], folded: [] },
		false,
	).map((row) => stripLine(row, reflection, facts));
	for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
	const text = lines.map((line) => line.map((piece) => piece.text).join('')).join('\n');
	expect(text.includes('mathematics-of-lending')).toBe(width > 40);
	expect(text.match(/ unknown /g)).toHaveLength(3);
});

test('no two states that mean different things for the user have one sign', () => {
	const words = [...stateWords, ...Object.values(lifeWords)];
	const bySign = Map.groupBy(words, (word) => unicodeGlyphs[signOfWord(word).glyph]);
	const shared = [...bySign.values()].filter((some) => some.length > 1);
	expect(shared).toEqual([
		['waiting', 'idle'],
		['failed', 'crashed'],
	]);
});
