import { describe, expect, it } from 'vitest';
import { restAfter } from '../../../src/supervisor/observatory.ts';

describe('how often working agents are looked at', () => {
	it('leaves a cheap one alone for five seconds', () => {
		expect(restAfter(10, 1)).toBe(5000);
	});

	it('spends at most a hundredth of the time on one', () => {
		expect(restAfter(200, 1)).toBe(20_000);
	});

	it('spends at most a twentieth of the time on however many', () => {
		for (const working of [6, 30, 100]) {
			const cost = 80;
			const share = (working * cost) / restAfter(cost, working);
			expect(share).toBeLessThanOrEqual(0.05);
		}
	});
});
