import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disjoint, type Overlap } from '../../../../src/domain/scope/overlap.ts';
import {
	compileScope,
	covers,
	type Scope,
	scopeOf,
	subtract,
	union,
} from '../../../../src/domain/scope/scope.ts';
import { patternList } from '../../../support/patterns.ts';

const soak = process.env['WEIR_SOAK'] === '1';

function overlap(one: readonly string[], other: readonly string[]): Overlap {
	return disjoint(compileScope(one), compileScope(other));
}

describe('scopes', () => {
	it.each([
		[['src/**'], ['docs/**']],
		[['src/a'], ['src/ab/**']],
		[['src/a/'], ['src/b']],
		[['src/*/*.ts'], ['src/*/*.md/']],
		[['src/*-1/**'], ['src/*-2/**']],
		[['src/**', '!src/api/**'], ['src/api/**']],
		[['**'], ['.gitattributes']],
		[['**', '!a'], ['.github/workflows/**']],
		[['**'], ['.git/**']],
		[['/a?'], ['/a']],
		[['/[ab]'], ['/[!ab]']],
		[['!a'], ['a']],
		[['a['], ['**']],
	])('%j and %j are disjoint', (one, other) => {
		expect(overlap(one, other)).toEqual({ disjoint: true });
		expect(overlap(other, one)).toEqual({ disjoint: true });
	});

	it.each([
		[['src/**'], ['**/*.md']],
		[['src/a*'], ['src/*b']],
		[['a/**/b'], ['a/b']],
		[['src'], ['src/x/y']],
		[['*.ts'], ['*.md']],
		[
			['**', '!src/**'],
			['src/**', 'docs/'],
		],
		[['.github/**'], ['*.yml']],
		[['.github/workflows/**'], ['**', '.github/workflows/ci.yml']],
		[['[[:digit:]]*'], ['*[!0-9]']],
		[['caf\u00e9'], ['caf?']],
	])('%j and %j have a path in common, which is told', (one, other) => {
		const told = overlap(one, other);
		const witness = told.disjoint ? null : told.witness;
		expect(witness).not.toBeNull();
		expect(covers(compileScope(one), witness ?? '')).toBe(true);
		expect(covers(compileScope(other), witness ?? '')).toBe(true);
	});

	it('are told by a path that reads like one', () => {
		expect(overlap(['src/**'], ['*.md'])).toEqual({
			disjoint: false,
			witness: 'src/a.md',
		});
	});

	it('overlap by case alone where one of them ignores it', () => {
		const one = compileScope(['SRC/**'], { ignoreCase: true });
		expect(disjoint(one, compileScope(['src/a'])).disjoint).toBe(false);
		expect(disjoint(compileScope(['SRC/**']), compileScope(['src/a'])).disjoint).toBe(
			true,
		);
	});

	it('that are all of the worktree overlap with what anybody writes', () => {
		expect(disjoint(scopeOf([]), compileScope(['docs/**']))).toEqual({
			disjoint: false,
			witness: 'docs/a',
		});
	});

	it('of which too much would have to be looked at count as overlapping', () => {
		const wide = `[!a]*a${'?'.repeat(40)}`;
		const narrow = `*b${'?'.repeat(41)}`;
		const told = overlap([`/x${wide}`, `!/x${narrow}`], [`/x${narrow}`, `!/x${wide}`]);
		expect(told).toEqual({ disjoint: false, witness: null });
	});

	it('whose paths compose to other paths are not called disjoint', () => {
		expect(overlap(['?\u0301'], ['a*']).disjoint).toBe(false);
	});
});

describe('two lists of patterns', () => {
	// All pairs of so many lists: 101,025 of them in the soak.
	const lists = soak ? 450 : 60;
	const more = fc.oneof(
		{ weight: 9, arbitrary: patternList },
		{
			weight: 1,
			arbitrary: fc.constantFrom(
				['**', '!a/**'],
				['.gitattributes'],
				['**', '.github/workflows/**'],
				['.github/**', '**/.gitattributes'],
			),
		},
	);

	it('are disjoint just where no path of a small universe is in both, or a told one is', () => {
		const names = ['a', 'b', 'ab', 'ba', 'aa', '.a', 'a.b', 'b.b', '-', '.gitattributes'];
		const universe = [...deep(names, 3), '.github/workflows/a', '.github/a'];
		const scopes = fc.sample(more, { numRuns: lists, seed: 47 }).map((patterns) => {
			const scope = compileScope(patterns);
			return { patterns, scope, covered: universe.map((path) => covers(scope, path)) };
		});
		const wrong: unknown[] = [];
		const counted = { pairs: 0, disjoint: 0, beyond: 0 };
		for (const [at, one] of scopes.entries())
			for (const other of scopes.slice(at + 1)) {
				const common = one.covered.findIndex((each, path) => each && other.covered[path]);
				const told = disjoint(one.scope, other.scope);
				counted.pairs += 1;
				if (told.disjoint) counted.disjoint += 1;
				else if (common < 0) counted.beyond += 1;
				const fine = told.disjoint ? common < 0 : isWitness(told.witness, one, other);
				if (!fine) wrong.push({ one: one.patterns, other: other.patterns, told });
			}
		expect(wrong).toEqual([]);
		expect(counted.disjoint).toBeGreaterThan(counted.pairs / 10);
		expect(counted.disjoint).toBeLessThan(counted.pairs);
		if (soak) console.info(JSON.stringify(counted));
	});

	function isWitness(
		path: string | null,
		one: { readonly scope: Scope },
		other: { readonly scope: Scope },
	): boolean {
		return path !== null && covers(one.scope, path) && covers(other.scope, path);
	}
});

describe('of any scopes', () => {
	it('what is subtracted is gone, and a union overlaps where one of both does', () => {
		fc.assert(
			fc.property(patternList, patternList, patternList, (first, second, third) => {
				const [a, b, c] = [
					compileScope(first),
					compileScope(second),
					compileScope(third),
				];
				expect(disjoint(subtract(a, b), b)).toEqual({ disjoint: true });
				expect(disjoint(a, subtract(b, a))).toEqual({ disjoint: true });
				expect(disjoint(a, subtract(a, a))).toEqual({ disjoint: true });
				const apart = disjoint(a, c).disjoint && disjoint(b, c).disjoint;
				expect(disjoint(union(a, b), c).disjoint).toBe(apart);
				expect(disjoint(c, union(a, b)).disjoint).toBe(apart);
				const rest = disjoint(subtract(a, b), subtract(b, a));
				expect(rest).toEqual({ disjoint: true });
			}),
			{ numRuns: soak ? 1_000 : 30, seed: 48 },
		);
	});
});

function deep(names: readonly string[], depth: number): string[] {
	if (depth === 1) return [...names];
	const below = deep(names, depth - 1);
	return [...names, ...names.flatMap((name) => below.map((path) => `${name}/${path}`))];
}
