import { expect, test } from 'vitest';
import type { Agent } from '../../../src/domain/agent.ts';
import { noObservation } from '../../../src/protocol/observation.ts';
import { unicodeGlyphs } from '../../../src/tui/look/glyphs.ts';
import { paneTitle } from '../../../src/tui/panes/pane-title.ts';
import { Core } from '../../support/domain.ts';

const core = new Core();
core.running('api');

const held = (prevention: 'bubblewrap' | 'landlock' | 'none') => {
	return { prevention, reason: null, allow: null, loose: 0 };
};

function title(agent: Partial<Agent>, width = 98, outside: number | null = null) {
	const seen = outside === null ? {} : { outside: { count: outside, words: '' } };
	return paneTitle(
		{
			agent: { ...core.agent('api'), ...agent },
			number: 1,
			gates: [],
			observation: { ...noObservation, ...seen },
			focused: false,
			now: core.now,
			glyphs: unicodeGlyphs,
			scrolled: undefined,
			call: undefined,
			asked: null,
			...{ resolver: null, through: null, cost: null },
			terminal: null,
			inner: { width, height: 25 },
		},
		width,
	);
}
const text = (...facts: Parameters<typeof title>) =>
	title(...facts)
		.map((piece) => piece.text)
		.join('');

test('says what an agent may write and what holds it, the layer first where room is short', () => {
	const agent = { scope: ['src/api/**', '!src/api/old/**'], guard: held('bubblewrap') };
	expect(text(agent)).toMatch(/ {2}bwrap {2}src\/api\/\*\* \+1 $/);
	expect(text(agent, 36)).toMatch(/ {2}bwrap $/);
	expect(text({ scope: [], guard: held('landlock') })).toMatch(/ {2}landlock $/);
	expect(text({ scope: ['src/**'], guard: null })).toMatch(/ {2}src\/\*\* $/);
});

test('marks a program that nothing stops, and only the mark stands out', () => {
	const spans = title({ guard: held('none') });
	expect(spans.map((piece) => piece.text).join('')).toMatch(/ {2}⊘ detect-only $/);
	expect(spans.filter(({ role }) => role === 'warn').map((one) => one.text)).toEqual([
		'⊘ ',
	]);
});

test('says how much of its commits its scope keeps from landing', () => {
	expect(text({}, 98, 2)).toContain('⊘ 2 outside');
	expect(text({}, 98)).not.toContain('outside');
});
