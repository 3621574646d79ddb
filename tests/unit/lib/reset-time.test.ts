import { expect, test } from 'vitest';
import { resetTime } from '../../../src/lib/reset-time.ts';

const after = '2026-11-22T10:00:00.000Z';

test.each([
	[
		"You've hit your session limit · resets 9:50pm (Asia/Saigon)",
		'2026-11-22T14:50:00.000Z',
	],
	['resets 3pm (UTC)', '2026-11-22T15:00:00.000Z'],
	['resets 9am (UTC)', '2026-11-23T09:00:00.000Z'],
	['resets 12am (Etc/UTC)', '2026-11-23T00:00:00.000Z'],
	['it resets at 15:30 (Europe/Berlin)', '2026-11-22T14:30:00.000Z'],
	['weekly limit · resets Nov 25, 3pm (UTC)', '2026-11-25T15:00:00.000Z'],
	['resets Jan 2 at 10am (UTC)', '2027-01-02T10:00:00.000Z'],
	['resets 3pm (Nowhere/Atall)', null],
	['resets Nov 21, 3pm (UTC)', null],
	['resets Xyz 5, 3pm (UTC)', null],
	['API Error: 429', null],
	['resets soon', null],
])('%s', (sentence, time) => {
	expect(resetTime(sentence, after)).toBe(time);
});

test('without a zone it is the clock on the wall here', () => {
	const local = new Date(after);
	local.setHours(local.getHours() + 2, 0, 0, 0);
	const hour = local.getHours();
	expect(resetTime(`resets ${hour}:00`, after)).toBe(local.toISOString());
});
