// What the wall says beside what the scope says: laws of the two together.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Change, judgeChanges } from '../../../src/domain/judging.ts';
import { patternsFor } from '../../../src/domain/outside.ts';
import { covers, isPath, scopeOf } from '../../../src/domain/scope/scope.ts';
import { path, patternList, positivePattern } from '../../support/patterns.ts';

const file = { mode: '100644', target: null };
const changes = fc.array(
	fc.tuple(path, fc.constantFrom('added', 'changed', 'deleted')).map(
		([at, how]): Change => ({
			path: at,
			from: how === 'added' ? null : file,
			to: how === 'deleted' ? null : file,
		}),
	),
	{ minLength: 1, maxLength: 6 },
);

function outside(patterns: readonly string[], all: readonly Change[]) {
	return judgeChanges({ patterns, ignoreCase: false }, all);
}

it('files are outside just where the scope does not cover them, each by itself', () => {
	fc.assert(
		fc.property(patternList, changes, (patterns, all) => {
			const scope = scopeOf(patterns);
			const expected = all.filter((each) => !covers(scope, each.path));
			expect(outside(patterns, all).map((each) => each.path)).toEqual(
				expected.map((each) => each.path),
			);
			expect(all.flatMap((each) => outside(patterns, [each]))).toEqual(
				outside(patterns, all),
			);
		}),
		{ numRuns: 1_000 },
	);
});

it('one more pattern that gives puts nothing outside', () => {
	fc.assert(
		fc.property(patternList, positivePattern, changes, (patterns, more, all) => {
			const before = outside(patterns, all).map((each) => each.path);
			for (const { path: left } of outside([...patterns, more], all))
				expect(before).toContain(left);
			expect(outside([...patterns, more], all).length).toBeLessThanOrEqual(before.length);
		}),
		{ numRuns: 1_000 },
	);
});

it('the patterns that a refusal names make a yes, whatever the files are called', () => {
	const odd = fc
		.array(
			fc
				.string({
					unit: fc.constantFrom(...Array.from("ab*?[]!#\\{,} .-'")),
					minLength: 1,
				})
				.map((name) => name.slice(0, 8)),
			{ minLength: 1, maxLength: 3 },
		)
		.map((names) => names.join('/'))
		.filter(isPath);
	const few = fc.array(
		fc.oneof(odd, path, fc.constantFrom('.gitattributes', '.github/workflows/ci.yml')),
		{ minLength: 1, maxLength: 4 },
	);
	fc.assert(
		fc.property(patternList, few, (patterns, files) => {
			const all = files.map((each): Change => ({ path: each, from: null, to: file }));
			const more = patternsFor(outside(patterns, all));
			expect(outside([...patterns, ...more], all)).toEqual([]);
		}),
		{ numRuns: 1_000 },
	);
});
