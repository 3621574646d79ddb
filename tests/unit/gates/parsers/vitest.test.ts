import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`vitest/${name}`), { failed }));

test('reads crash.json', () => {
	expect(read('crash.json')).toEqual({
		format: 'vitest',
		counts: [1, 0, 0],
		whole: true,
		failures: ['test test/crash.test.js [ends the process] the test did not finish'],
	});
});

test('reads crash.txt', () => {
	expect(read('crash.txt')).toEqual({
		format: 'vitest',
		counts: [1, 0, 0],
		whole: false,
		failures: [
			'problem nowhere [Unhandled Error] Error: [vitest-pool]: Worker forks emitted error.',
		],
	});
});

test.each(['failing-5-projects-colours.txt', 'failing-5-projects.txt'])(
	'reads %s',
	(name) => {
		expect(read(name)).toEqual({
			format: 'vitest',
			counts: [4, 4, 1],
			whole: true,
			failures: [
				'problem test/broken.test.js [] Error: Failed to parse source for import analysis because th',
				'test test/sum.test.js:5:17 [sum > adds badly] AssertionError: expected 2 to be 3 // Object.is equality',
				'test test/sum.test.js:10:32 [sum > deep > compares objects] AssertionError: expected { a: 1, b: [ 1, 2 ] } to deeply equ',
				'test test/sum.test.js:15:8 [throws] TypeError: no such thing',
				'test test/sum.test.js:17:47 [each 2] AssertionError: expected 2 to be 1 // Object.is equality',
				'problem test/unhandled.test.js:2:49 [Unhandled Rejection] Error: nobody waits',
			],
		});
	},
);

test('reads failing-5.json', () => {
	expect(read('failing-5.json')).toEqual({
		format: 'vitest',
		counts: [4, 4, 1],
		whole: true,
		failures: [
			'test test/sum.test.js:5:17 [sum > adds badly] AssertionError: expected 2 to be 3 // Object.is equality',
			'test test/sum.test.js:10:32 [sum > deep > compares objects] AssertionError: expected { a: 1, b: [ 1, 2 ] } to deeply equ',
			'test test/sum.test.js:15:8 [throws] TypeError: no such thing',
			'test test/sum.test.js:17:47 [each 2] AssertionError: expected 2 to be 1 // Object.is equality',
			'problem test/broken.test.js [] Failed to parse source for import analysis because the conte',
		],
	});
});

test.each(['failing-colours.txt', 'failing-dot.txt', 'failing-npm.txt', 'failing.txt'])(
	'reads %s',
	(name) => {
		expect(read(name)).toEqual({
			format: 'vitest',
			counts: [4, 4, 1],
			whole: true,
			failures: [
				'problem test/broken.test.js [] Error: Failed to parse source for import analysis because th',
				"problem test/importing.test.js:1:1 [] Error: Cannot find module '../src/gone.js' imported from /wo",
				'test test/sum.test.js:5:17 [sum > adds badly] AssertionError: expected 2 to be 3 // Object.is equality',
				'test test/sum.test.js:10:32 [sum > deep > compares objects] AssertionError: expected { a: 1, b: [ 1, 2 ] } to deeply equ',
				'test test/sum.test.js:15:8 [throws] TypeError: no such thing',
				'test test/sum.test.js:17:47 [each 2] AssertionError: expected 2 to be 1 // Object.is equality',
				'problem test/unhandled.test.js:2:49 [Unhandled Rejection] Error: nobody waits',
			],
		});
	},
);

test('reads failing-github.txt', () => {
	expect(read('failing-github.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: [
			'problem test/unhandled.test.js:2 [Unhandled error] Error: nobody waits ❯ test/unhandled.test.js:2:49 This error',
			"problem test/importing.test.js:1 [test/importing.test.js] Error: Cannot find module '../src/gone.js' imported from /wo",
			'problem test/sum.test.js:5 [test/sum.test.js > sum > adds badly] AssertionError: expected 2 to be 3 // Object.is equality - E',
			'problem test/sum.test.js:10 [test/sum.test.js > sum > deep > compares objects] AssertionError: expected { a: 1, b: [ 1, 2 ] } to deeply equ',
			'problem test/sum.test.js:15 [test/sum.test.js > throws] TypeError: no such thing ❯ test/sum.test.js:15:8',
			'problem test/sum.test.js:17 [test/sum.test.js > each 2] AssertionError: expected 2 to be 1 // Object.is equality - E',
		],
	});
});

