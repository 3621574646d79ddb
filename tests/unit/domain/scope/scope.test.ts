import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderCoverage } from '../../../../src/domain/scope/coverage.ts';
import {
	compileScope,
	covers,
	explainPath,
	scopeOf,
} from '../../../../src/domain/scope/scope.ts';
import { path, patternList, positivePattern } from '../../../support/patterns.ts';

describe('a scope', () => {
	it.each([
		['src/api/**', 'src/api/x.ts', true],
		['src/api/**', 'src/api', false],
		['src/api', 'src/api/deep/x', true],
		['src/api/', 'src/api', false],
		['src/api/', 'src/api/x', true],
		['*.md', 'docs/a.md', true],
		['/*.md', 'docs/a.md', false],
		['docs/*.md', 'x/docs/a.md', false],
		['docs/*', 'docs/deep/a.md', true],
		['a/**/b', 'a/b', true],
		['a/**/b', 'a/x/y/b', true],
		['a**b', 'axb', true],
		['x/a**b', 'x/a/b', false],
		['x/a**/b', 'x/ab', true],
		['x/a**/b', 'x/ay/z/b', true],
		['x/[a]**/b', 'x/ay/z/b', false],
		['v[0-9]', 'v3', true],
		['v[!0-9]', 'v3', false],
		['[[:alpha:]]', 'q', true],
		['a\\*', 'a*', true],
		['a\\*', 'ab', false],
		['a?', 'a😀', true],
		['caf\u00e9', 'cafe\u0301', true],
		['cafe\u0301', 'caf\u00e9', true],
		['a ', 'a', true],
		['a\\ ', 'a ', true],
		['A', 'a', false],
	])('by %s takes %s: %s', (pattern, file, covered) => {
		expect(covers(compileScope([pattern]), file)).toBe(covered);
	});

	it.each(['', '/a', 'a/', 'a//b', './a', 'a/../b', '..', 'a/.', 'a\0b'])(
		'takes nothing that is no path: %j',
		(file) => {
			expect(covers(compileScope(['/**', 'a', 'b']), file)).toBe(false);
		},
	);

	it('is decided by the last pattern that matches a path or a folder above it', () => {
		const scope = compileScope(['src/**', '!src/old/**', 'src/old/keep']);
		expect(covers(scope, 'src/a')).toBe(true);
		expect(covers(scope, 'src/old/a')).toBe(false);
		expect(covers(scope, 'src/old/keep/a')).toBe(true);
		expect(explainPath(scope, 'src/old/a').by).toBe('!src/old/**');
		expect(explainPath(scope, 'docs/a').by).toBe(null);
	});

	it('is all of the worktree where no pattern is given, but what must be named', () => {
		const scope = scopeOf([]);
		expect(explainPath(scope, 'src/a')).toMatchObject({ covered: true, by: null });
		expect(explainPath(scope, '.github/workflows/ci.yml')).toMatchObject({
			covered: false,
			mustBeNamed: true,
		});
	});

	it('ignores case where the file system does', () => {
		const scope = compileScope(['src/**', '!src/Old/**', '[x-z]s', 'stra\u00dfe'], {
			ignoreCase: true,
		});
		expect(covers(scope, 'SRC/a')).toBe(true);
		expect(covers(scope, 'Src/OLD/a')).toBe(false);
		expect(covers(scope, 'XS')).toBe(true);
		expect(covers(scope, 'X\u017f')).toBe(true);
		expect(
			covers(compileScope(['\u00c4\u03c3'], { ignoreCase: true }), '\u00e4\u03c2'),
		).toBe(true);
		expect(
			covers(compileScope(['[\u00c0-\u00d6]'], { ignoreCase: true }), '\u00e4'),
		).toBe(true);
	});

	it('with a pattern that nobody checked is never wider', () => {
		expect(covers(compileScope(['[a', '../a']), 'a')).toBe(false);
		expect(covers(compileScope(['/**', '!a[']), 'a')).toBe(false);
	});

	it('stays quick and small whatever its pattern', () => {
		const scope = compileScope(['*a????????????????????b', `${'*a'.repeat(200)}b`]);
		for (let at = 0; at < 200; at += 1) {
			const name = Array.from(
				{ length: 200 },
				(_, each) => 'ab'[(each * at) % 7 > 3 ? 1 : 0],
			);
			covers(scope, name.join(''));
		}
		expect(covers(scope, `${'a'.repeat(300)}b`)).toBe(true);
	});
});

