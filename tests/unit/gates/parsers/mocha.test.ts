import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`mocha/${name}`), { failed }));

test('reads broken.txt', () => {
	expect(read('broken.txt')).toEqual({
		format: 'mocha',
		counts: [],
		whole: false,
		failures: ['problem test/broken.js [SyntaxError] Unexpected end of input'],
	});
});

test('reads crash.txt', () => {
	expect(read('crash.txt')).toEqual({
		format: 'exit',
		counts: [],
		whole: false,
		failures: [],
	});
});

test.each(['failing-colours.txt', 'failing-dot.txt', 'failing-npm.txt', 'failing.txt'])(
	'reads %s',
	(name) => {
		expect(read(name)).toEqual({
			format: 'mocha',
			counts: [2, 5, 1],
			whole: true,
			failures: [
				'test test/sum.js:19:8 [throws] TypeError: no such thing',
				'test test/sum.js [never answers] Error: Timeout of 50ms exceeded. For async tests and hooks,',
				'test test/sum.js:5:10 [sum > adds badly] AssertionError [ERR_ASSERTION]: 2 == 3',
				'test test/sum.js:10:11 [sum > deep > compares objects] AssertionError [ERR_ASSERTION]: Expected values to be loosel',
				'test test/sum.js:14:36 [sum > hooked > "before all" hook: prepares for "never runs"] Error: cannot prepare',
			],
		});
	},
);

test('reads failing-tap.txt', () => {
	expect(read('failing-tap.txt')).toEqual({
		format: 'tap',
		counts: [2, 5, 1],
		whole: true,
		failures: [
			'test test/sum.js:19:8 [throws] no such thing',
			'test nowhere [never answers] Timeout of 50ms exceeded. For async tests and hooks, ensure',
			'test test/sum.js:5:10 [sum adds badly] 2 == 3',
			'test test/sum.js:10:11 [sum deep compares objects] Expected values to be loosely deep-equal:',
			'test test/sum.js:14:36 [sum hooked "before all" hook: prepares for "never runs"] cannot prepare',
		],
	});
});

test('reads failing-xunit.xml', () => {
	expect(read('failing-xunit.xml')).toEqual({
		format: 'junit',
		counts: [2, 5, 1],
		whole: true,
		failures: [
			'test test/sum.js:19:8 [throws] no such thing TypeError: no such thing',
			'test test/sum.js [never answers] Timeout of 50ms exceeded. For async tests and hooks, ensure',
			'test test/sum.js:5:10 [sum adds badly] 2 == 3 + expected - actual -2 +3 AssertionError [ERR_ASSERTI',
			'test test/sum.js:10:11 [sum deep compares objects] Expected values to be loosely deep-equal: { a: 1, b: [ 1, 2',
			'test test/sum.js:14:36 [sum hooked "before all" hook: prepares for "never runs"] cannot prepare Error: cannot prepare',
		],
	});
});

test('reads helper.txt', () => {
	expect(read('helper.txt')).toEqual({
		format: 'mocha',
		counts: [0, 1, 0],
		whole: true,
		failures: ['test test/a.js:1:62 [uses a helper] Error: no such thing'],
	});
});

test('reads none.txt', () => {
	expect(read('none.txt')).toEqual({
		format: 'exit',
		counts: [],
		whole: false,
		failures: ['problem nowhere [] Error: No test files found: "test/nothing.js"'],
	});
});

test('reads passing.txt', () => {
	expect(read('passing.txt', false)).toEqual({
		format: 'mocha',
		counts: [1, 0, 0],
		whole: true,
		failures: [],
	});
});
