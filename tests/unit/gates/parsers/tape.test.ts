import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`tape/${name}`), { failed }));

test('reads failing.txt', () => {
	expect(read('failing.txt')).toEqual({
		format: 'tap',
		counts: [1, 1, 0],
		whole: false,
		failures: [
			'test test/sum.js:1:67 [is three] operator: equal, expected: 3, actual: 2',
		],
	});
});

test('reads passing.txt', () => {
	expect(read('passing.txt', false)).toEqual({
		format: 'tap',
		counts: [1, 0, 1],
		whole: true,
		failures: [],
	});
});