describe('what must be named', () => {
	it.each([
		['.github/workflows/**', '.github/workflows/ci.yml', true],
		['.github/workflows/ci.yml', '.github/workflows/ci.yml', true],
		['.github/workflows/*.yml', '.github/workflows/ci.yml', true],
		['.github/', '.github/workflows/ci.yml', false],
		['.github/**', '.github/workflows/ci.yml', false],
		['.github/**', '.github/CODEOWNERS', true],
		['.github/w*/ci.yml', '.github/workflows/ci.yml', false],
		['**/ci.yml', '.github/workflows/ci.yml', false],
		['**', '.github/Workflows/ci.yml', false],
		['**', '.gitattributes', false],
		['**', 'src/.gitattributes', false],
		['**', 'src/.GITATTRIBUTES', false],
		['.gitattributes', 'src/.gitattributes', true],
		['src/.gitattributes', 'src/.gitattributes', true],
		['src/.gitattributes', '.gitattributes', false],
		['src/**/.gitattributes', 'src/a/.gitattributes', true],
		['src/.gitattr*', 'src/.gitattributes', false],
		['.git*', '.gitlab-ci.yml', false],
		['.gitlab-ci.yml', '.gitlab-ci.yml', true],
		['Jenkinsfile', 'Jenkinsfile', true],
		['*', 'src/Jenkinsfile', true],
		['.husky', '.husky/pre-commit', true],
		['.weir/', '.weir/settings.yaml', true],
		['*/', '.weir/settings.yaml', false],
	])('by %s gives %s: %s', (pattern, file, covered) => {
		expect(covers(compileScope([pattern]), file)).toBe(covered);
	});

	it('is named by each of what it is', () => {
		const both = '.github/workflows/.gitattributes';
		expect(covers(compileScope(['.github/workflows/**']), both)).toBe(false);
		expect(covers(compileScope(['.gitattributes']), both)).toBe(false);
		expect(covers(compileScope(['.github/workflows/**', '.gitattributes']), both)).toBe(
			true,
		);
		expect(covers(compileScope([both]), both)).toBe(true);
	});

	it('stays named though a wildcard comes later, but not behind a pattern with !', () => {
		const file = '.github/workflows/ci.yml';
		const named = '.github/workflows/**';
		expect(covers(compileScope([named, '**']), file)).toBe(true);
		expect(covers(compileScope([named, '!.github/', '**']), file)).toBe(false);
		expect(covers(compileScope([named, '!.github/', '**', named]), file)).toBe(true);
	});

	it.each([
		'.git',
		'.git/config',
		'a/.git/hooks/x',
		'a/.git',
		'.GIT/config',
		'.git /config',
		'.git./config',
		'.git::$INDEX_ALLOCATION/config',
		'.git\\config',
		'.g\u200cit/config',
		'git~1/config',
		'GIT~1',
	])('never gives what a file system takes for a folder of git: %j', (file) => {
		const scope = compileScope(['**', '.git', '.git/**', file]);
		expect(explainPath(scope, file)).toMatchObject({
			covered: false,
			ofGit: true,
			by: null,
		});
	});

	it.each(['.gitignore', '.git-x', 'git', 'x.git', 'git~12', 'a.git/b'])(
		'is not %s',
		(file) => {
			expect(covers(scopeOf([]), file)).toBe(true);
		},
	);
});

describe('the coverage of a folder', () => {
	it.each([
		['', 'some'],
		['src', 'some'],
		['src/api', 'some'],
		['src/api/old', 'none'],
		['src/api/old/a', 'none'],
		['src/api/new', 'all'],
		['src/api/new/', 'all'],
		['docs', 'none'],
		['src/api/.git', 'none'],
		['src/api/new/.git/hooks', 'none'],
		['..', 'none'],
	])('%s: %s', (folder, coverage) => {
		const scope = compileScope(['src/api/**', '!src/api/old/*']);
		expect(folderCoverage(scope, folder)).toBe(coverage);
	});

	it.each([
		['', 'some'],
		['src', 'all'],
		['.github', 'some'],
		['.github/workflows', 'none'],
		['.weir', 'none'],
	])('without patterns, %s: %s', (folder, coverage) => {
		expect(folderCoverage(scopeOf([]), folder)).toBe(coverage);
	});

	it('agrees with what is covered below it', () => {
		fc.assert(
			fc.property(patternList, path, path, (patterns, folder, below) => {
				const scope = compileScope(patterns);
				const coverage = folderCoverage(scope, folder);
				const covered = covers(scope, `${folder}/${below}`);
				const deeper = folderCoverage(scope, `${folder}/${below}`);
				const inside = covered ? 'all' : 'none';
				expect([inside, 'some']).toContain(coverage);
				expect([deeper, 'some']).toContain(coverage);
			}),
			{ numRuns: 1_500 },
		);
	});
});

describe('one more pattern', () => {
	it('takes nothing away where it gives, and gives nothing where it takes away', () => {
		fc.assert(
			fc.property(patternList, positivePattern, path, (patterns, more, file) => {
				const before = covers(compileScope(patterns), file);
				const added = covers(compileScope([...patterns, more]), file);
				const taken = covers(compileScope([...patterns, `!${more}`]), file);
				expect({ before, added: before || added }).toEqual({ before, added });
				expect({ before, taken: before && taken }).toEqual({ before, taken });
			}),
			{ numRuns: 1_500 },
		);
	});
});
