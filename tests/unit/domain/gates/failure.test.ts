import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	compareFailures,
	failureId,
	type GateFailure,
} from '../../../../src/domain/gates/failure.ts';

const failed: GateFailure = {
	kind: 'test',
	file: 'tests/sum.test.ts',
	line: 4,
	column: 2,
	name: 'sum > adds',
	message: 'expected 2 to be 3',
};

const problem: GateFailure = {
	kind: 'problem',
	file: 'src/sum.ts',
	line: 7,
	column: 1,
	name: 'TS2345',
	message: 'Argument of type string is not assignable',
};

describe('the same failure in another tree', () => {
	test('is a test of that name in that file, whatever it says now and wherever it stands', () => {
		const moved = { ...failed, line: 40, column: 9, message: 'expected 2 to be 5' };
		expect(failureId(moved)).toBe(failureId(failed));
		expect(failureId({ ...failed, file: 'tests/other.test.ts' })).not.toBe(
			failureId(failed),
		);
		expect(failureId({ ...failed, name: 'sum > adds twice' })).not.toBe(
			failureId(failed),
		);
	});

	test('is a problem of that code and message in that file, wherever it stands', () => {
		expect(failureId({ ...problem, line: 70, column: 3 })).toBe(failureId(problem));
		expect(failureId({ ...problem, name: 'TS2346' })).not.toBe(failureId(problem));
		expect(failureId({ ...problem, message: 'Argument of type number' })).not.toBe(
			failureId(problem),
		);
	});

	test.each([
		['unexpected end at src/a.ts:12:5', 'unexpected end at src/a.ts:13:1'],
		['syntax error on line 12', 'syntax error on line 40'],
		['declared at (12,5)', 'declared at (1, 70)'],
	])('is told by no place within its message: %s', (one, other) => {
		expect(failureId({ ...problem, message: one })).toBe(
			failureId({ ...problem, message: other }),
		);
	});

	test('is another one where a number is no place', () => {
		expect(failureId({ ...problem, message: 'Expected 2 arguments' })).not.toBe(
			failureId({ ...problem, message: 'Expected 3 arguments' }),
		);
	});

	test('is never a test here and a problem there', () => {
		expect(failureId({ ...failed, kind: 'problem' })).not.toBe(failureId(failed));
	});
});

describe('compared with the base', () => {
	test('failures that the base has are known', () => {
		expect(compareFailures([failed, problem], [{ ...problem, line: 1 }])).toEqual({
			fresh: [failed],
			known: [problem],
		});
	});

	test('two equal problems where the base had one are one fresh', () => {
		const second = { ...problem, line: 9 };
		expect(compareFailures([problem, second], [problem])).toEqual({
			fresh: [second],
			known: [problem],
		});
	});

	test('each failure is either fresh or known, and no more are known than the base has', () => {
		const failures = array(constantFrom(failed, problem, { ...problem, name: 'TS1' }));
		assert(
			property(failures, failures, (now, base) => {
				const { fresh, known } = compareFailures(now, base);
				expect(fresh.length + known.length).toBe(now.length);
				for (const one of now) {
					const count = (all: readonly GateFailure[]) =>
						all.filter((other) => failureId(other) === failureId(one)).length;
					expect(count(known)).toBe(Math.min(count(now), count(base)));
				}
			}),
		);
	});
});
