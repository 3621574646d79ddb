import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`pytest/${name}`), { failed }));

test.each(['broken-q.txt', 'broken.txt'])('reads %s', (name) => {
	expect(read(name)).toEqual({
		format: 'pytest',
		counts: [0, 0, 0],
		whole: false,
		failures: [
			'problem tests/test_broken.py [] File "/work/project/tests/test_broken.py", line 1 def test_n',
			"problem tests/test_importing.py:1 [] ModuleNotFoundError: No module named 'gone'",
		],
	});
});

test('reads crash.txt', () => {
	expect(read('crash.txt')).toEqual({
		format: 'pytest',
		counts: [],
		whole: false,
		failures: [
			'problem nowhere [] tests/test_good.py . [ 9%] tests/test_sum.py .FF.FFsxE [ 90%',
		],
	});
});

test.each([
	'failing-colours.txt',
	'failing-q.txt',
	'failing-short.txt',
	'failing-v.txt',
	'failing.txt',
])('reads %s', (name) => {
	expect(read(name)).toEqual({
		format: 'pytest',
		counts: [3, 5, 2],
		whole: true,
		failures: [
			'test tests/test_sum.py:8 [test_adds_badly] AssertionError: adds badly assert 2 == 3',
			"test tests/test_sum.py:12 [TestDeep::test_compares] AssertionError: assert {'a': 1, 'b': [1, 2]} == {'a': 1, 'b'",
			'test tests/test_sum.py:16 [test_each[2-two: [2]]] assert 2 == 1',
			'test tests/test_sum.py:19 [test_throws] ValueError: no such thing',
			'test tests/test_sum.py:34 [test_with_fixture] RuntimeError: cannot prepare',
		],
	});
});

test.each(['failing-line.txt', 'failing-no.txt'])('reads %s', (name) => {
	expect(read(name)).toEqual({
		format: 'pytest',
		counts: [3, 5, 2],
		whole: true,
		failures: [
			'test tests/test_sum.py [test_adds_badly] AssertionError: adds badly',
			"test tests/test_sum.py [TestDeep::test_compares] AssertionError: assert {'...",
			'test tests/test_sum.py [test_each[2-two: [2]]] assert 2 == 1',
			'test tests/test_sum.py [test_throws] ValueError: no such thing',
			'test tests/test_sum.py [test_with_fixture] RuntimeError: cannot prepare',
		],
	});
});

test('reads failing-rn.txt', () => {
	expect(read('failing-rn.txt')).toEqual({
		format: 'pytest',
		counts: [3, 5, 2],
		whole: true,
		failures: [
			'test tests/test_sum.py:34 [test_with_fixture] RuntimeError: cannot prepare',
			'test tests/test_sum.py:8 [test_adds_badly] AssertionError: adds badly assert 2 == 3',
			"test tests/test_sum.py:12 [TestDeep::test_compares] AssertionError: assert {'a': 1, 'b': [1, 2]} == {'a': 1, 'b'",
			'test tests/test_sum.py:16 [test_each[2-two: [2]]] assert 2 == 1',
			'test tests/test_sum.py:19 [test_throws] ValueError: no such thing',
		],
	});
});

test('reads failing-x.txt', () => {
	expect(read('failing-x.txt')).toEqual({
		format: 'pytest',
		counts: [2, 1, 0],
		whole: false,
		failures: [
			'test tests/test_sum.py:8 [test_adds_badly] AssertionError: adds badly assert 2 == 3',
		],
	});
});

test('reads junit.xml', () => {
	expect(read('junit.xml')).toEqual({
		format: 'junit',
		counts: [3, 5, 2],
		whole: true,
		failures: [
			'test tests/test_sum.py:8 [tests.test_sum test_adds_badly] AssertionError: adds badly assert 2 == 3',
			"test tests/test_sum.py:12 [tests.test_sum.TestDeep test_compares] AssertionError: assert {'a': 1, 'b': [1, 2]} == {'a': 1, 'b'",
			'test tests/test_sum.py:16 [tests.test_sum test_each[2-two: [2]]] assert 2 == 1',
			'test tests/test_sum.py:22 [tests.test_sum test_throws] ValueError: no such thing',
			'test tests/test_sum.py:34 [tests.test_sum test_with_fixture] failed on setup with "RuntimeError: cannot prepare"',
		],
	});
});

test('reads none-found.txt', () => {
	expect(read('none-found.txt')).toEqual({
		format: 'pytest',
		counts: [0, 0, 0],
		whole: false,
		failures: [
			'problem nowhere [] rootdir: /work/project collected 0 items ===================',
		],
	});
});

test('reads none.txt', () => {
	expect(read('none.txt')).toEqual({
		format: 'pytest',
		counts: [0, 0, 0],
		whole: false,
		failures: [
			'problem nowhere [] rootdir: /work/project collected 10 items / 10 deselected /',
		],
	});
});

test.each(['passing-q.txt', 'passing.txt'])('reads %s', (name) => {
	expect(read(name, false)).toEqual({
		format: 'pytest',
		counts: [1, 0, 0],
		whole: true,
		failures: [],
	});
});

test('reads same-names.txt', () => {
	expect(read('same-names.txt')).toEqual({
		format: 'pytest',
		counts: [0, 2, 0],
		whole: true,
		failures: [
			'test one/test_one.py:2 [test_same] assert 1 == 2',
			'test two/test_two.py:3 [test_same] assert 3 == 4',
		],
	});
});
