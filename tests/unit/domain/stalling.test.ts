import { expect, test } from 'vitest';
import {
	isSaidToWork,
	patienceWith,
	stillText,
	withSpell,
} from '../../../src/domain/stalling.ts';

const minute = 60_000;

test('patience is three times the usual spell, and what is set at least', () => {
	expect(patienceWith([], 5 * minute)).toBe(5 * minute);
	expect(patienceWith([minute, minute, 30 * minute], 5 * minute)).toBe(5 * minute);
	expect(patienceWith([4 * minute, 4 * minute, minute], 5 * minute)).toBe(12 * minute);
});

test('short spells say nothing, and only the last ones count', () => {
	expect(withSpell([], 9000)).toEqual([]);
	const many = Array.from({ length: 100 }, (_, at) => 10_000 + at);
	const kept = many.reduce<readonly number[]>(withSpell, []);
	expect(kept).toHaveLength(20);
	expect(kept.at(-1)).toBe(10_099);
});

test('only who is said to work can be stuck: a server prints nothing for days', () => {
	const word = { inferred: false, why: null };
	expect(isSaidToWork({ ...word, state: 'working', source: 'osc7501' })).toBe(true);
	expect(isSaidToWork({ ...word, state: 'stuck', source: 'hook' })).toBe(true);
	expect(isSaidToWork({ ...word, state: 'working', source: 'process' })).toBe(false);
	expect(isSaidToWork({ ...word, state: 'working', source: 'osc133' })).toBe(false);
	expect(isSaidToWork({ ...word, state: 'asks', source: 'osc7501' })).toBe(false);
});

test('what turns and counts by itself is no sign; words and tokens are', () => {
	const early = stillText(['✻ Pondering… (59s · ↓ 5 tokens)', '  ⏵⏵ esc to interrupt']);
	expect(stillText(['· Pondering… (1m 4s · ↓ 5 tokens)', '  ⏵⏵ esc to interrupt'])).toBe(
		early,
	);
	expect(
		stillText(['· Pondering… (64s · ↓ 1.2k tokens)', '⏵⏵ esc to interrupt']),
	).not.toBe(early);
	expect(stillText(['• Working (2s • esc to interrupt)'])).toBe(
		stillText(['• Working (1m 02s • esc to interrupt)']),
	);
});
