import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`node/${name}`), { failed }));

test('reads crash-tap.txt', () => {
	expect(read('crash-tap.txt')).toEqual({
		format: 'tap',
		counts: [0, 1, 0],
		whole: true,
		failures: ['test test/crash.test.js:1:1 [test/crash.test.js] test failed'],
	});
});

test('reads crash.txt', () => {
	expect(read('crash.txt')).toEqual({
		format: 'node',
		counts: [0, 1, 0],
		whole: true,
		failures: ['test test/crash.test.js:1:1 [test/crash.test.js] test failed'],
	});
});

test.each(['failing-colours.txt', 'failing-npm.txt', 'failing.txt'])(
	'reads %s',
	(name) => {
		expect(read(name)).toEqual({
			format: 'node',
			counts: [4, 6, 2],
			whole: true,
			failures: [
				'test test/broken.test.js:1:1 [test/broken.test.js] test failed',
				'test test/sub.test.js:1:146 [child is bad] AssertionError [ERR_ASSERTION]: said why',
				'test test/sum.test.js:4:2 [adds badly] AssertionError [ERR_ASSERTION]: 2 == 3',
				'test test/sum.test.js:9:3 [compares objects] AssertionError [ERR_ASSERTION]: Expected values to be loosel',
				'test test/sum.test.js:18:1 [throws] TypeError: no such thing',
				'test test/sum.test.js:21:1 [never answers] test timed out after 50ms',
			],
		});
	},
);

test('reads failing-dot.txt', () => {
	expect(read('failing-dot.txt')).toEqual({
		format: 'exit',
		counts: [],
		whole: false,
		failures: [
			"problem nowhere [] TypeError: no such thing ✖ never answers (51.235186ms) 'test",
		],
	});
});

test('reads failing-junit.xml', () => {
	expect(read('failing-junit.xml')).toEqual({
		format: 'junit',
		counts: [4, 6, 2],
		whole: true,
		failures: [
			'test test/broken.test.js [test/broken.test.js] test failed',
			'test test/sub.test.js:1:180 [parent child is bad] said why',
			'test test/sum.test.js:5:10 [sum adds badly] 2 == 3',
			'test test/sum.test.js:10:11 [sum.deep compares objects] Expected values to be loosely deep-equal: { a: 1, b: [ 1, 2',
			'test test/sum.test.js:19:8 [throws] no such thing',
			'test test/sum.test.js [never answers] test timed out after 50ms',
		],
	});
});

test('reads failing-tap.txt', () => {
	expect(read('failing-tap.txt')).toEqual({
		format: 'tap',
		counts: [4, 6, 2],
		whole: true,
		failures: [
			'test test/broken.test.js:1:1 [test/broken.test.js] test failed',
			'test test/sub.test.js:1:146 [parent > child is bad] said why',
			'test test/sum.test.js:4:2 [sum > adds badly] 2 == 3',
			'test test/sum.test.js:9:3 [sum > deep > compares objects] Expected values to be loosely deep-equal: { a: 1, b: [ 1, 2',
			'test test/sum.test.js:18:1 [throws] no such thing',
			'test test/sum.test.js:21:1 [never answers] test timed out after 50ms',
		],
	});
});

test('reads none-tap.txt', () => {
	expect(read('none-tap.txt', false)).toEqual({
		format: 'tap',
		counts: [0, 0, 0],
		whole: true,
		failures: [],
	});
});

test('reads none.txt', () => {
	expect(read('none.txt', false)).toEqual({
		format: 'node',
		counts: [0, 0, 0],
		whole: true,
		failures: [],
	});
});

test('reads own-tap.txt', () => {
	expect(read('own-tap.txt')).toEqual({
		format: 'tap',
		counts: [1, 2, 1],
		whole: true,
		failures: [
			'test test/own.test.js:2:1 [fails by itself] after all',
			'test test/own.test.js:6:1 [fails though what is to do may] after all',
		],
	});
});

test('reads own.txt', () => {
	expect(read('own.txt')).toEqual({
		format: 'node',
		counts: [1, 2, 1],
		whole: true,
		failures: [
			'test test/own.test.js:2:1 [fails by itself] Error: after all',
			'test test/own.test.js:6:1 [fails though what is to do may] Error: after all',
		],
	});
});

test('reads passing-tap.txt', () => {
	expect(read('passing-tap.txt', false)).toEqual({
		format: 'tap',
		counts: [1, 0, 0],
		whole: true,
		failures: [],
	});
});

test('reads passing.txt', () => {
	expect(read('passing.txt', false)).toEqual({
		format: 'node',
		counts: [1, 0, 0],
		whole: true,
		failures: [],
	});
});
