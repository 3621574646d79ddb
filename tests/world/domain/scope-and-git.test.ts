// What git ignores by the same lines is the measure: `git check-ignore`, many lists in one run, each
// the .gitignore of a folder of its own.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IgnoreLines } from '../../../src/domain/scope/ignore-lines.ts';
import { compileScope, explainPath } from '../../../src/domain/scope/scope.ts';
import { path, patternList, positiveList } from '../../support/patterns.ts';
import { personEnv } from '../../support/repository.ts';
import { makeScratch } from '../../support/scratch.ts';

const soak = process.env['WEIR_SOAK'] === '1';
const lists = soak ? 10_000 : 600;

interface Case {
	readonly patterns: readonly string[];
	readonly paths: readonly string[];
}

/** Which of the paths git ignores. Nothing of them is on the disk but the lists. */
function ignored(cases: readonly Case[]): boolean[][] {
	const repository = makeScratch();
	execFileSync('git', ['init', '-q', repository], { env: personEnv });
	const input: string[] = [];
	for (const [at, { patterns, paths }] of cases.entries()) {
		mkdirSync(join(repository, `d${at}`));
		writeFileSync(join(repository, `d${at}`, '.gitignore'), `${patterns.join('\n')}\n`);
		input.push(...paths.map((each) => `d${at}/${each}\0`));
	}
	const argv = ['check-ignore', '--stdin', '-z', '-v', '-n', '--no-index'];
	const output = execFileSync('git', argv, {
		cwd: repository,
		input: input.join(''),
		maxBuffer: 1e9,
		env: personEnv,
	});
	// Source, line, pattern, path; a pattern that begins with ! takes out again.
	const fields = output.toString().split('\0');
	let at = 0;
	return cases.map(({ paths }) =>
		paths.map((each) => {
			const [, , pattern = '', told = ''] = fields.slice(at, at + 4);
			at += 4;
			expect(told.slice(told.indexOf('/') + 1)).toBe(each);
			return pattern !== '' && !pattern.startsWith('!');
		}),
	);
}

function cases(list: fc.Arbitrary<string[]>, seed: number): Case[] {
	const one = fc.record({
		patterns: list,
		paths: fc.array(path, { minLength: 12, maxLength: 12 }),
	});
	return fc.sample(one, { numRuns: lists, seed });
}

describe('a scope beside what git ignores by the same lines', () => {
	it('is the same where nothing is taken out again', () => {
		const all = cases(positiveList, 45);
		const byGit = ignored(all);
		const wrong: unknown[] = [];
		let covered = 0;
		for (const [at, { patterns, paths }] of all.entries()) {
			const scope = compileScope(patterns);
			for (const [which, each] of paths.entries()) {
				const own = explainPath(scope, each).covered;
				if (own) covered += 1;
				if (own !== byGit[at]?.[which]) wrong.push({ patterns, path: each, own });
			}
		}
		expect(wrong).toEqual([]);
		expect(covered).toBeGreaterThan(lists);
	});

	it('as lines of an ignore file is the same in all', () => {
		const all = cases(patternList, 49);
		const byGit = ignored(all);
		const wrong: unknown[] = [];
		for (const [at, { patterns, paths }] of all.entries()) {
			const lines = new IgnoreLines(patterns);
			for (const [which, each] of paths.entries())
				if (lines.ignores(each) !== byGit[at]?.[which])
					wrong.push({ patterns, path: each, git: byGit[at]?.[which] });
		}
		expect(wrong).toEqual([]);
	});

	it('covers nothing that git does not ignore, and less only by a pattern with !', () => {
		const all = cases(patternList, 46);
		const byGit = ignored(all);
		const wrong: unknown[] = [];
		for (const [at, { patterns, paths }] of all.entries()) {
			const scope = compileScope(patterns);
			for (const [which, each] of paths.entries()) {
				const { covered, by } = explainPath(scope, each);
				if (covered === byGit[at]?.[which]) continue;
				if (covered || !by?.startsWith('!')) wrong.push({ patterns, path: each, by });
			}
		}
		expect(wrong).toEqual([]);
	});
});
