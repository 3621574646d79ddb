import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`ava/${name}`), { failed }));

test('reads failing-tap.txt', () => {
	expect(read('failing-tap.txt')).toEqual({
		format: 'tap',
		counts: [1, 1, 1],
		whole: true,
		failures: ['test nowhere [adds] '],
	});
});

test('reads failing.txt', () => {
	expect(read('failing.txt')).toEqual({
		format: 'exit',
		counts: [],
		whole: false,
		failures: ['problem nowhere [] › file://test/sum.js:1:49 1 test failed 1 test todo'],
	});
});
