import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { folderCoverage } from '../../../../src/domain/scope/coverage.ts';
import {
	compileScope,
	covers,
	subtract,
	union,
} from '../../../../src/domain/scope/scope.ts';
import { path, patternList } from '../../../support/patterns.ts';

it('a union covers what one of both covers, a difference what only the first does', () => {
	fc.assert(
		fc.property(patternList, patternList, path, (first, second, file) => {
			const one = compileScope(first);
			const other = compileScope(second);
			const [inOne, inOther] = [covers(one, file), covers(other, file)];
			expect(covers(union(one, other), file)).toBe(inOne || inOther);
			expect(covers(subtract(one, other), file)).toBe(inOne && !inOther);
		}),
		{ numRuns: 1_000 },
	);
});

it('folders of a union or a difference are as covered as what is in them', () => {
	fc.assert(
		fc.property(patternList, patternList, path, path, (first, second, folder, below) => {
			const one = compileScope(first);
			const other = compileScope(second);
			for (const scope of [union(one, other), subtract(one, other)]) {
				const coverage = folderCoverage(scope, folder);
				const covered = covers(scope, `${folder}/${below}`);
				expect([covered ? 'all' : 'none', 'some']).toContain(coverage);
			}
		}),
		{ numRuns: 300 },
	);
});
