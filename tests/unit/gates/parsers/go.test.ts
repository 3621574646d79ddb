import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`go/${name}`), { failed }));

test('reads crash.jsonl', () => {
	expect(read('crash.jsonl')).toEqual({
		format: 'go',
		counts: [0, 1, 0],
		whole: true,
		failures: [
			'test crash/crash_test.go:7 [example.com/project/crash TestPanics] panic: assignment to entry in nil map [recovered]',
		],
	});
});

test('reads exits.jsonl', () => {
	expect(read('exits.jsonl')).toEqual({
		format: 'go',
		counts: [1, 1, 0],
		whole: true,
		failures: [
			'test nowhere [example.com/project/exits TestExits] the test did not finish',
		],
	});
});

test('reads failing-v.txt', () => {
	expect(read('failing-v.txt')).toEqual({
		format: 'go',
		counts: [4, 3, 1],
		whole: true,
		failures: [
			'problem broken/broken_test.go:5:32 [] undefined: undefined',
			'problem broken/broken_test.go:5:58 [] cannot use "a" (untyped string constant) as int value in var',
			'test crash/crash_test.go:7 [example.com/project/crash TestPanics] panic: assignment to entry in nil map [recovered]',
			'test sum/sum_test.go:16 [example.com/project/sum TestAddsBadly] Add(1, 1) = 2, want 3',
			'test sum/sum_test.go:24 [example.com/project/sum TestTable/two_words] multi line two words',
			'problem nowhere [example.com/project/exits] the package failed',
		],
	});
});

test('reads failing.jsonl', () => {
	expect(read('failing.jsonl')).toEqual({
		format: 'go',
		counts: [3, 3, 1],
		whole: true,
		failures: [
			'problem broken/broken_test.go:5:32 [] undefined: undefined',
			'problem broken/broken_test.go:5:58 [] cannot use "a" (untyped string constant) as int value in var',
			'test crash/crash_test.go:7 [example.com/project/crash TestPanics] panic: assignment to entry in nil map [recovered]',
			'test sum/sum_test.go:16 [example.com/project/sum TestAddsBadly] Add(1, 1) = 2, want 3',
			'test sum/sum_test.go:24 [example.com/project/sum TestTable/two_words] multi line two words',
		],
	});
});

test('reads failing.txt', () => {
	expect(read('failing.txt')).toEqual({
		format: 'go',
		counts: [0, 3, 0],
		whole: true,
		failures: [
			'problem broken/broken_test.go:5:32 [] undefined: undefined',
			'problem broken/broken_test.go:5:58 [] cannot use "a" (untyped string constant) as int value in var',
			'test crash/crash_test.go:7 [example.com/project/crash TestPanics] panic: assignment to entry in nil map [recovered]',
			'test sum/sum_test.go:16 [example.com/project/sum TestAddsBadly] Add(1, 1) = 2, want 3',
			'test sum/sum_test.go:24 [example.com/project/sum TestTable/two_words] multi line two words',
		],
	});
});

test('reads no-module.jsonl', () => {
	expect(read('no-module.jsonl')).toEqual({
		format: 'exit',
		counts: [],
		whole: false,
		failures: [
			'problem nowhere [] pattern ./...: directory prefix . does not contain main modu',
		],
	});
});

test.each(['none.jsonl', 'passing.txt'])('reads %s', (name) => {
	expect(read(name, false)).toEqual({
		format: 'go',
		counts: [0, 0, 0],
		whole: true,
		failures: [],
	});
});

test('reads passing.jsonl', () => {
	expect(read('passing.jsonl', false)).toEqual({
		format: 'go',
		counts: [1, 0, 0],
		whole: true,
		failures: [],
	});
});

test('reads syntax.jsonl', () => {
	expect(read('syntax.jsonl')).toEqual({
		format: 'go',
		counts: [1, 0, 0],
		whole: true,
		failures: [
			'problem sum/w.go:3:1 [] syntax error: unexpected EOF, expecting )',
			'problem sum/w.go:3:1 [] method has no receiver',
		],
	});
});

test('reads timeout.jsonl', () => {
	expect(read('timeout.jsonl')).toEqual({
		format: 'go',
		counts: [0, 1, 0],
		whole: true,
		failures: [
			'test exits/e_test.go:7 [example.com/project/exits TestSlow] panic: test timed out after 1s',
		],
	});
});

test('reads vet-problems.txt', () => {
	expect(read('vet-problems.txt')).toEqual({
		format: 'go',
		counts: [],
		whole: true,
		failures: [
			'problem sum/v.go:3:12 [] fmt.Printf format %d has arg "x" of wrong type string',
		],
	});
});

test('reads vet.txt', () => {
	expect(read('vet.txt')).toEqual({
		format: 'go',
		counts: [],
		whole: true,
		failures: ['problem broken/broken_test.go:5:32 [] undeclared name: undefined'],
	});
});