test('reads failing-junit.xml', () => {
	expect(read('failing-junit.xml')).toEqual({
		format: 'junit',
		counts: [4, 6, 1],
		whole: true,
		failures: [
			'test test/broken.test.js:1 [test/broken.test.js] Failed to parse source for import analysis because the conte',
			"test test/importing.test.js:1:1 [test/importing.test.js] Cannot find module '../src/gone.js' imported from /work/proj",
			'test test/sum.test.js:5:17 [sum > adds badly] expected 2 to be 3 // Object.is equality',
			'test test/sum.test.js:10:32 [sum > deep > compares objects] expected { a: 1, b: [ 1, 2 ] } to deeply equal { a: 1, b: [',
			'test test/sum.test.js:15:8 [throws] no such thing',
			'test test/sum.test.js:17:47 [each 2] expected 2 to be 1 // Object.is equality',
		],
	});
});

test.each(['failing-tap-flat.txt', 'failing-tap.txt'])('reads %s', (name) => {
	expect(read(name)).toEqual({
		format: 'tap',
		counts: [4, 6, 1],
		whole: true,
		failures: [
			'test test/broken.test.js [test/broken.test.js] Failed to parse source for import analysis because the conte',
			"test test/importing.test.js:1:1 [test/importing.test.js] Cannot find module '../src/gone.js' imported from /work/proj",
			'test test/sum.test.js:5:17 [test/sum.test.js > sum > adds badly] expected 2 to be 3 // Object.is equality',
			'test test/sum.test.js:10:32 [test/sum.test.js > sum > deep > compares objects] expected { a: 1, b: [ 1, 2 ] } to deeply equal { a: 1, b: [',
			'test test/sum.test.js:15:8 [test/sum.test.js > throws] no such thing',
			'test test/sum.test.js:17:47 [test/sum.test.js > each 2] expected 2 to be 1 // Object.is equality',
		],
	});
});

test('reads failing.json', () => {
	expect(read('failing.json')).toEqual({
		format: 'vitest',
		counts: [4, 4, 1],
		whole: true,
		failures: [
			'problem test/broken.test.js [] Failed to parse source for import analysis because the conte',
			"problem test/importing.test.js [] Cannot find module '../src/gone.js' imported from /work/proj",
			'test test/sum.test.js:5:17 [sum > adds badly] AssertionError: expected 2 to be 3 // Object.is equality',
			'test test/sum.test.js:10:32 [sum > deep > compares objects] AssertionError: expected { a: 1, b: [ 1, 2 ] } to deeply equ',
			'test test/sum.test.js:15:8 [throws] TypeError: no such thing',
			'test test/sum.test.js:17:47 [each 2] AssertionError: expected 2 to be 1 // Object.is equality',
		],
	});
});

test('reads none.json', () => {
	expect(read('none.json')).toEqual({
		format: 'vitest',
		counts: [0, 0, 0],
		whole: false,
		failures: [
			'problem nowhere [] {"numTotalTestSuites":0,"numPassedTestSuites":0,"numFailedTe',
		],
	});
});

test('reads none.txt', () => {
	expect(read('none.txt')).toEqual({
		format: 'vitest',
		counts: [],
		whole: false,
		failures: ['problem nowhere [] No test files found, exiting with code 1'],
	});
});

test.each(['passing.json', 'passing.txt'])('reads %s', (name) => {
	expect(read(name, false)).toEqual({
		format: 'vitest',
		counts: [1, 0, 0],
		whole: true,
		failures: [],
	});
});
