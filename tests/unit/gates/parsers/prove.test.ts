import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`prove/${name}`), { failed }));

test('reads crash.tap', () => {
	expect(read('crash.tap')).toEqual({
		format: 'tap',
		counts: [1, 0, 0],
		whole: false,
		failures: [
			'problem nowhere [] ok 1 - first no such thing at t/crash.t line 1. # Looks like',
		],
	});
});

test('reads failing-v.txt', () => {
	expect(read('failing-v.txt')).toEqual({
		format: 'tap',
		counts: [5, 2, 0],
		whole: true,
		failures: [
			"test t/sum.t:3 [adds badly] got: '2' expected: '3'",
			"test t/sum.t:4 [compares] Structures begin differing at: $got->{a} = '1' $expected->{a",
			'problem t/broken.t [] Non-zero exit status: 255, Parse errors: No plan found in TA',
			'problem t/crash.t [] Non-zero exit status: 255, Parse errors: Bad plan. You plann',
		],
	});
});

test('reads failing.txt', () => {
	expect(read('failing.txt')).toEqual({
		format: 'tap',
		counts: [4, 2, 0],
		whole: true,
		failures: [
			"test t/sum.t:3 [adds badly] got: '2' expected: '3'",
			"test t/sum.t:4 [compares] Structures begin differing at: $got->{a} = '1' $expected->{a",
		],
	});
});

test('reads good.tap', () => {
	expect(read('good.tap', false)).toEqual({
		format: 'tap',
		counts: [1, 0, 1],
		whole: true,
		failures: [],
	});
});

test('reads none.tap', () => {
	expect(read('none.tap', false)).toEqual({
		format: 'tap',
		counts: [0, 0, 0],
		whole: true,
		failures: [],
	});
});

test('reads passing.txt', () => {
	expect(read('passing.txt', false)).toEqual({
		format: 'tap',
		counts: [2, 0, 0],
		whole: true,
		failures: [],
	});
});

test('reads sum.tap', () => {
	expect(read('sum.tap')).toEqual({
		format: 'tap',
		counts: [2, 2, 1],
		whole: true,
		failures: [
			"test t/sum.t:3 [adds badly] got: '2' expected: '3'",
			"test t/sum.t:4 [deep > compares] Structures begin differing at: $got->{a} = '1' $expected->{a",
		],
	});
});
