import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/scenes/random.ts';

const draws = (seed: number | string) => {
	const random = new Random(seed);
	return Array.from({ length: 8 }, () => random.between(0, 1000));
};

describe('Random', () => {
	it('draws the same for the same seed, and something else for another', () => {
		expect(draws(7)).toEqual(draws(7));
		expect(draws('api/1')).toEqual(draws('api/1'));
		expect(draws(7)).not.toEqual(draws(8));
		expect(draws('api/1')).not.toEqual(draws('api/2'));
	});

	it('draws what it drew before on any machine', () => {
		expect(draws(1)).toEqual([627, 2, 527, 982, 969, 281, 613, 721]);
	});

	it('spreads evenly and reaches both ends', () => {
		const random = new Random(3);
		const counts = [0, 0, 0, 0];
		for (let draw = 0; draw < 8000; draw += 1) {
			const at = random.between(0, 3);
			counts[at] = (counts[at] ?? 0) + 1;
		}
		for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
	});

	it('keeps every item when it shuffles', () => {
		const items = Array.from({ length: 50 }, (_, index) => index);
		const order = new Random(5).shuffled(items);
		expect(order).not.toEqual(items);
		expect(order.toSorted((a, b) => a - b)).toEqual(items);
	});
});
