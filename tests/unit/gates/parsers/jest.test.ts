import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`jest/${name}`), { failed }));

test('reads bail.txt', () => {
	expect(read('bail.txt')).toEqual({
		format: 'jest',
		counts: [0, 1, 0],
		whole: false,
		failures: [
			'test test/a22.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
		],
	});
});

test.each(['crash.json', 'crash.txt'])('reads %s', (name) => {
	expect(read(name)).toEqual({
		format: 'jest',
		counts: [],
		whole: false,
		failures: ['problem test/crash.test.js:1:42 [] process.exit called with "3"'],
	});
});

test.each([
	'failing-colours.txt',
	'failing-npm.txt',
	'failing-verbose.txt',
	'failing.txt',
])('reads %s', (name) => {
	expect(read(name)).toEqual({
		format: 'jest',
		counts: [3, 4, 2],
		whole: true,
		failures: [
			'test test/sum.test.js:4:17 [sum › adds badly] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/sum.test.js:10:32 [sum › deep › compares objects] expect(received).toEqual(expected) // deep equality',
			'test test/sum.test.js:15:8 [throws] TypeError: no such thing',
			'test test/sum.test.js:17:47 [each 2] expect(received).toBe(expected) // Object.is equality Expect',
			"problem test/importing.test.js:1:18 [] Cannot find module '../src/gone.js' from 'test/importing.tes",
			'problem test/broken.test.js [] SyntaxError: /work/project/test/broken.test.js: Unexpected t',
		],
	});
});

test('reads failing.json', () => {
	expect(read('failing.json')).toEqual({
		format: 'jest',
		counts: [3, 4, 2],
		whole: true,
		failures: [
			'test test/sum.test.js:4:17 [sum › adds badly] Error: expect(received).toBe(expected) // Object.is equality',
			'test test/sum.test.js:10:32 [sum › deep › compares objects] Error: expect(received).toEqual(expected) // deep equality -',
			'test test/sum.test.js:15:8 [throws] TypeError: no such thing',
			'test test/sum.test.js:17:47 [each 2] Error: expect(received).toBe(expected) // Object.is equality',
			"problem test/importing.test.js [] Cannot find module '../src/gone.js' from 'test/importing.tes",
			'problem test/broken.test.js [] SyntaxError: /work/project/test/broken.test.js: Unexpected t',
		],
	});
});

test('reads junit.xml', () => {
	expect(read('junit.xml')).toEqual({
		format: 'junit',
		counts: [4, 4, 1],
		whole: true,
		failures: [
			'test test/sum.test.js:4:17 [sum adds badly] Error: expect(received).toBe(expected) // Object.is equality',
			'test test/sum.test.js:10:32 [sum deep compares objects] Error: expect(received).toEqual(expected) // deep equality -',
			'test test/sum.test.js:15:8 [throws] TypeError: no such thing',
			'test test/sum.test.js:17:47 [each 2] Error: expect(received).toBe(expected) // Object.is equality',
		],
	});
});

test('reads many.txt', () => {
	expect(read('many.txt')).toEqual({
		format: 'jest',
		counts: [1, 21, 0],
		whole: true,
		failures: [
			'test test/a22.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a21.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a20.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a19.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a18.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a17.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a16.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a15.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a14.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a13.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a12.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a11.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a10.test.js:1:35 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a9.test.js:1:34 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a8.test.js:1:34 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a7.test.js:1:34 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a6.test.js:1:34 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a5.test.js:1:34 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a4.test.js:1:34 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a3.test.js:1:34 [is one] expect(received).toBe(expected) // Object.is equality Expect',
			'test test/a2.test.js:1:34 [is one] expect(received).toBe(expected) // Object.is equality Expect',
		],
	});
});

test.each(['none.json', 'none.txt'])('reads %s', (name) => {
	expect(read(name)).toEqual({
		format: 'jest',
		counts: [],
		whole: false,
		failures: ['problem nowhere [] No tests found, exiting with code 1'],
	});
});

test.each(['passing.json', 'passing.txt'])('reads %s', (name) => {
	expect(read(name, false)).toEqual({
		format: 'jest',
		counts: [1, 0, 0],
		whole: true,
		failures: [],
	});
});
