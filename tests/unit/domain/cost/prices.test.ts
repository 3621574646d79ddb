import { expect, test } from 'vitest';
import { shippedPrices } from '../../../../src/agents/shipped-prices.ts';
import { amountIn } from '../../../../src/domain/cost/amount.ts';
import {
	findPrice,
	moneyFor,
	moneyWords,
	priceOf,
} from '../../../../src/domain/cost/prices.ts';
import { noTokens, tokenWords } from '../../../../src/domain/cost/tokens.ts';

const one = priceOf({ input: 1, output: 2 });
const other = priceOf({ input: 3, output: 4 });

test.each([
	['claude-x-5', one],
	['claude-x-5-20260929', one],
	['claude-x-5[1m]', one],
	['us.anthropic.claude-x-5-20260929-v1:0', one],
	['anthropic/claude-x-5', one],
	['anthropic/claude-x.5', one],
	['gpt-y-2026-08-07', other],
	['claude-x-5-mini', null],
	['claude-x', null],
	['toString', null],
])('the price of %s', (model, price) => {
	expect(findPrice({ 'claude-x-5': one, 'gpt-y': other }, model)).toBe(price);
});

test('a pattern stands for a family, the longest for its part, and a name before both', () => {
	const third = priceOf({ input: 5, output: 6 });
	const prices = { 'm*': one, 'm-large*': other, 'm-large-2': third, '*-v*-x': one };
	expect(findPrice(prices, 'm-small')).toBe(one);
	expect(findPrice(prices, 'm-large-1')).toBe(other);
	expect(findPrice(prices, 'm-large-2')).toBe(third);
	expect(findPrice(prices, 'q-v2-x')).toBe(one);
	expect(findPrice(prices, 'q-v-y')).toBeNull();
});

test('each kind of token has its price, and a model without one has no money', () => {
	const price = { input: 3, output: 15, cache_read: 0.3, cache_write: 3.75 };
	const tokens = {
		...noTokens,
		input: 1e6,
		cacheRead: 1e6,
		cacheWrite: 1e6,
		output: 1e6,
	};
	const row = { day: '2026-11-22', replies: 1, tokens };
	const prices = { a: priceOf({ ...price, cache_write_hour: 6 }) };
	expect(moneyFor([{ ...row, model: 'a' }], prices).usd).toBeCloseTo(22.05);
	const long = { ...row, model: 'a', tokens: { ...tokens, longWrite: 1e6 } };
	expect(moneyFor([long], prices).usd).toBeCloseTo(24.3);
	expect(moneyFor([{ ...row, model: 'b' }], prices)).toEqual({
		usd: null,
		unpriced: ['b'],
	});
	expect(moneyFor([], prices)).toEqual({ usd: null, unpriced: [] });
});

test('the prices that weir knows are read, and no cache costs more than its double', () => {
	const prices = shippedPrices();
	expect(findPrice(prices, 'claude-sonnet-4-5-20250929')?.output).toBe(15);
	for (const { input, cacheRead, cacheWrite, longWrite, output } of Object.values(
		prices,
	)) {
		expect(cacheRead).toBeLessThan(input);
		expect(cacheWrite).toBeLessThanOrEqual(longWrite);
		expect(longWrite).toBeLessThanOrEqual(2 * input);
		expect(output).toBeGreaterThan(input);
	}
});

test('amounts in words, and words as amounts', () => {
	expect([0, 0.004, 0.42, 12.3, 1204.4].map(moneyWords)).toEqual([
		...['$0.00', '<$0.01', '$0.42', '$12.30', '$1,204'],
	]);
	expect([0, 999, 1000, 12_345, 999_600, 4_100_000].map(tokenWords)).toEqual([
		...['0', '999', '1k', '12.3k', '1M', '4.1M'],
	]);
	expect(['7.50', '$5', '500k', '2 M', 'lots', '-1', '1e9', ''].map(amountIn)).toEqual([
		...[7.5, 5, 500_000, 2_000_000, null, null, null, null],
	]);
});
