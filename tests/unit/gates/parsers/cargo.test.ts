import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`cargo/${name}`), { failed }));

test.each(['broken-colours.txt', 'broken.txt'])('reads %s', (name) => {
	expect(read(name)).toEqual({
		format: 'cargo',
		counts: [],
		whole: true,
		failures: [
			'problem src/lib.rs:48:18 [E0308] mismatched types',
			'problem src/lib.rs:49:5 [E0425] cannot find function `undefined` in this scope',
		],
	});
});

test('reads broken-manifest.txt', () => {
	expect(read('broken-manifest.txt')).toEqual({
		format: 'cargo',
		counts: [],
		whole: true,
		failures: ['problem Cargo.toml:1:5 [] key with no value, expected `=`'],
	});
});

test('reads broken-short.txt', () => {
	expect(read('broken-short.txt')).toEqual({
		format: 'cargo',
		counts: [],
		whole: true,
		failures: [
			'problem src/lib.rs:48:18 [E0308] mismatched types: expected `i32`, found `&str`',
			'problem src/lib.rs:49:5 [E0425] cannot find function `undefined` in this scope: not found in',
		],
	});
});

test('reads crash.txt', () => {
	expect(read('crash.txt')).toEqual({
		format: 'cargo',
		counts: [0, 0, 0],
		whole: false,
		failures: [
			"problem nowhere [] process didn't exit successfully: `/work/project/target/debu",
		],
	});
});

test.each(['failing-colours.txt', 'failing-q.txt'])('reads %s', (name) => {
	expect(read(name)).toEqual({
		format: 'cargo',
		counts: [2, 6, 1],
		whole: true,
		failures: [
			'test nowhere [tests::deep::errs] Error: "no such thing"',
			'test src/lib.rs:38:12 [tests::deep::should] test did not panic as expected at src/lib.rs:38:12',
			'test src/lib.rs:22:9 [tests::adds_badly] assertion `left == right` failed: adds badly left: 2 right:',
			'test src/lib.rs:33:18 [tests::deep::unwraps] called `Option::unwrap()` on a `None` value',
			'test tests/whole.rs:8:5 [fails] multi line',
			'test src/lib.rs:5 [src/lib.rs - documented] assertion `left == right` failed left: 2 right: 3',
		],
	});
});

test('reads failing-no-fail-fast.txt', () => {
	expect(read('failing-no-fail-fast.txt')).toEqual({
		format: 'cargo',
		counts: [2, 6, 1],
		whole: true,
		failures: [
			'test nowhere [tests::deep::errs] Error: "no such thing"',
			'test src/lib.rs:38:12 [tests::deep::should] test did not panic as expected at src/lib.rs:38:12',
			'test src/lib.rs:33:18 [tests::deep::unwraps] called `Option::unwrap()` on a `None` value',
			'test src/lib.rs:22:9 [tests::adds_badly] assertion `left == right` failed: adds badly left: 2 right:',
			'test tests/whole.rs:8:5 [fails] multi line',
			'test src/lib.rs:5 [src/lib.rs - documented] assertion `left == right` failed left: 2 right: 3',
		],
	});
});

test('reads failing.txt', () => {
	expect(read('failing.txt')).toEqual({
		format: 'cargo',
		counts: [1, 4, 1],
		whole: false,
		failures: [
			'test nowhere [tests::deep::errs] Error: "no such thing"',
			'test src/lib.rs:38:12 [tests::deep::should] test did not panic as expected at src/lib.rs:38:12',
			'test src/lib.rs:22:9 [tests::adds_badly] assertion `left == right` failed: adds badly left: 2 right:',
			'test src/lib.rs:33:18 [tests::deep::unwraps] called `Option::unwrap()` on a `None` value',
		],
	});
});

test('reads none.txt', () => {
	expect(read('none.txt', false)).toEqual({
		format: 'cargo',
		counts: [0, 0, 0],
		whole: true,
		failures: [],
	});
});

test('reads passing.txt', () => {
	expect(read('passing.txt', false)).toEqual({
		format: 'cargo',
		counts: [1, 0, 0],
		whole: true,
		failures: [],
	});
});
