import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`tsc/${name}`), { failed }));

test('reads broken-config.txt', () => {
	expect(read('broken-config.txt')).toEqual({
		format: 'tsc',
		counts: [],
		whole: true,
		failures: [
			"problem nowhere [TS18003] No inputs were found in config file '/work/project/tsconfig.",
			"problem tsconfig.json:1:36 [TS5023] Unknown compiler option 'nope'.",
		],
	});
});

test('reads broken.txt', () => {
	expect(read('broken.txt')).toEqual({
		format: 'tsc',
		counts: [],
		whole: true,
		failures: [
			'problem src/b.ts:1:12 [TS1136] Property assignment expected.',
			"problem src/b.ts:2:1 [TS1005] '}' expected.",
		],
	});
});

test.each([
	'failing-npm.txt',
	'failing-pretty.txt',
	'failing-watch.txt',
	'failing.txt',
	'failing7-pretty.txt',
])('reads %s', (name) => {
	expect(read(name)).toEqual({
		format: 'tsc',
		counts: [],
		whole: true,
		failures: [
			"problem src/a.ts:2:7 [TS2322] Type 'number' is not assignable to type 'string'.",
			'problem src/a.ts:4:1 [TS2554] Expected 2 arguments, but got 1.',
			"problem src/a.ts:5:47 [TS2322] Type 'string' is not assignable to type 'number'.",
			"problem src/a.ts:6:22 [TS2307] Cannot find module './gone.js' or its corresponding type dec",
		],
	});
});

test('reads none.txt', () => {
	expect(read('none.txt')).toEqual({
		format: 'tsc',
		counts: [],
		whole: true,
		failures: [
			"problem nowhere [TS18003] No inputs were found in config file '/work/project/tsconfig.",
		],
	});
});

test('reads passing.txt', () => {
	expect(read('passing.txt', false)).toEqual({
		format: 'exit',
		counts: [],
		whole: false,
		failures: [],
	});
});
