import { expect, test } from 'vitest';
import {
	alignColumns,
	figure,
	missedBars,
	withReference,
} from '../../../bench/report.ts';
import { median, percentile } from '../../../bench/statistics.ts';

test('percentiles are values that occurred, medians may lie between two', () => {
	const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
	expect([0.5, 0.95, 0.99].map((share) => percentile(hundred, share))).toEqual([
		50, 95, 99,
	]);
	expect(percentile([7], 0.99)).toBe(7);
	expect(median([9, 1, 5])).toBe(5);
	expect(median([4, 1, 9, 2])).toBe(3);
	expect(percentile([], 0.5)).toBeNaN();
});

test('ratios are to tmux of the same run and to the prototype, where both are known', () => {
	const values = { tmux: 100, weir: 2.55 };
	const row = { scenario: 'cat-4', title: '', metric: 'seconds', values };
	expect(withReference(row)).toMatchObject({ toTmux: 0.0255, toPrototype: 0.5 });
	// Then 5.1 s to tmux's 10, now a twentieth of that share.
	expect(withReference(row).adjusted).toBeCloseTo(0.05, 10);
	const without = withReference({ ...row, values: { tmux: 100 } });
	expect(without).toMatchObject({ toTmux: null, toPrototype: null });
});

test('a figure is judged by itself or beside another tool, and only where both are known', () => {
	const row = { scenario: 'cat-1', title: '50 MB', metric: 'seconds' };
	const judged = withReference({ ...row, values: { weir: 2, tmux: 5, 'raw pty': 0.5 } });
	expect(judged.bars.map(({ is, met }) => [is, met])).toEqual([
		[0.4, true],
		[4, false],
	]);
	expect(missedBars(judged)).toEqual(['50 MB, seconds: 4.00, must be <= 2 of raw pty']);
	const alone = withReference({ ...row, values: { weir: 2 } });
	expect(alone.bars.map(({ met }) => met)).toEqual([null, null]);
	expect(missedBars(alone)).toEqual([]);
});

test('figures keep three digits and stand under each other', () => {
	expect([0.0123456, 1.5, 1234.5, 0, null, undefined].map(figure)).toEqual([
		'0.0123',
		'1.50',
		'1235',
		'0',
		'–',
		'–',
	]);
	expect(alignColumns([['', 'a'], ['title over all'], ['row', '10']])).toBe(
		['      a', 'title over all', 'row  10'].join('\n'),
	);
});
