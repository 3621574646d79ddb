import { expect, test } from 'vitest';
import { ageOf } from '../../../src/tui/chrome/age.ts';

const since = '2026-01-01T00:00:00.000Z';
const after = (seconds: number) => Date.parse(since) + seconds * 1000;

test('an age is told in minutes, hours and days, and moves no more often than that', () => {
	const told = [-5, 0, 59.9, 60, 119, 3599, 3600, 86_399, 86_400, 200_000].map(
		(seconds) => ageOf(since, after(seconds)),
	);
	expect(told).toEqual(['<1m', '<1m', '<1m', '1m', '1m', '59m', '1h', '23h', '1d', '2d']);
	expect(ageOf('no time', after(0))).toBe('');
});
